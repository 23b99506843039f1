"""What the database itself refuses, whatever the program does, and what it gives back."""

import secrets
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import SQLModel, col, select

from bot.ballots.rules.limits import SIZE
from storage.database.engine import Database
from storage.database.upsert import insert_if_absent
from storage.tables import (
    Answer,
    Invitation,
    Mention,
    Person,
    Reminder,
    Result,
    Run,
    SealedBallot,
    Survey,
    Wave,
)
from storage.words import InvitationState
from tests.builders import MANAGER, MONDAY, WORKSPACE, a_person, a_stored_survey, a_wave, invitations_of


def an_answer(invitation_id: int, score: int) -> Answer:
    return Answer(
        invitation_id=invitation_id,
        workspace_id=WORKSPACE,
        wave_id=1,
        score=score,
        answered_at=MONDAY,
        changed_at=MONDAY,
    )


def a_result(promoters: int, passives: int, detractors: int) -> Result:
    return Result(
        wave_id=1,
        workspace_id=WORKSPACE,
        promoters=promoters,
        passives=passives,
        detractors=detractors,
        comments=0,
        invited=3,
        frozen_at=MONDAY,
    )


def a_second_wave() -> Wave:
    return Wave(
        workspace_id=WORKSPACE, survey_id=1, number=2, opened_by=MANAGER, opens_at=MONDAY, closes_at=MONDAY
    )


def an_invitation(user_id: str) -> Invitation:
    return Invitation(workspace_id=WORKSPACE, wave_id=1, user_id=user_id, send_after=MONDAY)


def a_reminder(number: int = 1, invitation_id: int = 1) -> Reminder:
    return Reminder(
        workspace_id=WORKSPACE, wave_id=1, invitation_id=invitation_id, number=number, send_after=MONDAY
    )


def a_run() -> Run:
    return Run(workspace_id=WORKSPACE, job="digest", subject=1, due_at=MONDAY, claimed_at=MONDAY)


@pytest.mark.parametrize(
    ("row", "constraint"),
    [
        (an_answer(1, score=11), "score_0_to_10"),
        (an_answer(1, score=-1), "score_0_to_10"),
        (an_answer(99, score=9), "fk_answers_invitation_id_invitations"),
        (
            Mention(answer_id=1, driver="quality", workspace_id=WORKSPACE),
            "fk_mentions_answer_id_answers",
        ),
        (an_invitation("U1"), "one_invitation_per_wave_and_person"),
        (a_second_wave(), "one_open_wave_per_survey"),
        (a_result(-1, 2, 0), "counts_not_negative"),
        (a_result(2, 1, 1), "no_more_answers_than_invited"),
        (a_run(), "one_run_per_job_subject_and_due_time"),
        (a_reminder(), "one_reminder_per_invitation_and_number"),
        (a_reminder(number=3), "first_or_second_reminder"),
        (a_reminder(number=0), "first_or_second_reminder"),
        (a_reminder(invitation_id=99), "fk_reminders_invitation_id_invitations"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
async def test_the_database_refuses_what_may_not_be(
    database: Database, row: SQLModel, constraint: str
) -> None:
    async with database.writing() as session:
        await a_wave(session, ["U1"])
        session.add_all([a_run(), a_reminder()])
        await session.flush()
        # A copy, since one parametrised row serves both databases.
        session.add(type(row)(**row.model_dump(exclude_none=True)))
        with pytest.raises(IntegrityError) as refusal:
            await session.flush()
        await session.rollback()
    assert named(refusal.value, constraint)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("UPDATE surveys SET kind = 'pets'", "survey_kind"),
        ("UPDATE surveys SET wave_days = 0", "wave_days_in_a_year"),
        ("UPDATE surveys SET digest_weekday = 7", "digest_weekday_in_the_week"),
        ("UPDATE surveys SET digest_hour = 24", "digest_hour_in_the_day"),
        ("UPDATE surveys SET rhythm = 'now and then'", "survey_rhythm"),
        ("UPDATE surveys SET every_weeks = 0", "every_weeks_in_a_year"),
        ("UPDATE surveys SET reminders = 3", "two_reminders_at_most"),
        ("UPDATE workspaces SET quarantine_days = -1", "quarantine_within_a_year"),
        ("UPDATE invitations SET state = 'lost'", "invitation_state"),
        ("UPDATE reminders SET state = 'answered'", "reminder_state"),
        ("UPDATE runs SET state = 'lost'", "run_state"),
    ],
)
async def test_the_database_refuses_words_and_numbers_that_mean_nothing(
    database: Database, change: str, constraint: str
) -> None:
    async with database.writing() as session:
        await a_wave(session)
        session.add_all([a_run(), a_reminder()])
        await session.flush()
        connection = await session.connection()
        with pytest.raises(IntegrityError, match=constraint):
            await connection.exec_driver_sql(change)
        await session.rollback()


async def test_states_are_stored_as_the_words_that_people_read_in_the_design(database: Database) -> None:
    async with database.writing() as session:
        await a_wave(session, ["U1"])
        connection = await session.connection()
        words = (await connection.exec_driver_sql("SELECT state FROM invitations")).scalars().all()
        rows = (await session.exec(select(Invitation))).all()
    assert words == ["planned"]
    assert [row.state for row in rows] == [InvitationState.PLANNED]


async def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    in_tokyo = datetime(2026, 3, 2, 18, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
    async with database.writing() as session:
        await a_stored_survey(session, created_at=in_tokyo)
    async with database.reading() as session:
        stored = (await session.exec(select(Survey.created_at))).one()
    assert stored == in_tokyo
    assert stored.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused_rather_than_guessed_at(database: Database) -> None:
    async with database.writing() as session:
        await a_stored_survey(session)
        naive = datetime(2026, 3, 2)  # noqa: DTZ001 - what the test is about
        session.add(Person(**a_person(refreshed_at=naive)._asdict()))
        with pytest.raises(StatementError, match="has no time zone: give an aware datetime"):
            await session.flush()
        await session.rollback()


async def test_instants_compare_as_instants_to_the_microsecond(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session)
        tick = timedelta(microseconds=1)
        exact = MONDAY.replace(microsecond=0).astimezone(timezone(timedelta(hours=-5)))
        await session.exec(update(Wave).values(closes_at=exact))
        found = {
            shift: (await session.exec(select(Wave.id).where(col(Wave.closes_at) <= exact + shift))).all()
            for shift in (-tick, 0 * tick, tick)
        }
    assert found == {-tick: [], 0 * tick: [wave.id], tick: [wave.id]}


async def test_the_id_of_an_erased_invitation_is_never_given_to_another(database: Database) -> None:
    """Its buttons still stand in somebody's Slack."""
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        erased = (await invitations_of(session, wave))["U1"]
        await session.delete(erased)
        await session.flush()
        session.add(an_invitation("U2"))
        await session.flush()
        assert (await invitations_of(session, wave))["U2"].id > erased.id


def named(refusal: IntegrityError, constraint: str) -> bool:
    """Say whether the refusal is of this constraint; SQLite names columns instead, or nothing at all."""
    unnamed = {
        "one_invitation_per_wave_and_person": "UNIQUE constraint failed: invitations.wave_id, invitations.user_id",
        "one_open_wave_per_survey": "UNIQUE constraint failed: waves.survey_id",
        "one_run_per_job_subject_and_due_time": "UNIQUE constraint failed: runs.workspace_id, runs.job",
        "one_reminder_per_invitation_and_number": "UNIQUE constraint failed: reminders.invitation_id, reminders.number",
    }
    said = str(refusal.orig)
    if constraint in said or unnamed.get(constraint, constraint) in said:
        return True
    return constraint.startswith("fk_") and said == "FOREIGN KEY constraint failed"


async def test_postgresql_keeps_a_sealed_ballot_in_its_row(postgres_url: str) -> None:
    database, size = Database(postgres_url), SIZE + 48  # what libsodium puts around it
    async with database.writing() as session:
        wave = await a_wave(session)
        row = {
            "wave_id": wave.id,
            "workspace_id": WORKSPACE,
            "key": b"k",
            "sealed": secrets.token_bytes(size),
        }
        assert await insert_if_absent(session, SealedBallot, row)
        elsewhere = text(
            "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'sealed_ballots'"
        )
        assert (await (await session.connection()).execute(elsewhere)).scalar_one() == 0
    await database.close()
