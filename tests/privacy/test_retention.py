"""A survey that keeps what people say for a time only: told under the question, held by the clock, results stay."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from bot.privacy.purging import purge, purge_kept_long_enough, what_would_go
from storage.database.engine import Database
from storage.importing import storing
from storage.kit import people
from storage.privacy.purging import Purged, waves_kept_long_enough
from storage.tables import (
    Answer,
    Emptied,
    Import,
    ImportChange,
    Invitation,
    Person,
    Property,
    Publication,
    Result,
    Survey,
)
from storage.waves.closing import close_wave
from storage.words import QUARANTINE_DAYS, InvitationState
from tests.builders import MONDAY, WORKSPACE, a_person, a_stored_survey, a_wave, invitations_of
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, Office

pytestmark = pytest.mark.slow

SCORES = {MAYA: 10, ALICE: 9, BRUNO: 3}
TOLD = "Your answer, comment and name are erased 1 month after it closes; the totals stay."


async def closed(office: Office, keep_days: int | None = 30) -> None:
    await office.ask_everyone(keep_days=keep_days)
    await office.answer(SCORES)
    await office.command(MAYA, "close Acme")


async def change(office: Office, keep_days: int | None) -> None:
    async with office.books.writing() as session:
        await session.exec(update(Survey).where(col(Survey.name) == "Acme").values(keep_days=keep_days))


async def test_people_are_told_under_the_question_and_again_in_the_reminder(office: Office) -> None:
    await office.ask_everyone(keep_days=30)
    assert TOLD in office.question(ALICE).text
    assert TOLD in str(office.question(ALICE).blocks)
    assert "sont effacés 1 mois après la fermeture" in office.question(BRUNO).text
    await office.live_until(office.clock.now + timedelta(days=8), hours=6)
    reminder = office.question(ALICE)
    assert reminder.thread_ts
    assert TOLD in reminder.text


async def test_an_open_question_says_so_too(office: Office) -> None:
    await office.fill_in(open_channel=GENERAL, keep="180")
    await office.save_for_later()
    await office.command(MAYA, "open Acme")
    await office.tick()
    assert "are erased 6 months after it closes" in office.slack.messages(GENERAL)[-1].text
    assert [row.keep_days for row in await office.rows(Survey)] == [180]


async def test_where_it_is_kept_for_good_nothing_is_said_and_nothing_goes(office: Office) -> None:
    await closed(office, keep_days=None)
    assert "erased" not in office.question(ALICE).text
    office.clock.forward(days=4000)
    await purge_kept_long_enough(office.app.services)
    assert len(await office.rows(Answer)) == len(SCORES)


async def test_when_the_time_is_over_answers_and_names_go_and_results_stay(office_on_each: Office) -> None:
    office = office_on_each
    await closed(office)
    results, versions = await office.rows(Result), await office.rows(Publication)
    said = await office.typed(MAYA, "Acme")

    office.clock.forward(days=29)
    await purge_kept_long_enough(office.app.services)
    assert len(await office.rows(Answer)) == len(SCORES)

    office.clock.forward(days=2)
    await purge_kept_long_enough(office.app.services)

    assert (await office.rows(Answer), await office.rows(Invitation)) == ([], [])
    assert (await office.rows(Result), await office.rows(Publication)) == (results, versions)
    assert await office.typed(MAYA, "Acme") == said
    assert [row.since for row in await office.rows(Emptied)] == [office.clock.now]


@pytest.mark.parametrize("quarantine_days", [90])
async def test_names_stay_while_the_quarantine_needs_them(office: Office) -> None:
    await closed(office)
    office.clock.forward(days=31)
    await purge_kept_long_enough(office.app.services)
    assert await office.rows(Answer) == []
    assert {ALICE, BRUNO} < {row.user_id for row in await office.rows(Invitation)}

    await office.driver.command(MAYA, GENERAL, "who Acme")
    await office.slack.until(lambda: f"<@{ALICE}>" in str(office.modal(MAYA).definition))
    assert f"<@{ALICE}> answered; what was said is erased" in str(office.modal(MAYA).definition)

    office.clock.forward(days=90)
    await purge_kept_long_enough(office.app.services)
    assert await office.rows(Invitation) == []


async def test_so_do_those_of_whom_slack_said_nothing_and_who_answered_unasked(database: Database) -> None:
    """The quarantine counts both. Whom nothing was sent to is free."""
    async with database.writing() as session:
        survey = await a_stored_survey(session, keep_days=30)
        wave = await a_wave(session, ("UHOME", "UDOUBT", "UREFUSED", "UWAITED"), survey=survey)
        asked = await invitations_of(session, wave)
        asked["UHOME"].state = InvitationState.ANSWERED
        asked["UDOUBT"].state, asked["UDOUBT"].claimed_at = InvitationState.UNCERTAIN, MONDAY
        asked["UREFUSED"].state, asked["UREFUSED"].claimed_at = InvitationState.FAILED, MONDAY
        for one in asked.values():
            one.send_after = MONDAY
        await session.flush()
        await close_wave(session, wave.id, MONDAY)

    for days, left in ((31, ["UDOUBT", "UHOME"]), (QUARANTINE_DAYS, [])):
        now = MONDAY + timedelta(days=days)
        async with database.reading() as session:
            waves = await waves_kept_long_enough(session, WORKSPACE, now)
        await purge(database, waves, now)
        async with database.reading() as session:
            assert sorted((await session.exec(select(Invitation.user_id))).all()) == left


async def test_a_wave_keeps_to_what_its_people_were_told(office: Office) -> None:
    await closed(office)
    await change(office, None)
    office.clock.forward(days=31)
    await purge_kept_long_enough(office.app.services)
    assert await office.rows(Answer) == []


async def test_a_shorter_time_holds_for_waves_of_before_too(office: Office) -> None:
    await closed(office, keep_days=730)
    await change(office, 90)
    office.clock.forward(days=91)
    await purge_kept_long_enough(office.app.services)
    assert await office.rows(Answer) == []


async def test_two_clocks_at_once_erase_the_same(office_on_each: Office) -> None:
    office = office_on_each
    await closed(office)
    results = await office.rows(Result)
    office.clock.forward(days=31)
    async with office.another_app() as another:
        await asyncio.gather(
            purge_kept_long_enough(office.app.services), purge_kept_long_enough(another.services)
        )
    assert (await office.rows(Answer), await office.rows(Invitation)) == ([], [])
    assert await office.rows(Result) == results


async def test_an_open_wave_is_left_alone(office: Office) -> None:
    await office.ask_everyone(keep_days=30, wave_days=60)
    await office.answer(SCORES)
    office.clock.forward(days=45)
    await purge_kept_long_enough(office.app.services)
    assert len(await office.rows(Answer)) == len(SCORES)


async def test_what_slack_told_of_people_in_no_wave_goes_after_a_month(office_on_each: Office) -> None:
    office = office_on_each
    await closed(office, keep_days=None)
    workspace = office.slack.team_id
    async with office.books.writing() as session:
        facts = {"workspace_id": workspace, "refreshed_at": office.clock.now}
        await people.remember_many(
            session, [a_person("U0STRANGER", **facts), a_person("U0BOSS", is_admin=True, **facts)]
        )
    office.clock.forward(days=31)
    await purge_kept_long_enough(office.app.services)
    known = {row.user_id for row in await office.rows(Person)}
    assert "U0STRANGER" not in known
    assert {ALICE, BRUNO, "U0BOSS"} <= known


async def test_the_form_shows_and_changes_it(office: Office) -> None:
    survey = await office.a_survey(keep_days=400)
    await office.driver.command(MAYA, GENERAL, "edit Acme")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    for _ in ("what is asked", "who, and when"):
        await office.driver.submit(MAYA, office.modal(MAYA))
    assert "400 days" in str(office.modal(MAYA).definition)
    await office.driver.submit(MAYA, office.modal(MAYA), {"keep": "0"})
    [changed] = await office.rows(Survey)
    assert (changed.id, changed.keep_days) == (survey.id, None)


async def test_imported_rows_without_person_and_comment_lose_what_a_file_told_and_said_before(
    database: Database,
) -> None:
    """A column such as “Full name” names somebody too, and an older comment stays with the import that changed it."""
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave, _ = await storing.imported_wave(session, survey, "2024", MONDAY)
        brought = Import(workspace_id=WORKSPACE, survey_id=survey.id, file_name="a.csv", imported_at=MONDAY)
        told, changed, bare = (
            Answer(
                import_key=key,
                workspace_id=WORKSPACE,
                wave_id=wave.id,
                score=7,
                answered_at=MONDAY,
                changed_at=MONDAY,
            )
            for key in (b"1", b"2", b"3")
        )
        session.add_all([brought, told, changed, bare])
        await session.flush()
        session.add(Property(answer_id=told.id, name="Full name", value="Ann", workspace_id=WORKSPACE))
        session.add(
            ImportChange(
                import_id=brought.id,
                answer_id=changed.id,
                workspace_id=WORKSPACE,
                score=6,
                comment="Slow.",
                drivers=[],
                changed_at=MONDAY,
            )
        )

    waves, would = await what_would_go(database, 30, MONDAY + timedelta(days=31))
    gone = await purge(database, waves, MONDAY + timedelta(days=31))

    assert (would, gone) == (Purged(waves=1, answers=2), Purged(waves=1, answers=2))
    async with database.reading() as session:
        assert (await session.exec(select(Property))).all() == []
        assert (await session.exec(select(ImportChange))).all() == []
        assert [row.score for row in await session.exec(select(Answer))] == [7, 7, 7]
    assert (await what_would_go(database, 30, MONDAY + timedelta(days=31)))[0] == []

    whole = await purge(database, waves, MONDAY + timedelta(days=31), whole=True)  # the survey goes as well
    assert whole == Purged(waves=1, answers=3)
    async with database.reading() as session:
        assert (await session.exec(select(Answer))).all() == []
