from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, cast, exists, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import counts
from storage.counts import InvitationStanding
from storage.database.first import IN_ALL, First, first_of
from storage.database.states import in_state
from storage.tables import Counts, KeptCount, Person, Reminder, Run, Survey, Wave
from storage.waves.order import OLDEST_FIRST
from storage.words import InvitationState, LeftOutBecause, ReminderState, RunState

_LEFT_OUT = frozenset(LeftOutBecause) - {LeftOutBecause.OPTED_OUT}
"""The codes of invitations that were never sent; a person who opted out may come back to the wave."""


@dataclass(frozen=True)
class Progress:
    """How many of a wave's invitations stand where; each is counted once, but for `reached_by_reminder`.

    `snoozed` wait because their person said so. `failed` is by Slack's error code, most first.
    `left_out` counts, by why, people that Slack named, when their message was due, as not to be asked; they are
    among no others. `reached_by_reminder` counts the people who surely got a reminder, while nobody knows whether the question itself
    arrived.
    """

    planned: int
    snoozed: int
    claimed: int
    delivered: int
    answered: int
    expired: int
    uncertain: int
    failed: dict[str, int]
    reached_by_reminder: int
    left_out: dict[LeftOutBecause, int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many have an invitation."""
        stands = self.planned + self.snoozed + self.claimed + self.delivered + self.answered
        return stands + self.expired + self.uncertain + sum(self.failed.values())


async def progress(session: AsyncSession, wave_id: int) -> Progress:
    """Return how far a wave has come, as it is kept counted."""
    return (await progress_of(session, [wave_id]))[wave_id]


async def progress_of(session: AsyncSession, wave_ids: Sequence[int]) -> dict[int, Progress]:
    """Return how far each of these waves has come, in one statement."""
    standing = await counts.standing(session, wave_ids)
    return {wave_id: _progress(stands) for wave_id, stands in standing.items()}


def _progress(stands: Mapping[InvitationStanding, int]) -> Progress:
    states, failed, snoozed, reached = Counter[InvitationState](), Counter[str](), 0, 0
    left_out = Counter[LeftOutBecause]()
    for one, count in stands.items():
        if one.state is InvitationState.EXPIRED and one.code in _LEFT_OUT:
            left_out[LeftOutBecause(one.code)] += count
            continue
        states[one.state] += count
        failed[one.code] += count if one.state is InvitationState.FAILED else 0
        snoozed += count if one.is_snoozed else 0
        reached += count if one.by_reminder else 0
    return Progress(
        planned=states[InvitationState.PLANNED] - snoozed,
        snoozed=snoozed,
        claimed=states[InvitationState.CLAIMED],
        delivered=states[InvitationState.DELIVERED],
        answered=states[InvitationState.ANSWERED],
        expired=states[InvitationState.EXPIRED],
        uncertain=states[InvitationState.UNCERTAIN],
        failed=dict((+failed).most_common()),
        reached_by_reminder=reached,
        left_out=dict(left_out),
    )


async def troubled_waves(session: AsyncSession, workspace_id: str, job: str) -> list[Wave]:
    """Return the open waves that are planned and have invitations that failed or may have arrived, untold by this job."""
    told = exists(
        select(Run.id).where(
            Run.workspace_id == Wave.workspace_id,
            Run.job == job,
            Run.subject == Wave.id,
            Run.due_at == Wave.opens_at,
            Run.state != RunState.CLAIMED,
        )
    )
    question = (
        select(Wave)
        .where(
            Wave.workspace_id == workspace_id,
            col(Wave.closed_at).is_(None),
            col(Wave.planned_at).is_not(None),
            _in_trouble(),
            ~told,
        )
        .order_by(OLDEST_FIRST)
    )
    return list((await session.exec(question)).all())


async def undelivered(session: AsyncSession, most: int) -> First[tuple[int, int]]:
    """Return the first open waves of which a message failed or may have arrived, oldest first.

    Beside each wave's id stands how many of its reminders may have arrived.
    """
    uncertain = (
        select_columns(col(Reminder.wave_id), func.count().label("reminders"))
        .where(in_state(Reminder.state, ReminderState.UNCERTAIN))
        .group_by(col(Reminder.wave_id))
        .subquery()
    )
    question = (
        select_columns(col(Wave.id), func.coalesce(uncertain.c.reminders, 0), IN_ALL)
        .outerjoin(uncertain, uncertain.c.wave_id == col(Wave.id))
        .where(col(Wave.closed_at).is_(None), _in_trouble() | uncertain.c.reminders.is_not(None))
        .order_by(OLDEST_FIRST)
        .limit(most)
    )
    rows = await (await session.connection()).execute(question)
    return first_of(((wave_id, reminders), in_all) for wave_id, reminders, in_all in rows)


def _in_trouble() -> ColumnElement[bool]:
    """Say of a wave that it has invitations that failed or may have arrived."""
    key = col(KeptCount.key)
    return exists(
        select(key)
        .where(
            KeptCount.wave_id == Wave.id,
            KeptCount.what == Counts.STATE,
            key.startswith(f"{InvitationState.FAILED} ") | key.startswith(f"{InvitationState.UNCERTAIN} "),
        )
        .group_by(key)
        .having(func.sum(col(KeptCount.count)) > 0)
    )


class Look(NamedTuple):
    """An open wave, and all that its message to the manager is made of, as it is stored: the same means no change."""

    wave_id: int
    has_notice: bool
    opened_by: str
    time_zone: str | None
    made_of: tuple[Any, ...]


async def looks(session: AsyncSession, workspace_id: str) -> list[Look]:
    """Look at every open wave in one statement, oldest first, without making anything of what is read."""
    one = col(KeptCount.key).concat(" ").concat(cast(col(KeptCount.count), String))
    stands = (
        select_columns(func.aggregate_strings(one, ","))
        .where(col(KeptCount.wave_id) == col(Wave.id), col(KeptCount.what) == Counts.STATE)
        .scalar_subquery()
    )
    told = (
        Wave.number,
        Wave.closes_at,
        Wave.planned_at,
        Wave.left_out,
        Wave.paused_at,
        Wave.paused_for,
        Wave.question_ts,
        Wave.notice_shown,
        Survey.name,
        Survey.audience,
        Person.locale,
    )
    question = (
        select_columns(
            col(Wave.id),
            col(Wave.notice_ts),
            col(Wave.opened_by),
            col(Person.time_zone),
            stands,
            *(cast(col(part), String) for part in told),
        )
        .join_from(Wave, Survey, col(Survey.id) == col(Wave.survey_id))
        .outerjoin(
            Person,
            (col(Person.workspace_id) == col(Wave.workspace_id))
            & (col(Person.user_id) == col(Wave.opened_by)),
        )
        .where(col(Wave.workspace_id) == workspace_id, col(Wave.closed_at).is_(None))
        .order_by(OLDEST_FIRST)
    )
    rows = await (await session.connection()).execute(question)
    return [Look(row[0], row[1] is not None, row[2], row[3], tuple(row[3:])) for row in rows]
