"""Conversations about anonymous comments, as their two sides read and write them. Nothing here knows who the person is."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from sqlalchemy import exists, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.text import storable
from storage.privacy.emptied import note_emptied
from storage.tables import Ballot, Letter, Survey, Thread, Wave
from storage.words import LetterState, ThreadEnding, ThreadState

MOST_IN_A_ROW = 3
"""Letters of one side without one of the other."""

_GOING_ON = (ThreadState.OPEN, ThreadState.ENDING)
_ON_THE_WAY = (LetterState.WAITING, LetterState.CLAIMED)


class LetterWritten(Enum):
    """What came of writing a letter."""

    YES = "yes"
    OVER = "over"  # the conversation has ended
    TOO_MANY = "too_many"  # it is the other side's turn


class FoundThread(NamedTuple):
    """One conversation, the comment that it is about, and whose question brought that."""

    thread: Thread
    comment: str
    survey: Survey
    wave: Wave


class Conversation(NamedTuple):
    """One conversation and its letters, in the order in which they were written."""

    thread: Thread
    letters: Sequence[Letter]


async def found(session: AsyncSession, workspace_id: str, key: bytes) -> FoundThread | None:
    question = (
        select(Thread, Ballot.comment, Survey, Wave)
        .join(Wave, col(Wave.id) == Thread.wave_id)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .join(Ballot, (col(Ballot.wave_id) == Wave.id) & (col(Ballot.thread_key) == Thread.key))
        .where(Thread.key == key, Thread.workspace_id == workspace_id)
    )
    row = (await session.exec(question)).one_or_none()
    return FoundThread(row[0], row[1] or "", row[2], row[3]) if row else None


async def of_ballots(session: AsyncSession, ballot_keys: Sequence[bytes]) -> dict[bytes, Conversation]:
    """Return the conversations about these ballots' comments, by the ballot's key."""
    question = (
        select(Ballot.key, Thread)
        .join(Thread, col(Thread.key) == Ballot.thread_key)
        .where(col(Ballot.key).in_(ballot_keys), Ballot.wave_id == Thread.wave_id)
    )
    rows = (await session.exec(question)).all()
    letters = await letters_of(session, [thread.key for _, thread in rows])
    return {key: Conversation(thread, letters.get(thread.key, ())) for key, thread in rows}


async def letters_of(session: AsyncSession, keys: Sequence[bytes]) -> dict[bytes, list[Letter]]:
    """Return what was written in these conversations, by the conversation's key."""
    question = (
        select(Letter)
        .where(col(Letter.thread_key).in_(keys))
        .order_by(col(Letter.thread_key), col(Letter.number))
    )
    told: dict[bytes, list[Letter]] = {}
    for letter in await session.exec(question):
        told.setdefault(letter.thread_key, []).append(letter)
    return told


async def write(
    session: AsyncSession, key: bytes, text: str, due_at: datetime, by: str | None = None
) -> LetterWritten:
    """Let a letter wait for its hour: a manager's, or the person's where `by` is None.

    A manager's is taken also where the conversation has ended of late, since they do not know that yet.
    """
    taking = update(Thread).where(col(Thread.key) == key, col(Thread.state) != ThreadState.ENDED)
    if by is None:
        taking = taking.where(col(Thread.state) == ThreadState.OPEN)
    # Whoever else writes or ends it waits for this transaction.
    if (await session.exec(taking.values(ends_on=col(Thread.ends_on)))).rowcount == 0:
        return LetterWritten.OVER
    from_team = by is not None
    letters = (await letters_of(session, [key])).get(key, [])
    # What has not reached its reader answers nothing yet.
    turns = [
        one.number for one in letters if one.is_from_team is not from_team and one.state not in _ON_THE_WAY
    ]
    since = max(turns, default=0)
    mine = [one for one in letters if one.is_from_team is from_team and one.number > since]
    if mine and mine[-1].text == storable(text):
        return LetterWritten.YES  # sent again, since Slack never told that it was taken
    if len(mine) >= MOST_IN_A_ROW:
        return LetterWritten.TOO_MANY
    thread = await session.get_one(Thread, key)
    session.add(
        Letter(
            thread_key=key,
            number=len(letters) + 1,
            workspace_id=thread.workspace_id,
            is_from_team=from_team,
            author=by,
            text=storable(text),
            due_at=due_at,
        )
    )
    await session.flush()
    return LetterWritten.YES


async def end(
    session: AsyncSession, thread: Thread, ending: ThreadEnding, now: datetime, shown_at: datetime | None
) -> bool:
    """Destroy what joins a conversation to its person. False when it had ended before.

    With `shown_at` managers read so from that hour on; without it they end it themselves, or its time is over.
    """
    state = ThreadState.ENDED if shown_at is None else ThreadState.ENDING
    before = [ThreadState.OPEN, ThreadState.ENDING] if shown_at is None else [ThreadState.OPEN]
    ending_it = update(Thread).where(col(Thread.key) == thread.key, col(Thread.state).in_(before))
    changes = {"state": state, "ending": ending, "shown_at": shown_at, "sealed": None}
    if (await session.exec(ending_it.values(changes))).rowcount == 0:
        return False
    if state is ThreadState.ENDED:
        await _drop_letters(session, thread.workspace_id)
    await note_emptied(session, thread.workspace_id, now)
    return True


async def last_author(session: AsyncSession, key: bytes) -> str | None:
    """Return the manager who wrote last, if that is known still."""
    question = (
        select(Letter.author)
        .where(Letter.thread_key == key, col(Letter.is_from_team), col(Letter.author).is_not(None))
        .order_by(col(Letter.number).desc())
    )
    return (await session.exec(question)).first()


async def show_endings(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Let managers read which conversations have ended of late, once the hour has come; and end those whose time is over."""
    due = (
        col(Thread.workspace_id) == workspace_id,
        col(Thread.state) == ThreadState.ENDING,
        col(Thread.shown_at) <= now,
    )
    await session.exec(update(Thread).where(*due).values(state=ThreadState.ENDED, shown_at=None))
    over = select(Thread).where(
        Thread.workspace_id == workspace_id,
        col(Thread.state).in_(_GOING_ON),
        Thread.ends_on <= now.date(),
    )
    for thread in (await session.exec(over)).all():
        ending = thread.ending or ThreadEnding.OVER
        await end(session, thread, ending, now, None)
    await _drop_letters(session, workspace_id)


async def _drop_letters(session: AsyncSession, workspace_id: str) -> None:
    """Let what the team wrote go nowhere where it is over. What the person wrote before the end still arrives."""
    is_over = exists(
        select(Thread.key).where(Thread.key == Letter.thread_key, Thread.state == ThreadState.ENDED)
    )
    dropping = update(Letter).where(
        col(Letter.workspace_id) == workspace_id,
        col(Letter.state) == LetterState.WAITING,
        col(Letter.due_at).is_not(None),
        col(Letter.is_from_team),
        is_over,
    )
    await session.exec(dropping.values(state=LetterState.DROPPED, due_at=None))


async def anything_due(session: AsyncSession, workspace_id: str, now: datetime) -> bool:
    """Whether a look at the letters and endings is worth its while."""
    letters = select(func.count()).where(
        Letter.workspace_id == workspace_id, col(Letter.state).in_(_ON_THE_WAY), col(Letter.due_at) <= now
    )
    ending = select(func.count()).where(
        Thread.workspace_id == workspace_id,
        col(Thread.state).in_(_GOING_ON),
        (col(Thread.shown_at) <= now) | (col(Thread.ends_on) <= now.date()),
    )
    return bool((await session.exec(letters)).one() or (await session.exec(ending)).one())
