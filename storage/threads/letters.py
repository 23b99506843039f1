"""Letters on their way: each is claimed once, and of one that has arrived no time is kept."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Update, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Letter, Survey, Thread, Wave
from storage.words import LetterState, ThreadState

MOST = 500


class DueLetter(NamedTuple):
    """A letter whose hour has come, its conversation, and whose question brought that."""

    letter: Letter
    thread: Thread
    survey: Survey


async def due(session: AsyncSession, workspace_id: str, now: datetime, *, from_team: bool) -> list[DueLetter]:
    """Return the letters of one side whose hour has come; the team's only where something joins them to their reader."""
    question = (
        select(Letter, Thread, Survey)
        .join(Thread, col(Thread.key) == Letter.thread_key)
        .join(Wave, col(Wave.id) == Thread.wave_id)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(
            Letter.workspace_id == workspace_id,
            Letter.state == LetterState.WAITING,
            col(Letter.is_from_team).is_(from_team),
            col(Letter.due_at) <= now,
        )
        .order_by(col(Letter.due_at), col(Letter.thread_key), col(Letter.number))
        .limit(MOST)
    )
    if from_team:
        question = question.where(Thread.state == ThreadState.OPEN)
    return [DueLetter(*row) for row in (await session.exec(question)).all()]


async def claim(session: AsyncSession, letter: Letter, now: datetime) -> bool:
    """Take a letter of the team's to say it; False when another process has it, or the conversation has ended."""
    is_open = (
        select(Thread.key)
        .where(col(Thread.key) == col(Letter.thread_key), col(Thread.state) == ThreadState.OPEN)
        .exists()
    )
    claiming = _of(letter, LetterState.WAITING).where(is_open)
    return (await session.exec(claiming.values(state=LetterState.CLAIMED, claimed_at=now))).rowcount == 1


async def put_back(session: AsyncSession, letter: Letter) -> None:
    """Let it wait again: Slack took nothing."""
    await session.exec(_of(letter, LetterState.CLAIMED).values(state=LetterState.WAITING, claimed_at=None))


async def arrived(session: AsyncSession, letter: Letter) -> bool:
    """Record that it has reached its reader, and forget when."""
    before = (LetterState.CLAIMED, LetterState.UNCERTAIN) if letter.is_from_team else (LetterState.WAITING,)
    recording = _of(letter, *before).values(state=LetterState.DELIVERED, due_at=None, claimed_at=None)
    return (await session.exec(recording)).rowcount == 1


async def in_doubt(session: AsyncSession, letter: Letter, shown_at: datetime) -> None:
    """Record that nobody knows whether it has; managers read so from that hour on."""
    doubting = _of(letter, LetterState.CLAIMED)
    await session.exec(doubting.values(state=LetterState.UNCERTAIN, due_at=shown_at, claimed_at=None))


async def abandoned(
    session: AsyncSession, workspace_id: str, now: datetime, lease: timedelta
) -> list[Letter]:
    """Return those over which a process died: perhaps it had spoken."""
    question = select(Letter).where(
        Letter.workspace_id == workspace_id,
        Letter.state == LetterState.CLAIMED,
        col(Letter.due_at).is_not(None),
        col(Letter.claimed_at) <= now - lease,
    )
    return list((await session.exec(question)).all())


def _of(letter: Letter, *states: LetterState) -> Update:
    return update(Letter).where(
        col(Letter.thread_key) == letter.thread_key,
        col(Letter.number) == letter.number,
        col(Letter.state).in_(states),
    )
