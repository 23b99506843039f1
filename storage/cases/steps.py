"""A case takes a step: by one conditional UPDATE, and a row of its history with it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import webhooks
from storage.database.text import storable
from storage.privacy.emptied import note_replaced
from storage.tables import Case, CaseEvent
from storage.words import CaseCause, CaseEnding, CaseState, CaseStep, Event

_ACTIVE = frozenset({CaseState.OPEN, CaseState.TAKEN, CaseState.CONTACTED})


async def take(session: AsyncSession, case: Case, by: str, now: datetime) -> bool:
    """Let somebody have an open case. False when somebody has it already, or it is closed."""
    return await _step(
        session, case, {CaseState.OPEN}, CaseStep.TAKEN, by, now, state=CaseState.TAKEN, owner=by
    )


async def contact(session: AsyncSession, case: Case, by: str, now: datetime) -> bool:
    """Say that somebody has made contact; who does so with an open case has it. False when that was said, or it is closed."""
    return await _step(
        session,
        case,
        {CaseState.OPEN, CaseState.TAKEN},
        CaseStep.CONTACTED,
        by,
        now,
        state=CaseState.CONTACTED,
        owner=func.coalesce(col(Case.owner), by),
        contacted_at=func.coalesce(col(Case.contacted_at), now),
    )


async def hand_over(session: AsyncSession, case: Case, by: str, to: str, now: datetime) -> bool:
    """Let somebody else have a case. False when they have it, or it is closed."""
    return await _step(
        session,
        case,
        _ACTIVE,
        CaseStep.HANDED_OVER,
        by,
        now,
        col(Case.owner).is_distinct_from(to),
        to=to,
        state=CaseState.CONTACTED if case.state is CaseState.CONTACTED else CaseState.TAKEN,
        owner=to,
    )


async def close(  # noqa: PLR0913, PLR0917 - who, what they found, and when
    session: AsyncSession, case: Case, by: str, note: str, cause: CaseCause | None, now: datetime
) -> bool:
    """Close a case, with a note and a cause where there are any. False when it is closed."""
    return await _step(
        session,
        case,
        _ACTIVE,
        CaseStep.CLOSED,
        by,
        now,
        state=CaseState.CLOSED,
        closed_at=now,
        ending=CaseEnding.RESOLVED,
        note=storable(note) or None,
        cause=cause,
    )


async def reopen(session: AsyncSession, case: Case, by: str, now: datetime) -> bool:
    """Take up a case again that was closed by those who follow up. False when it is not, or its person ended it."""
    return await _step(
        session,
        case,
        {CaseState.CLOSED},
        CaseStep.REOPENED,
        by,
        now,
        col(Case.ending) == CaseEnding.RESOLVED,
        state=CaseState.TAKEN if case.owner else CaseState.OPEN,
        closed_at=None,
        ending=None,
    )


async def end(session: AsyncSession, case: Case, ending: CaseEnding, now: datetime) -> bool:
    """Close a case as its person wishes, and forget what was noted. False when they have done so before."""
    step = CaseStep.SETTLED if ending is CaseEnding.SETTLED else CaseStep.WITHDRAWN
    return await _step(
        session,
        case,
        set(CaseState),
        step,
        case.user_id,
        now,
        col(Case.ending).is_(None) | (col(Case.ending) == CaseEnding.RESOLVED),
        state=CaseState.CLOSED,
        closed_at=now,
        ending=ending,
        note=None,
        cause=None,
    )


async def _step(  # noqa: PLR0913, PLR0917 - what is changed, by whom, when, and where it may be
    session: AsyncSession,
    case: Case,
    before: Collection[CaseState],
    step: CaseStep,
    by: str,
    now: datetime,
    *where: ColumnElement[bool],
    to: str | None = None,
    **values: object,
) -> bool:
    """Change a case that is in one of the states `before` still, and write down who did it.

    It must also be as it was read where the step depends on that: two people press, and one of them has done it.
    """
    stood, noted = case.state, case.note  # the update changes a case that this session has read
    changing = (
        update(Case)
        .where(
            col(Case.id) == case.id,
            col(Case.state).in_(before),
            col(Case.state) == stood,
            *where,
        )
        .values(version=col(Case.version) + 1, **values)
    )
    if (await session.exec(changing)).rowcount == 0:
        return False
    session.add(CaseEvent(workspace_id=case.workspace_id, case_id=case.id, step=step, by=by, to=to, at=now))
    if noted not in {None, values.get("note", noted)}:
        await note_replaced(session, case.workspace_id, now)
    if event := _told(stood, values.get("state")):
        await webhooks.tell_of(session, case.workspace_id, event, [case.id], now)
    return True


def _told(before: CaseState, after: object) -> Event | None:
    """Say what programs elsewhere hear of a step: a case that was nobody's is somebody's, or it closes, or opens again."""
    if CaseState.CLOSED in {before, after}:
        if before is after:
            return None
        return Event.CASE_CLOSED if after is CaseState.CLOSED else Event.CASE_OPENED
    return Event.CASE_TAKEN if before is CaseState.OPEN else None
