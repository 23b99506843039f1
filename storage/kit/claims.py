"""The ledger: the process that changes the row does the thing, and every other leaves it.

Claim, commit, speak, record. When a process dies before it speaks, its run may be claimed again after the lease. When
it dies while it speaks, the run is `uncertain`, and never repeated blindly.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import BindParameter, ColumnElement, Update, bindparam, delete, exists, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.first import IN_ALL, First, first_of
from storage.database.states import not_in_state
from storage.database.upsert import insert_if_absent, table_of
from storage.delivery import is_sending, of_wave, opted_out
from storage.delivery.reminders import is_due
from storage.tables import Invitation, Reminder, Run
from storage.words import InvitationState, ReminderState, RunState

_CLAIMED = col(Run.state) == RunState.CLAIMED
_SILENT = col(Run.speaking_at).is_(None)


async def claim_invitation(session: AsyncSession, invitation_id: int, now: datetime) -> bool:
    """Take a planned invitation to send it; False when somebody else has it, or it may not go out any more.

    A pause, a closing, a snooze or an opt-out before the claim counts, however old the caller's list is.
    """
    one_at_a_time = {"one": invitation_id, "now": now}
    return (await session.exec(_claiming_invitation(), params=one_at_a_time)).rowcount == 1


# Made once: a wave runs it for each of its people.
@cache
def _claiming_invitation() -> Update:
    now: BindParameter[datetime] = bindparam("now")
    return (
        update(table_of(Invitation))
        .where(
            col(Invitation.id) == bindparam("one"),
            col(Invitation.state) == InvitationState.PLANNED,
            col(Invitation.send_after) <= now,
            of_wave(is_sending(now)),
            ~opted_out(),
        )
        .values(state=InvitationState.CLAIMED, claimed_at=now, snoozed_until=None)
    )


async def claim_reminder(
    session: AsyncSession, reminder: Reminder, now: datetime, spacing: timedelta
) -> bool:
    """Take a planned reminder to send it, under the same conditions, unless the person has answered.

    The next reminder is dropped when it would follow within `spacing`: a clock that was down sends one, not two.
    """
    to_whom = select(Invitation.id).where(
        Invitation.id == Reminder.invitation_id, is_due(now), of_wave(is_sending(now))
    )
    claiming = (
        update(Reminder)
        .where(col(Reminder.id) == reminder.id, exists(to_whom))
        .values(state=ReminderState.CLAIMED, claimed_at=now)
    )
    if (await session.exec(claiming)).rowcount == 0:
        return False
    await session.exec(
        delete(Reminder).where(
            col(Reminder.invitation_id) == reminder.invitation_id,
            col(Reminder.state) == ReminderState.PLANNED,
            col(Reminder.send_after) < now + spacing,
        )
    )
    return True


async def claim_run(  # noqa: PLR0913, PLR0917 - a run's key alone is four columns
    session: AsyncSession,
    workspace_id: str,
    job: str,
    subject: int,
    due_at: datetime,
    now: datetime,
    lease: timedelta,
) -> Run | None:
    """Take the one run of this job, subject and due time; None when it is done or somebody else has it."""
    key = {"workspace_id": workspace_id, "job": job, "subject": subject, "due_at": due_at}
    this_run = [col(getattr(Run, name)) == value for name, value in key.items()]
    if not await insert_if_absent(session, Run, {**key, "claimed_at": now}):
        claiming_again = (
            update(Run)
            .where(*this_run, _CLAIMED, _SILENT, col(Run.claimed_at) <= now - lease)
            .values(claimed_at=now)
        )
        if (await session.exec(claiming_again)).rowcount == 0:
            return None
    return (await session.exec(select(Run).where(*this_run))).one()


async def mark_speaking(session: AsyncSession, run_id: int, now: datetime) -> bool:
    """Say, and commit before speaking, that Slack is about to be told.

    False when another process got there first: a process that slept through its lease may not speak.
    """
    marking = update(Run).where(col(Run.id) == run_id, _CLAIMED, _SILENT).values(speaking_at=now)
    return (await session.exec(marking)).rowcount == 1


async def is_uncertain(
    session: AsyncSession, workspace_id: str, job: str, subject: int, due_at: datetime
) -> bool:
    """Whether nobody knows if a run has spoken: Slack's reply never came, or the process died over it."""
    this_run = select(Run.id).where(
        Run.workspace_id == workspace_id,
        Run.job == job,
        Run.subject == subject,
        Run.due_at == due_at,
        Run.state == RunState.UNCERTAIN,
    )
    return (await session.exec(this_run)).first() is not None


def has_run(
    job: str, workspace_id: object, subject: object, due_at: object, state: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Say that the run of a job for a row, given by its columns, is in such a state."""
    return exists(
        select(Run.id).where(
            col(Run.workspace_id) == workspace_id,
            Run.job == job,
            col(Run.subject) == subject,
            col(Run.due_at) == due_at,
            state,
        )
    )


async def put_back_run(session: AsyncSession, run_id: int) -> None:
    """Give up a claim as if it had never been: Slack said that it took nothing."""
    await session.exec(delete(Run).where(col(Run.id) == run_id, _CLAIMED))


async def finish_run(
    session: AsyncSession, run_id: int, state: RunState, now: datetime, code: str | None = None
) -> None:
    """Record how a run ended. A late reply settles an uncertain one; what is settled stays."""
    unsettled = col(Run.state).in_([RunState.CLAIMED, RunState.UNCERTAIN])
    await session.exec(
        update(Run).where(col(Run.id) == run_id, unsettled).values(state=state, code=code, finished_at=now)
    )


async def mark_abandoned_runs(session: AsyncSession, spoke_before: datetime, now: datetime) -> int:
    """Make uncertain the runs that began to speak before that time and never said how it ended; return how many."""
    marking = (
        update(Run)
        .where(not_in_state(Run.state, RunState.DONE), _CLAIMED, col(Run.speaking_at) < spoke_before)
        .values(state=RunState.UNCERTAIN, finished_at=now)
    )
    return (await session.exec(marking)).rowcount


async def settled(
    session: AsyncSession, workspace_id: str, job: str, subjects: Collection[int], due_since: datetime
) -> set[tuple[int, datetime]]:
    """Return the subject and the due time of the runs that have ended, so that nobody claims them in vain."""
    question = select(Run.subject, Run.due_at).where(
        Run.workspace_id == workspace_id,
        Run.job == job,
        col(Run.subject).in_(subjects),
        Run.due_at >= due_since,
        ~_CLAIMED,
    )
    return set((await session.exec(question)).all())


async def prune_runs(session: AsyncSession, due_before: datetime) -> int:
    """Forget the runs that were due earlier, but for the latest of each job and subject; return how many."""
    later = aliased(Run)
    followed = exists(
        select(later.id).where(
            col(later.workspace_id) == Run.workspace_id,
            col(later.job) == Run.job,
            col(later.subject) == Run.subject,
            col(later.due_at) > Run.due_at,
        )
    )
    return (await session.exec(delete(Run).where(col(Run.due_at) < due_before, followed))).rowcount


async def last_told(
    session: AsyncSession, workspace_id: str, job: str, subject: int, before: datetime
) -> datetime | None:
    """Return when the latest run that was due earlier was claimed, if Slack was, or may have been, told of it."""
    times = await times_told(session, workspace_id, job, subject, before, limit=1)
    return times[0] if times else None


async def times_told(  # noqa: PLR0913 - the run's key, and how many
    session: AsyncSession, workspace_id: str, job: str, subject: int, before: datetime, *, limit: int
) -> list[datetime]:
    """Return when the latest runs that were due earlier were claimed, the latest first, likewise."""
    question = (
        select(Run.claimed_at)
        .where(
            Run.workspace_id == workspace_id,
            Run.job == job,
            Run.subject == subject,
            Run.due_at < before,
            col(Run.state).in_([RunState.DONE, RunState.UNCERTAIN]),
        )
        .order_by(col(Run.due_at).desc())
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def latest_runs(session: AsyncSession, state: RunState, due_after: datetime, most: int) -> First[Run]:
    """Return the first of the runs in a state that were due later, the latest due first."""
    question = (
        select(Run, IN_ALL)
        .where(Run.state == state, Run.due_at > due_after)
        .order_by(col(Run.due_at).desc(), col(Run.id))
        .limit(most)
    )
    return first_of(await session.exec(question))
