from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.engine import Database
from storage.kit import claims, people
from storage.tables import Run
from storage.words import RunState
from tests.builders import MONDAY, WORKSPACE, a_wave, invitations_of

LEASE = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Key:
    workspace_id: str = WORKSPACE
    job: str = "weekly_digest"
    subject: int = 1
    due_at: datetime = MONDAY


async def claim(session: AsyncSession, after: timedelta = timedelta(), key: Key = Key()) -> Run | None:
    """Claim Monday's digest of survey 1, or another run, some time after Monday."""
    return await claims.claim_run(
        session, key.workspace_id, key.job, key.subject, key.due_at, MONDAY + after, LEASE
    )


@pytest.fixture
async def ledger(database: Database) -> Database:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
        await people.ensure_workspace(session, "T0OTHER", "Other")
    return database


async def test_an_invitation_is_claimed_once(database: Database) -> None:
    async with database.writing() as session:
        invitation = (await invitations_of(session, await a_wave(session, ["U1"])))["U1"]
        assert await claims.claim_invitation(session, invitation.id, MONDAY)
        assert not await claims.claim_invitation(session, invitation.id, MONDAY)
        assert not await claims.claim_invitation(session, 404, MONDAY)


async def test_a_run_is_claimed_once(ledger: Database) -> None:
    async with ledger.writing() as session:
        run = await claim(session)
        assert await claim(session, SECOND) is None
    assert run is not None
    assert (run.state, run.claimed_at, run.speaking_at) == (RunState.CLAIMED, MONDAY, None)


@pytest.mark.parametrize(
    "another",
    [
        Key(job="delivery_report"),
        Key(subject=2),
        Key(due_at=MONDAY + timedelta(days=7)),
        Key(workspace_id="T0OTHER"),
    ],
    ids=["job", "subject", "due_at", "workspace_id"],
)
async def test_another_job_subject_due_time_or_workspace_is_another_run(
    ledger: Database, another: Key
) -> None:
    async with ledger.writing() as session:
        await claim(session)
        assert await claim(session, key=another) is not None


async def test_a_run_is_claimed_again_after_its_lease_when_its_process_died_before_it_spoke(
    ledger: Database,
) -> None:
    async with ledger.writing() as session:
        first = await claim(session)
        assert await claim(session, LEASE - SECOND) is None
        second = await claim(session, LEASE)
        assert await claim(session, LEASE + SECOND) is None
    assert first is not None
    assert second is not None
    assert (second.id, second.claimed_at) == (first.id, MONDAY + LEASE)


async def test_a_process_that_slept_through_its_lease_may_not_speak(ledger: Database) -> None:
    async with ledger.writing() as session:
        slept = await claim(session)
        took_over = await claim(session, LEASE)
        assert slept is not None
        assert took_over is not None
        assert await claims.mark_speaking(session, took_over.id, MONDAY + LEASE)
        assert not await claims.mark_speaking(session, slept.id, MONDAY + LEASE + SECOND)


async def test_a_run_is_uncertain_and_never_claimed_again_when_its_process_died_while_it_spoke(
    ledger: Database,
) -> None:
    async with ledger.writing() as session:
        run = await claim(session)
        assert run is not None
        await claims.mark_speaking(session, run.id, MONDAY + SECOND)
        assert await claims.mark_abandoned_runs(session, MONDAY, MONDAY + LEASE) == 0
        assert await claim(session, 2 * LEASE) is None
        assert await claims.mark_abandoned_runs(session, MONDAY + LEASE, MONDAY + 2 * LEASE) == 1
        assert await claim(session, 3 * LEASE) is None
    async with ledger.reading() as session:
        found = await claims.latest_runs(session, RunState.UNCERTAIN, MONDAY - SECOND, 9)
        assert [(one.id, one.state) for one in found.rows] == [(run.id, RunState.UNCERTAIN)]
        assert await claims.latest_runs(session, RunState.UNCERTAIN, MONDAY, 9) == ([], 0)


@pytest.mark.parametrize("ended", [RunState.DONE, RunState.FAILED])
async def test_a_late_reply_settles_an_uncertain_run_and_what_is_settled_stays(
    ledger: Database, ended: RunState
) -> None:
    async with ledger.writing() as session:
        run = await claim(session)
        assert run is not None
        await claims.mark_speaking(session, run.id, MONDAY)
        await claims.mark_abandoned_runs(session, MONDAY + LEASE, MONDAY + LEASE)
        await claims.finish_run(session, run.id, ended, MONDAY + LEASE, "a_code")
        await claims.finish_run(session, run.id, RunState.UNCERTAIN, MONDAY + 2 * LEASE)
        stored = await session.get_one(Run, run.id)
        await session.refresh(stored)
    assert (stored.state, stored.code, stored.finished_at) == (ended, "a_code", MONDAY + LEASE)


async def test_a_done_run_is_never_claimed_again(ledger: Database) -> None:
    async with ledger.writing() as session:
        run = await claim(session)
        assert run is not None
        await claims.finish_run(session, run.id, RunState.DONE, MONDAY)
        assert await claim(session, timedelta(days=7)) is None
        for state in (RunState.FAILED, RunState.UNCERTAIN):
            assert await claims.latest_runs(session, state, MONDAY - SECOND, 9) == ([], 0)


async def test_a_run_that_slack_took_nothing_of_may_be_claimed_at_once(ledger: Database) -> None:
    async with ledger.writing() as session:
        run = await claim(session)
        assert run is not None
        await claims.mark_speaking(session, run.id, MONDAY)
        await claims.put_back_run(session, run.id)
        assert await claim(session, SECOND) is not None


async def test_what_is_settled_cannot_be_put_back(ledger: Database) -> None:
    async with ledger.writing() as session:
        run = await claim(session)
        assert run is not None
        await claims.finish_run(session, run.id, RunState.UNCERTAIN, MONDAY)
        await claims.put_back_run(session, run.id)
        assert await claim(session, LEASE) is None


async def test_failed_runs_are_told_with_their_codes_the_latest_first(ledger: Database) -> None:
    async with ledger.writing() as session:
        for week in range(3):
            run = await claim(session, key=Key(due_at=MONDAY + timedelta(days=7 * week)))
            assert run is not None
            await claims.finish_run(session, run.id, RunState.FAILED, MONDAY, f"not_in_channel {week}")
    async with ledger.reading() as session:
        told = await claims.latest_runs(session, RunState.FAILED, MONDAY - SECOND, 2)
    assert [run.code for run in told.rows] == ["not_in_channel 2", "not_in_channel 1"]
    assert told.more == 1


async def test_old_runs_are_forgotten_but_for_the_last_of_each_subject(ledger: Database) -> None:
    week = timedelta(weeks=1)
    async with ledger.writing() as session:
        for weeks in (0, 1, 60):
            await claim(session, key=Key(due_at=MONDAY + weeks * week))
        await claim(session, key=Key(subject=2))

        assert await claims.prune_runs(session, MONDAY + 10 * week) == 2

        left = {(run.subject, run.due_at) for run in (await session.exec(select(Run))).all()}
    assert left == {(1, MONDAY + 60 * week), (2, MONDAY)}


async def test_what_has_ended_is_known(ledger: Database) -> None:
    async with ledger.writing() as session:
        done = await claim(session)
        await claim(session, key=Key(subject=2))
        assert done
        await claims.finish_run(session, done.id, RunState.DONE, MONDAY)

        assert await claims.settled(session, WORKSPACE, "weekly_digest", [1, 2], MONDAY) == {(1, MONDAY)}
        assert await claims.settled(session, WORKSPACE, "weekly_digest", [2], MONDAY) == set()
        assert await claims.settled(session, WORKSPACE, "weekly_digest", [1, 2], MONDAY + SECOND) == set()
        assert await claims.settled(session, "T0OTHER", "weekly_digest", [1, 2], MONDAY) == set()
