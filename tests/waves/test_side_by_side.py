"""Several workspaces on one database: what holds one of them up is no matter to the others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.app import app_for
from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from storage.tables import Invitation, Outage
from storage.words import InvitationState
from tests.journeys.hands import POST, STOP, click, go_to, those_asked
from tests.journeys.office import ALICE, ASKED, MAYA, MONDAY, Office, furnish, listeners_finish

pytestmark = pytest.mark.slow

EVERYONE = sorted(ASKED)


@asynccontextmanager
async def another_company(office: Office) -> AsyncIterator[Office]:
    """Open the office of another workspace on the same database, with people of the same ids."""
    slack = Sandbox(clock=office.clock, team_id="T0BETA", name="Beta", bot_token="xoxb-beta")
    furnish(slack)
    async with running(slack) as url:
        theirs = {"slack_bot_token": SecretStr(slack.bot_token), "slack_api_url": f"{url}/api/"}
        settings = office.settings.model_copy(update=theirs)
        async with app_for(settings, office.clock) as app:
            slack.request_url = app.web
            yield Office(slack, SlackDriver(slack), app, office.clock, settings, office.books)
            await listeners_finish()


async def states(office: Office) -> set[InvitationState]:
    """Return the states of this workspace's invitations."""
    own = office.slack.team_id
    return {row.state for row in await office.rows(Invitation) if row.workspace_id == own}


async def test_a_workspace_that_slack_told_to_wait_holds_up_no_other_and_loses_nobody(
    office_on_each: Office,
) -> None:
    quick = office_on_each
    async with another_company(quick) as slow:
        await quick.open_wave()
        await slow.open_wave()
        told_to_wait = slow.slack.faults.rate_limit(POST, seconds=600, times=None)
        held_up = asyncio.create_task(slow.tick())
        await slow.slack.until(lambda: told_to_wait.struck > 0, seconds=10)

        await quick.tick()

        assert not held_up.done()
        assert those_asked(quick) == EVERYONE
        assert "Sent to all 4 people." in quick.notice(MAYA).text
        slow.app.services.pace.close()
        await held_up
        assert await states(slow) == {InvitationState.PLANNED}


async def test_a_workspace_with_a_slack_that_hangs_holds_up_no_other(office: Office) -> None:
    async with another_company(office) as slow:
        await office.open_wave()
        await slow.open_wave()
        slow.slack.faults.late_reply(POST, 8, times=len(ASKED))
        held_up = asyncio.create_task(slow.tick())
        await slow.slack.until(lambda: all(slow.slack.direct_messages(user) for user in ASKED), seconds=8)

        await office.tick()

        assert await states(slow) == {InvitationState.CLAIMED}
        assert await states(office) == {InvitationState.DELIVERED}
        await held_up
        assert await states(slow) == {InvitationState.DELIVERED}


async def test_a_token_revoked_in_one_workspace_stops_the_waves_of_that_one_alone(
    office_on_each: Office,
) -> None:
    office = office_on_each
    async with another_company(office) as other:
        await office.open_wave()
        await other.open_wave()
        other.slack.revoke()

        await asyncio.gather(office.tick(), other.tick())

        stopped = {outage.workspace_id: outage.code for outage in await office.rows(Outage)}
        assert stopped == {"T0BETA": "token_revoked"}
        assert (those_asked(office), those_asked(other)) == (EVERYONE, [])

        other.slack.revoke(revoked=False)
        office.clock.forward(minutes=1)
        await asyncio.gather(office.tick(), other.tick())
        assert (those_asked(office), those_asked(other)) == (EVERYONE, EVERYONE)


async def test_what_a_person_asks_of_one_workspace_changes_nothing_in_another(office: Office) -> None:
    async with another_company(office) as other:
        await office.ask_everyone()
        await other.ask_everyone()

        await click(office, ALICE, office.question(ALICE), STOP)
        await office.command(MAYA, "pause")
        office.clock.now = MONDAY + timedelta(days=7)
        await asyncio.gather(office.tick(), other.tick())

        assert len(office.slack.direct_messages(ALICE)) == 1
        question, reminder = other.slack.direct_messages(ALICE)
        assert reminder.thread_ts == question.ts


async def test_one_workspaces_question_takes_no_answer_from_another(office: Office) -> None:
    async with another_company(office) as other:
        await office.ask_everyone()
        await other.ask_everyone()

        said = await other.hear(ALICE, click(other, ALICE, office.question(ALICE), "answer.score.9"))

        assert said.startswith("I no longer know this question.")
        assert await office.answers() == {}


async def test_waves_and_progress_of_one_workspace_are_not_told_in_another(office: Office) -> None:
    async with another_company(office) as other:
        await office.ask_everyone("Acme")
        await other.a_survey("Beta")

        await go_to(other, MONDAY + timedelta(minutes=1))

        assert await other.command(MAYA, "waves") == "No wave is open. To open one, type `/nps open NAME`."
        assert other.slack.direct_messages(MAYA) == []
