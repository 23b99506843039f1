"""`nps-bot doctor` where many surveys stand: it asks as few statements as where one does, and tells the first of each kind."""

from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.sealing import new_keys
from bot.cases.posting import CASE_CARD
from bot.digests.posting import WEEKLY_DIGEST
from bot.shell.doctor import ballots
from bot.shell.doctor import database as books
from bot.shell.doctor.findings import TOLD, Finding
from bot.waves.results import CHANNEL_RESULT
from storage import delivery, surveys, waves
from storage.audience import Audience
from storage.ballots.opening import add_key
from storage.database.engine import Database
from storage.delivery import reminders
from storage.kit import claims, notices
from storage.tables import Counts, Invitation, KeptCount, Reminder, Survey
from storage.words import Rhythm, RunState
from tests.builders import MANAGER, MONDAY, WORKSPACE, a_stored_survey, a_wave, invitations_of
from tests.statements import statements

LATER = MONDAY + timedelta(hours=1)

MORE = TOLD + 5


async def a_sound_survey(session: AsyncSession, number: int) -> Survey:
    return await a_stored_survey(session, f"Sound {number}", rhythm=Rhythm.QUARTERLY)


async def a_troubled_survey(session: AsyncSession, number: int) -> None:
    """Store a survey of which everything is to be told that can be."""
    survey = await a_stored_survey(session, f"Pulse {number}", rhythm=Rhythm.WEEKS)
    wave = await a_wave(session, survey=survey)
    invited = await invitations_of(session, wave)
    for one in invited.values():
        await claims.claim_invitation(session, one.id, MONDAY)
    await delivery.record_failed(session, Invitation, invited["U1"].id, "account_inactive")
    await delivery.record_uncertain(session, Invitation, invited["U2"].id)
    await reminders.plan_reminders(session, invited["U2"], [MONDAY])
    [reminder] = await reminders.due_reminders(session, WORKSPACE, MONDAY, 1)
    await claims.claim_reminder(session, reminder, MONDAY, timedelta(days=1))
    await delivery.record_uncertain(session, Reminder, reminder.id)
    session.add(KeptCount(wave_id=wave.id, what=Counts.SCORE, key="9", part=0, count=1))
    await waves.pause_wave(session, wave.id, MONDAY, "account_inactive")
    await surveys.pause_survey(session, survey.id, MONDAY)
    for job, subject, state in (
        (WEEKLY_DIGEST, survey.id, RunState.FAILED),
        (CASE_CARD, number, RunState.FAILED),
        (CHANNEL_RESULT, wave.id, RunState.UNCERTAIN),
    ):
        run = await claims.claim_run(session, WORKSPACE, job, subject, MONDAY, MONDAY, timedelta(minutes=1))
        assert run
        await claims.finish_run(session, run.id, state, MONDAY, "is_archived")
    for about in (f"digest:{survey.id}:now", f"case:{number}.handed.now", f"question_uncertain:{wave.id}"):
        await notices.write(session, WORKSPACE, MANAGER, about, "Look.", MONDAY)
        [notice] = await notices.waiting(session, WORKSPACE, 1)
        await notices.claim(session, notice.id, MONDAY)
        await notices.settle(session, notice.id, MONDAY, "is_archived")


async def examined(database: Database) -> tuple[list[Finding], int]:
    """Give what the doctor says of surveys, and how many statements it took."""
    async with database.reading() as session:
        with statements() as asked:
            said = await books.examine(session, LATER)
    return said, len(asked)


def says(findings: list[Finding], check: str) -> list[str]:
    return [one.says for one in findings if one.check == check]


async def test_many_surveys_are_examined_in_as_many_statements_as_one(database: Database) -> None:
    async with database.writing() as session:
        await a_troubled_survey(session, 1)
    _, for_one = await examined(database)
    async with database.writing() as session:
        for number in range(2, 13):
            await a_troubled_survey(session, number)
        for number in range(18):
            await a_sound_survey(session, number)
    said, for_many = await examined(database)

    assert for_many == for_one
    assert len(says(said, "waves")) == 12


async def test_of_very_many_the_first_are_told_and_how_many_more_there_are(database: Database) -> None:
    async with database.writing() as session:
        for number in range(1, MORE + 1):
            await a_troubled_survey(session, number)
    said, _ = await examined(database)

    [of_surveys] = says(said, "surveys")
    [stopped, failed, unsure] = (says(said, check) for check in ("waves", "deliveries", "digests"))
    assert says(said, "counts")[-1] == stopped[-1] == failed[-1] == "And 5 more."
    assert len(says(said, "counts")) == len(stopped) == TOLD + 1
    assert stopped[TOLD - 1].startswith(f"wave 1 of “Pulse {TOLD}” stopped at 2026-03-02 09:00 UTC. ")
    assert [one.partition(": ")[0] for one in failed[-4:-1]] == [f"wave 1 of “Pulse {TOLD}”"] * 3
    assert of_surveys.count("is paused since") == of_surveys.count("opens waves more often") == TOLD
    assert of_surveys.count(" And 5 more.") == 2
    # The runs that failed, those in doubt, and the notices.
    assert [one for one in unsure if one.startswith("And")] == [
        f"And {2 * MORE - TOLD} more.",
        "And 5 more.",
        f"And {3 * MORE - TOLD} more.",
    ]
    assert len(unsure) == 3 * (TOLD + 1)


async def test_surveys_that_ask_nobody_by_message_or_have_ended_are_never_too_fast(
    database: Database,
) -> None:
    async with database.writing() as session:
        for name, audience in (("Posted", Audience(open_channel="C1")), ("Sent", Audience(everyone=True))):
            await a_stored_survey(session, name, rhythm=Rhythm.WEEKS, audience=audience)
        await a_stored_survey(session, "Ended", rhythm=Rhythm.WEEKS, ended_at=MONDAY)
        await a_stored_survey(session, "Slow", rhythm=Rhythm.QUARTERLY)
        await a_stored_survey(session, "Secret", rhythm=Rhythm.MONTHLY, is_anonymous=True)
    said, _ = await examined(database)

    [told] = says(said, "surveys")
    assert [part.rpartition("“")[2] for part in told.split("” opens waves more often")[:-1]] == [
        "Sent",
        "Secret",
    ]


async def test_many_waves_that_stay_sealed_are_told_likewise(database: Database) -> None:
    async def sealed(numbers: range) -> None:
        async with database.writing() as session:
            for number in numbers:
                survey = await a_stored_survey(session, f"Secret {number}", is_anonymous=True)
                keys = new_keys("x" * 32)
                await add_key(session, await a_wave(session, survey=survey), keys.public, keys.locked)

    async def said() -> tuple[list[Finding], int]:
        async with database.reading() as session:
            with statements() as asked:
                return await ballots.examine(session, "y" * 32), len(asked)

    await sealed(range(1, 2))
    of_one, for_one = await said()
    await sealed(range(2, MORE + 1))
    of_many, for_many = await said()

    assert for_many == for_one
    assert of_many[:1] == of_one
    assert len(of_many) == TOLD + 1
    assert of_many[TOLD - 1].says.startswith(f"Wave 1 of “Secret {TOLD}” cannot be closed: ")
    assert of_many[-1].says == "And 5 more."


@pytest.mark.parametrize(("is_open", "rhythm"), [(True, Rhythm.ONCE), (False, Rhythm.WEEKS)])
async def test_a_clock_has_work_where_a_survey_is_open_or_repeats_and_rests_not(
    database: Database, rhythm: Rhythm, *, is_open: bool
) -> None:
    async def clock_is_missed() -> bool:
        said, _ = await examined(database)
        return says(said, "clocks")[0].startswith("No clock has run yet.")

    async with database.writing() as session:
        await a_stored_survey(session, "At rest")
    assert not await clock_is_missed()
    async with database.writing() as session:
        survey = await a_stored_survey(session, rhythm=rhythm)
        if is_open:
            await a_wave(session, survey=survey)
    assert await clock_is_missed()
    async with database.writing() as session:
        await surveys.pause_survey(session, survey.id, MONDAY)
    assert not await clock_is_missed()
