"""Who may manage: admins of our own workspace, as Slack said a short time ago, and those whom the operator named."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.app import App, app_for
from bot.errors import Refused
from bot.kit.people import Who, manager
from bot.sandbox.records import Channel, Enterprise, User
from storage.kit import people
from tests.journeys.hands import click, home_of
from tests.journeys.office import ALICE, GENERAL, MAYA, Office

pytestmark = pytest.mark.slow

BOSS, SISTER = "U8BOSS", "U9SISTER"
NO = "Only managers can do this. Ask a workspace admin or owner."
NOT_NOW = "I could not ask Slack whether you are a manager, so I did nothing. Try again in a minute."


@pytest.fixture
def office(office: Office) -> Office:
    """The office, and an admin of another company in its channel."""
    slack = office.slack
    slack.add_user(User(BOSS, "boss", tz="Europe/Madrid", is_admin=True, is_owner=True, team_id="T2OTHER"))
    slack.add_channel(Channel(GENERAL, "general", (*slack.channels[GENERAL].members, BOSS)))
    return office


@pytest.fixture
async def with_boss_named(office: Office) -> AsyncIterator[App]:
    settings = office.settings.model_copy(update={"nps_managers": frozenset({BOSS})})
    async with app_for(settings, office.clock) as app:
        yield app


async def word_for(app: App, user: str) -> str | None:
    """Return why somebody may not manage; None when they may."""
    try:
        await manager(app.services, Who(app.services.workspace_id, user))
    except Refused as refusal:
        return refusal.word
    return None


async def test_an_admin_of_another_company_may_do_nothing(office: Office) -> None:
    await office.open_wave()

    said = await office.hear(BOSS, click(office, BOSS, office.notice(MAYA), "wave.list"))

    assert said == NO
    assert await word_for(office.app, BOSS) == "managers_only"
    assert "wave.open" not in str((await home_of(office, BOSS)).blocks)


async def test_somebody_of_another_company_may_where_the_operator_named_them(
    office: Office, with_boss_named: App
) -> None:
    office.slack.faults.server_error("users.info", times=None)

    assert await word_for(with_boss_named, BOSS) is None


async def test_an_admin_of_a_sister_workspace_is_a_colleague_and_no_manager(office: Office) -> None:
    office.slack.enterprise = Enterprise("E0ACME", "Acme Group", sisters=("T3SISTER",))
    office.slack.add_user(User(SISTER, "sis", tz="Europe/Paris", is_admin=True, team_id="T3SISTER"))
    async with office.another_app() as app:
        assert await word_for(app, SISTER) == "managers_only"
    async with office.books.reading() as session:
        known = await people.person(session, office.slack.team_id, SISTER)
    assert known is not None
    assert not known.is_stranger


async def test_who_loses_the_role_loses_it_here_within_minutes_and_who_gets_it_may_as_soon(
    office: Office,
) -> None:
    await office.open_wave()
    assert await office.command(ALICE, "pause") == NO
    slack = office.slack
    slack.add_user(replace(slack.users[MAYA], is_admin=False))
    slack.add_user(replace(slack.users[ALICE], is_admin=True))
    office.clock.forward(minutes=5)

    assert await office.command(MAYA, "pause") == NO
    assert "For managers" not in await office.command(MAYA, "help")
    assert "is paused" in await office.command(ALICE, "pause")
    assert "For managers" in await office.command(ALICE, "help")


async def test_a_role_is_believed_for_an_hour_while_slack_does_not_answer_and_no_longer(
    office: Office,
) -> None:
    await office.open_wave()
    office.slack.faults.server_error("users.info", times=None)

    office.clock.forward(minutes=59)
    assert "is paused" in await office.command(MAYA, "pause")
    office.clock.forward(minutes=1)
    assert await office.command(MAYA, "resume") == NOT_NOW
    assert "For managers" not in await office.command(MAYA, "help")


@pytest.mark.parametrize("is_away", [False, True])
async def test_a_clock_that_was_a_year_ahead_keeps_nobody_a_manager(office: Office, *, is_away: bool) -> None:
    office.clock.forward(days=365)
    await office.open_wave()
    office.clock.forward(days=-365)
    office.slack.add_user(replace(office.slack.users[MAYA], is_admin=False))
    if is_away:
        office.slack.faults.server_error("users.info", times=None)

    assert await office.command(MAYA, "pause") == (NOT_NOW if is_away else NO)


async def test_other_facts_stay_fresh_for_a_day(office: Office) -> None:
    await office.ask_everyone()
    asked = len(office.calls("users.info"))
    office.clock.forward(hours=23)

    await office.tap(ALICE, 9)

    assert len(office.calls("users.info")) == asked
