"""What people said in a wave, counted: frozen when it is closed, and each version of that kept."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scoring.scale import HIGHEST, LOWEST, Category, category_of
from storage.answers.counting import comment_count, score_counts
from storage.ballots import counting as ballots
from storage.database.text import UNIT_SEPARATOR
from storage.kit.reasons import as_kept
from storage.tables import (
    Answer,
    Cell,
    CountedWave,
    Invitation,
    Membership,
    Mention,
    Publication,
    ReasonCount,
    Reminder,
    Result,
    Wave,
)
from storage.words import ReminderState


class Categories(NamedTuple):
    """How many of each category."""

    promoters: int
    passives: int
    detractors: int


MOST_REASONS = 20_000
"""A result keeps no more: what a file calls its drivers may be anything. Then they are read from the answers."""


async def publications(session: AsyncSession, wave_id: int) -> list[Publication]:
    """Return every version of a wave's result, the first one first."""
    question = select(Publication).where(Publication.wave_id == wave_id).order_by(col(Publication.id))
    return list((await session.exec(question)).all())


class Version(NamedTuple):
    """One of the times that a wave was frozen, without its reasons and cells."""

    wave_id: int
    counted: CountedWave


async def publications_of(session: AsyncSession, wave_ids: Sequence[int]) -> list[Version]:
    """Return every version of many waves' results, the first ones first, without what takes long to read."""
    columns = [
        getattr(Publication, name)
        for name in CountedWave.model_fields
        if name not in {"reasons", "cells", "late"}
    ]
    question = (
        select_columns(col(Publication.wave_id), *columns)
        .where(col(Publication.wave_id).in_(wave_ids))
        .order_by(col(Publication.id))
    )
    rows = (await (await session.connection()).execute(question)).mappings()
    return [Version(row["wave_id"], CountedWave.model_construct(**row)) for row in rows]


async def count(session: AsyncSession, wave: Wave, invited: int | None, now: datetime) -> Result:
    """Count the answers of a closed wave; the result is not stored yet. An imported one has no invitations to count by."""
    if wave.is_anonymous:
        return await _count_ballots(session, wave, invited, now)
    scores = await score_counts(session, wave.id)
    is_imported = wave.label is not None
    before_id = None if is_imported else await _asked_before(session, wave)
    return Result(
        **categories(scores)._asdict(),
        wave_id=wave.id,
        workspace_id=wave.workspace_id,
        comments=await comment_count(session, wave.id),
        invited=invited,
        scores=[scores.get(score, 0) for score in range(LOWEST, HIGHEST + 1)],
        late=None if is_imported else list(categories(await late_scores(session, wave.id))),
        reasons=few(await reasons(session, wave.id)),
        cells=None if is_imported else await cells(session, wave.id),
        before_id=before_id,
        both=None if before_id is None else _sums(await scores_in_both(session, before_id, wave.id)),
        frozen_at=now,
    )


async def _count_ballots(session: AsyncSession, wave: Wave, invited: int | None, now: datetime) -> Result:
    """Count opened ballots: nobody knows which came late, nor what their people said in the wave before."""
    scores = await ballots.score_counts(session, wave.id)
    # Who took part and is erased since is among the invited no more; their ballot, which nobody can find, is counted.
    reached = None if invited is None else max(invited, sum(scores.values()))
    return Result(
        **categories(scores)._asdict(),
        wave_id=wave.id,
        workspace_id=wave.workspace_id,
        comments=await ballots.comment_count(session, wave.id),
        invited=reached,
        scores=[scores.get(score, 0) for score in range(LOWEST, HIGHEST + 1)],
        reasons=await ballots.reasons(session, wave.id),
        frozen_at=now,
    )


async def freeze(session: AsyncSession, frozen: Result) -> Result:
    """Store a result in place of the one that stood, and keep it as a version if it differs from the last."""
    stored = await session.merge(frozen)
    versions = await publications(session, frozen.wave_id)
    facts = {name: getattr(frozen, name) for name in CountedWave.model_fields}
    if not versions or any(
        getattr(versions[-1], name) != fact for name, fact in facts.items() if name != "frozen_at"
    ):
        session.add(Publication(wave_id=frozen.wave_id, workspace_id=frozen.workspace_id, **facts))
    await session.flush()
    return stored


def categories(scores: Mapping[int, int]) -> Categories:
    """Count answers by score as a result does.

    >>> categories({10: 3, 8: 1})
    Categories(promoters=3, passives=1, detractors=0)
    """
    counted: Counter[Category] = Counter()
    for score, answers in scores.items():
        counted[category_of(score)] += answers
    return Categories(counted[Category.PROMOTER], counted[Category.PASSIVE], counted[Category.DETRACTOR])


async def late_scores(session: AsyncSession, wave_id: int) -> dict[int, int]:
    """Return how many gave each score after a reminder had reached them."""
    reminded = exists(
        select(Reminder.id).where(
            col(Reminder.invitation_id) == col(Answer.invitation_id),
            Reminder.state == ReminderState.DELIVERED,
            col(Reminder.claimed_at) <= col(Answer.answered_at),
        )
    )
    question = (
        select(Answer.score, func.count())
        .where(Answer.wave_id == wave_id, reminded)
        .group_by(col(Answer.score))
    )
    return dict((await session.exec(question)).all())


async def reasons(session: AsyncSession, wave_id: int) -> list[ReasonCount]:
    """Return which drivers were ticked together with which score, and how often; nothing ticked is an empty list."""
    ticked = (
        select_columns(func.aggregate_strings(col(Mention.driver), UNIT_SEPARATOR))
        .where(col(Mention.answer_id) == col(Answer.id))
        .scalar_subquery()
    )
    each = (
        select_columns(col(Answer.score).label("score"), ticked.label("ticked"))
        .where(col(Answer.wave_id) == wave_id)
        .subquery()
    )
    question = select_columns(each.c.score, each.c.ticked, func.count()).group_by(each.c.score, each.c.ticked)
    grouped: Counter[tuple[int, tuple[str, ...]]] = Counter()
    for score, drivers, answers in await (await session.connection()).execute(question):
        # The database gives them in any order.
        grouped[score, tuple(sorted(drivers.split(UNIT_SEPARATOR))) if drivers else ()] += answers
    return as_kept(grouped)


def few(reasons: list[ReasonCount]) -> list[ReasonCount] | None:
    """Return what a result keeps of reasons: all, or None where they are too many for one row."""
    return reasons if len(reasons) <= MOST_REASONS else None


async def cells(session: AsyncSession, wave_id: int) -> list[Cell] | None:
    """Count the answers by the channels and user groups that people were in; None where the wave does not know them."""
    known = select(Membership.part).where(Membership.wave_id == wave_id).limit(1)
    if (await session.exec(known)).one_or_none() is None:
        return None
    inside = (
        select_columns(func.aggregate_strings(col(Membership.part), UNIT_SEPARATOR))
        .where(col(Membership.wave_id) == wave_id, col(Membership.user_id) == col(Invitation.user_id))
        .scalar_subquery()
    )
    each = (
        select_columns(col(Answer.score).label("score"), inside.label("parts"))
        .join_from(Answer, Invitation, col(Invitation.id) == col(Answer.invitation_id))
        .where(col(Answer.wave_id) == wave_id)
        .subquery()
    )
    question = select_columns(each.c.score, each.c.parts, func.count()).group_by(each.c.score, each.c.parts)
    counted: defaultdict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
    for score, parts, answers in await (await session.connection()).execute(question):
        counted[tuple(sorted(parts.split(UNIT_SEPARATOR))) if parts else ()][score] += answers
    return [[list(parts), *categories(scores)] for parts, scores in sorted(counted.items())]


async def scores_in_both(session: AsyncSession, before_id: int, after_id: int) -> list[tuple[int, int, int]]:
    """Return score before, score after and how many people, of those who answered both of two asked waves."""
    was_asked, is_asked = aliased(Invitation), aliased(Invitation)
    said, says = aliased(Answer), aliased(Answer)
    question = (
        select_columns(col(said.score), col(says.score), func.count())
        .join_from(says, is_asked, col(is_asked.id) == col(says.invitation_id))
        .join(
            was_asked,
            (col(was_asked.wave_id) == before_id) & (col(was_asked.user_id) == col(is_asked.user_id)),
        )
        .join(said, col(said.invitation_id) == col(was_asked.id))
        .where(col(says.wave_id) == after_id)
        .group_by(col(said.score), col(says.score))
    )
    return [(row[0], row[1], row[2]) for row in await (await session.connection()).execute(question)]


async def _asked_before(session: AsyncSession, wave: Wave) -> int | None:
    """Return the id of the wave of this survey that was asked, and closed, before this one."""
    question = (
        select(Wave.id)
        .where(
            Wave.survey_id == wave.survey_id,
            col(Wave.label).is_(None),
            col(Wave.closed_at).is_not(None),
            col(Wave.number) < wave.number,
        )
        .order_by(col(Wave.number).desc())
        .limit(1)
    )
    return (await session.exec(question)).one_or_none()


def _sums(people: Sequence[tuple[int, int, int]]) -> list[int]:
    """Sum, over people with two scores: how many, what they count for before, after, and both multiplied."""
    values = [
        (category_of(before).value_in_nps, category_of(after).value_in_nps, many)
        for before, after, many in people
    ]
    return [
        sum(many for _, _, many in values),
        sum(before * many for before, _, many in values),
        sum(after * many for _, after, many in values),
        sum(before * after * many for before, after, many in values),
    ]
