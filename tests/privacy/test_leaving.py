"""The app is removed from Slack, or its token revoked: nothing more is sent, and nothing is lost."""

from datetime import timedelta

import pytest
from sqlmodel import SQLModel

from bot.app import TokenRefused
from bot.kit.outage import note_trouble
from bot.privacy.leaving import erase_removed, stop_sending
from bot.sandbox.driving import payloads
from bot.sandbox.driving.deliver import deliver_event
from bot.shell.doctor import database as books
from storage.tables import Answer, Emptied, Outage, Survey, Workspace
from tests.journeys.office import ALICE, BRUNO, Office, listeners_finish

pytestmark = pytest.mark.slow

REMOVED: list[dict[str, object]] = [
    {"type": "app_uninstalled"},
    {"type": "tokens_revoked", "tokens": {"bot": ["U0NPSBOT"]}},
]


@pytest.mark.parametrize("event", REMOVED, ids=["app_uninstalled", "tokens_revoked"])
async def test_from_that_moment_on_nothing_is_sent(office_on_each: Office, event: dict[str, object]) -> None:
    office = office_on_each
    await office.open_wave()

    await office.driver.event(event)
    await listeners_finish()
    await office.tick()

    assert office.asked(ALICE) == 0
    [outage] = await office.rows(Outage)
    assert (outage.code, outage.stopped_at) == ("token_revoked", office.clock.now)
    assert len(await office.rows(Survey)) == 1


async def test_where_the_token_works_all_the_same_it_goes_on(office: Office) -> None:
    await office.open_wave()
    await office.driver.event(REMOVED[0])
    await listeners_finish()
    await office.live_until(office.clock.now + timedelta(minutes=3), minutes=1)
    assert office.asked(ALICE) == 1


async def test_a_person_s_token_is_none_of_ours(office: Office) -> None:
    await office.driver.event({"type": "tokens_revoked", "tokens": {"oauth": [ALICE], "bot": []}})
    await listeners_finish()
    assert await office.rows(Outage) == []


async def test_another_company_s_removal_stops_nothing_here(office: Office) -> None:
    body = payloads.event_callback(office.slack, REMOVED[0])
    body["team_id"] = "T0OTHER"
    body["authorizations"] = [{"team_id": "T0OTHER", "user_id": "U0NPSBOT", "is_bot": True}]
    await deliver_event(office.slack, body)
    await listeners_finish()
    assert await office.rows(Outage) == []


@pytest.mark.parametrize("tokens", [None, "all", {"bot": "U1"}, {}])
async def test_an_event_that_names_no_token_stops_nothing(office: Office, tokens: object) -> None:
    await office.driver.event({"type": "tokens_revoked", "tokens": tokens})
    await listeners_finish()
    assert await office.rows(Outage) == []


def revoke(office: Office) -> None:
    office.slack.faults.answer("auth.test", "token_revoked", times=None)


async def removed(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3})
    revoke(office)
    await office.driver.event(REMOVED[0])
    await listeners_finish()


async def test_within_the_grace_everything_stays_and_the_doctor_tells_the_day(office: Office) -> None:
    await removed(office)
    office.clock.forward(days=29)
    await erase_removed(office.app.services)
    assert len(await office.rows(Answer)) == 2
    async with office.books.reading() as session:
        [told] = [
            one.line for one in await books.examine(session, office.clock.now) if one.check == "sending"
        ]
    assert "Everything is there until 2026-12-23, when all data of the workspace go" in told


async def test_after_it_all_data_of_the_workspace_go(office_on_each: Office) -> None:
    office = office_on_each
    await removed(office)
    office.clock.forward(days=31)
    await erase_removed(office.app.services)
    await erase_removed(office.app.services)

    left = {table.__name__: await office.rows(table) for table in every_table()}
    assert {name for name, rows in left.items() if rows} == {"Workspace", "Emptied", "SeenRequest"}
    [workspace] = await office.rows(Workspace)
    assert (workspace.id, workspace.name) == (office.slack.team_id, "")
    assert len(await office.rows(Emptied)) == 1


def every_table() -> list[type[SQLModel]]:
    return [mapper.class_ for mapper in Workspace._sa_registry.mappers]  # noqa: SLF001 - the list of all tables


async def test_the_grace_begins_with_the_removal_whatever_had_stopped_the_sending_before(
    office: Office,
) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3})
    services, began = office.app.services, office.clock.now
    await note_trouble(services, "messages_tab_disabled", at_once=True)
    office.clock.forward(days=40)
    revoke(office)
    await stop_sending(services)
    await note_trouble(services, "unreachable")
    await erase_removed(services)
    assert len(await office.rows(Answer)) == 2
    [outage] = await office.rows(Outage)
    assert (outage.code, outage.began_at, outage.stopped_at) == ("token_revoked", began, office.clock.now)

    office.clock.forward(days=20)
    await note_trouble(services, "account_inactive", at_once=True)
    office.clock.forward(days=11)
    await erase_removed(services)
    assert await office.rows(Answer) == []


async def test_a_token_that_works_again_keeps_everything(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.driver.event(REMOVED[0])
    await listeners_finish()
    office.clock.forward(days=31)
    await erase_removed(office.app.services)
    assert len(await office.rows(Answer)) == 1


async def test_an_app_that_cannot_start_counts_the_days_as_well(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    revoke(office)
    for days, answers in ((0, 1), (29, 1), (2, 0)):
        office.clock.forward(days=days)
        with pytest.raises(TokenRefused):
            async with office.another_app():
                pass
        assert len(await office.rows(Answer)) == answers


async def test_a_token_that_never_was_one_erases_nothing(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    office.slack.faults.answer("auth.test", "invalid_auth", times=None)
    for _ in range(2):
        with pytest.raises(TokenRefused):
            async with office.another_app():
                pass
        office.clock.forward(days=90)
    assert len(await office.rows(Answer)) == 1
