"""Much is erased: meanwhile people go on answering, in whatever process."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.kit.once import LEASE
from bot.kit.people import Who
from bot.kit.rules.calendar import WEEK
from bot.privacy.purging import purge, purge_kept_long_enough
from bot.surveys.deleting import delete
from storage import waves
from storage.answers import Tap, store_taps
from storage.kit.people import remember_many
from storage.privacy.purging import PIECE
from storage.surveys.deleting import holds, order
from storage.tables import Answer, Case, Deletion, Invitation, Person, Quote, Survey, Wave
from storage.waves.closing import close_wave
from storage.waves.planning import finish_planning, plan_batch
from storage.words import Rhythm
from tests.builders import a_person, a_tap, invitations_of, planned
from tests.journeys.office import ALICE, BRUNO, MAYA, Office
from tests.statements import statements

pytestmark = pytest.mark.slow

PIECES = 12
PEOPLE = PIECES * PIECE


async def answered_by_many(office: Office, opened: datetime) -> Wave:
    """Let many people have answered in a wave that is open for a week."""
    survey = await office.a_survey("Acme")
    async with office.books.writing() as session:
        wave = await waves.open_wave(session, survey, MAYA, opened, opened + WEEK)
        await plan_batch(session, wave, [planned(f"U{one:05}", opened) for one in range(PEOPLE)], {})
        await finish_planning(session, wave.id, opened)
        invited = await invitations_of(session, wave)
        await store_taps(session, [a_tap(one, one.id % 11) for one in invited.values()], opened)
        return await session.get_one(Wave, wave.id)


async def closed_long_ago(office: Office) -> Wave:
    """Let many people have answered in a wave that closed a year ago."""
    wave = await answered_by_many(office, office.clock.now - timedelta(days=372))
    async with office.books.writing() as session:
        await close_wave(session, wave.id, wave.closes_at)
        return await session.get_one(Wave, wave.id)


async def question_of(office: Office) -> Tap:
    """Ask Alice in another survey, and return her tap."""
    survey, now = await office.a_survey("Beta"), office.clock.now
    async with office.books.writing() as session:
        wave = await waves.open_wave(session, survey, MAYA, now, now + timedelta(days=60))
        await plan_batch(session, wave, [planned(ALICE, now)], {})
        await finish_planning(session, wave.id, now)
        return a_tap((await invitations_of(session, wave))[ALICE], 9)


async def taps_stored_during(office: Office, tap: Tap, work: Awaitable[object]) -> int:
    """Count the taps that another process stores, one after the other, until the work is done."""
    stored = 0
    async with office.another_app() as other:
        working = asyncio.ensure_future(work)
        await asyncio.sleep(0)
        while not working.done():
            await other.services.taps.do(tap)
            stored += 1
    await working
    return stored


async def test_a_purge_lets_somebody_answer_between_its_pieces(office_on_each: Office) -> None:
    office = office_on_each
    wave, tap = await closed_long_ago(office), await question_of(office)

    stored = await taps_stored_during(
        office, tap, purge(office.app.services.database, [wave], office.clock.now)
    )

    assert [one.wave_id for one in await office.rows(Answer)] == [wave.id + 1]
    assert stored >= PIECES


@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
async def test_a_survey_of_many_is_deleted_and_people_answer_others_meanwhile(
    office_on_each: Office, *, is_open: bool
) -> None:
    office = office_on_each
    wave = await (answered_by_many(office, office.clock.now) if is_open else closed_long_ago(office))
    tap = await question_of(office)
    [survey] = [one for one in await office.rows(Survey) if one.id == wave.survey_id]
    who = Who(survey.workspace_id, MAYA)

    stored = await taps_stored_during(office, tap, delete(office.app.services, who, survey))

    assert [one.name for one in await office.rows(Survey)] == ["Beta"]
    assert [one.wave_id for one in await office.rows(Invitation)] == [wave.id + 1]
    assert office.read_by(MAYA)[-1].text == f"<@{MAYA}> deleted “Acme”, with 1 wave and {PEOPLE:,} answers."
    assert stored >= PIECES


async def ordered(office: Office, survey: Survey) -> None:
    """Let a manager delete the survey, and the process die at once."""
    async with office.books.writing() as session:
        await order(session, survey, await holds(session, survey), MAYA, office.clock.now)


async def test_a_deletion_that_was_cut_off_leaves_the_results_and_the_clock_goes_on_with_it(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3})
    await office.command(MAYA, "close Acme")
    said = await office.typed(MAYA, "Acme")
    [survey], closed = await office.rows(Survey), await office.rows(Wave)

    await ordered(office, survey)
    await purge(office.books, closed, office.clock.now, whole=True)  # and here the process died

    assert not await office.rows(Answer)
    assert not await office.rows(Invitation)
    await office.tick()
    assert await office.typed(MAYA, "Acme") == said
    office.clock.now += 2 * LEASE
    await office.tick()
    await office.tick()
    assert await office.rows(Survey) == []
    news = [one.text for one in office.read_by(MAYA) if "deleted" in one.text]
    assert news == [f"<@{MAYA}> deleted “Acme”, with 1 wave and 2 answers."]


async def test_nobody_is_asked_and_nothing_posted_of_a_survey_that_is_being_deleted(office: Office) -> None:
    survey = await office.a_survey(rhythm=Rhythm.WEEKS)
    await office.command(MAYA, "open Acme")
    await ordered(office, survey)
    before = len(office.calls("chat.postMessage"))

    await office.tick()

    assert len(office.calls("chat.postMessage")) == before


async def test_cases_and_quotes_of_years_go_with_their_survey_some_at_a_time(office_on_each: Office) -> None:
    office = office_on_each
    wave = await closed_long_ago(office)
    [survey] = await office.rows(Survey)
    async with office.books.writing() as session:
        answered = select(Answer, Invitation).join(Invitation, col(Invitation.id) == Answer.invitation_id)
        for answer, asked in await session.exec(answered):
            theirs: dict[str, Any] = {
                "workspace_id": survey.workspace_id,
                "survey_id": survey.id,
                "user_id": asked.user_id,
            }
            session.add(Case(**theirs, invitation_id=asked.id, opened_at=wave.closes_at))
            session.add(Quote(**theirs, answer_id=answer.id, with_name=False, given_at=wave.closes_at))

    with statements() as seen:
        await delete(office.app.services, Who(survey.workspace_id, MAYA), survey)

    for erasing in ("DELETE FROM cases WHERE", "DELETE FROM quotes WHERE"):
        assert len([sql for sql, _ in seen if sql.startswith(erasing)]) > PIECES
    assert not await office.rows(Case)
    assert not await office.rows(Quote)


async def test_a_deletion_that_was_cut_off_is_ordered_again_by_anybody(office: Office) -> None:
    await office.ask_everyone()
    [survey] = await office.rows(Survey)
    await ordered(office, survey)

    deletion = await delete(office.app.services, Who(survey.workspace_id, BRUNO), survey)

    assert deletion.ordered_by == MAYA
    assert await office.rows(Survey) == []
    assert await office.rows(Deletion) == []


async def test_managers_hear_of_a_deletion_when_slack_takes_messages_again(office: Office) -> None:
    await office.ask_everyone()
    [survey] = await office.rows(Survey)
    office.slack.faults.rate_limit("chat.postMessage", seconds=1, to=MAYA)

    await delete(office.app.services, Who(survey.workspace_id, MAYA), survey)
    assert await office.rows(Survey) == []
    office.clock.forward(minutes=5)
    await office.tick()

    assert office.read_by(MAYA)[-1].text == f"<@{MAYA}> deleted “Acme”, with 1 wave and 0 answers."


async def test_people_that_nothing_refers_to_are_forgotten_in_pieces(office_on_each: Office) -> None:
    office = office_on_each
    tap, before = await question_of(office), office.clock.now
    async with office.books.writing() as session:
        people = [
            a_person(f"W{one:05}", workspace_id=tap.workspace_id, refreshed_at=before)
            for one in range(PEOPLE)
        ]
        await remember_many(session, people)
    office.clock.forward(days=40)

    stored = await taps_stored_during(office, tap, purge_kept_long_enough(office.app.services))

    assert not [one for one in await office.rows(Person) if one.user_id.startswith("W")]
    assert stored >= PIECES


async def test_a_wave_that_is_half_deleted_neither_closes_nor_takes_answers(office: Office) -> None:
    await office.ask_everyone(result_at_closing=True)
    question = office.question(ALICE)
    await office.answer({BRUNO: 3})
    [survey] = await office.rows(Survey)
    await ordered(office, survey)
    before = len(office.calls("chat.postMessage"))

    await office.driver.click(ALICE, question, "answer.score.9")
    await office.tick()

    assert [one.score for one in await office.rows(Answer)] == [3]
    assert [one.closed_at for one in await office.rows(Wave)] == [None]
    assert len(office.calls("chat.postMessage")) == before
