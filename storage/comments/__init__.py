"""What people wrote, read page by page for a manager: newest first, of one survey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_, union_all, update
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.question import ONCE_OFFERED
from storage.tables import Answer, Invitation, Mention, Result, Survey, Wave
from storage.words import DRIVER_KEY

MOST_DRIVERS = 90
UNREAD_COUNTED = 1000
_COMMENTED_WITHIN = timedelta(days=1)
"""Of the tap: an index knows when people tapped, and not when they wrote."""


@dataclass(frozen=True, slots=True)
class CommentFilter:
    """Which comments: with one of these scores, with one driver (cut to `DRIVER_KEY`), with a text; None and "" are any."""

    scores: tuple[int, ...] | None = None
    driver: str = ""
    text: str = ""


class Comment(NamedTuple):
    """One comment with its answer. `wave` is its number, or the label of an imported one; then nobody is named."""

    answer_id: int
    wave: int | str
    score: int
    comment: str
    drivers: tuple[str, ...]
    answered_at: datetime
    user_id: str | None


class PageOfComments(NamedTuple):
    """Some comments, newest first, and whether there are more on either side."""

    comments: list[Comment]
    has_newer: bool
    has_older: bool


async def mark_read(session: AsyncSession, survey_id: int, now: datetime) -> None:
    """Remember that a manager has looked at the newest comments of a survey."""
    await session.exec(update(Survey).where(col(Survey.id) == survey_id).values(comments_read_at=now))


async def unread(session: AsyncSession, survey: Survey, wave_id: int) -> int:
    """Count the comments of a wave that were written since a manager last looked; no more than `UNREAD_COUNTED`."""
    found = select(col(Answer.id)).where(col(Answer.wave_id) == wave_id, col(Answer.comment).is_not(None))
    if since := survey.comments_read_at:
        found = found.where(
            col(Answer.answered_at) > since - _COMMENTED_WITHIN, col(Answer.changed_at) > since
        )
    counting = select(func.count()).select_from(found.limit(UNREAD_COUNTED).subquery())
    return int(await session.scalar(counting) or 0)


async def page_of_comments(  # noqa: PLR0913 - which, how many, and from where
    session: AsyncSession,
    survey_id: int,
    wanted: CommentFilter,
    size: int,
    beside: int | None = None,
    *,
    is_newer: bool = False,
) -> PageOfComments:
    """Read the comments older than the answer `beside`, or newer; the newest of all where it is None or gone.

    Three statements and one for the drivers, however many waves and comments there are: none of them sorts more than a
    few rows of each of a few waves.
    """
    place = None if beside is None else await _place(session, survey_id, beside)
    direction = _Direction(place, is_newer=is_newer and place is not None)
    found = await _read(session, await _ids(session, survey_id, wanted, direction, size + 1), direction)
    if not direction.is_newer:
        return PageOfComments(found[:size], has_newer=place is not None, has_older=len(found) > size)
    if len(found) <= size:  # the first page, and it is full
        return await page_of_comments(session, survey_id, wanted, size)
    return PageOfComments(found[size - 1 :: -1], has_newer=True, has_older=True)


async def newest_comments(
    session: AsyncSession, wave_id: int, scores: Sequence[int], limit: int, since: datetime | None = None
) -> list[str]:
    """Return the newest comments of a wave with one of these scores, of answers first given at `since` or later."""
    question = select(col(Answer.comment)).where(
        col(Answer.wave_id) == wave_id, col(Answer.comment).is_not(None), col(Answer.score).in_(scores)
    )
    if since is not None:
        question = question.where(col(Answer.answered_at) >= since)
    found = (await session.connection()).execute(question.order_by(*_newest_first()).limit(limit))
    return [comment for comment in (await found).scalars() if comment]


async def drivers_ticked(session: AsyncSession, survey_id: int) -> list[str]:
    """Return the names of the drivers ticked in a survey, in their own order, cut to `DRIVER_KEY`.

    A frozen result names those of its wave, and an open wave those that it offers: no answer is read for that. The
    mentions of waves that an older release froze are.
    """
    question = (
        select(col(Wave.id), col(Wave.closed_at), col(Wave.drivers), col(Result.reasons))
        .outerjoin(Result, col(Result.wave_id) == col(Wave.id))
        .where(col(Wave.survey_id) == survey_id)
    )
    names, to_read = set[str](), list[int]()
    for wave in await (await session.connection()).execute(question):
        if wave.reasons is not None:
            names |= {driver for _, drivers, _ in wave.reasons for driver in drivers}
        elif wave.closed_at is None:
            names |= {one.key for one in wave.drivers or ONCE_OFFERED}
        else:
            to_read.append(wave.id)
    if to_read:
        names |= await _drivers_in(session, to_read)
    return sorted({name[:DRIVER_KEY] for name in names})[:MOST_DRIVERS]


async def _drivers_in(session: AsyncSession, wave_ids: Sequence[int]) -> set[str]:
    question = (
        select(col(Mention.driver))
        .join(Answer, col(Answer.id) == col(Mention.answer_id))
        .where(col(Answer.wave_id).in_(wave_ids))
        .distinct()
    )
    return set((await (await session.connection()).execute(question)).scalars())


@dataclass(frozen=True, slots=True)
class _Direction:
    """Where a page begins, at the newest without a place, and which way it goes from there."""

    place: tuple[datetime, int] | None
    is_newer: bool

    def beyond(self, said: type[Answer]) -> list[ColumnElement[bool]]:
        if self.place is None:
            return []
        key = tuple_(col(said.answered_at), col(said.id))
        return [key > tuple_(*self.place) if self.is_newer else key < tuple_(*self.place)]

    def order(self, said: type[Answer]) -> tuple[ColumnElement[Any], ...]:
        if self.is_newer:
            return col(said.answered_at).asc(), col(said.id).asc()
        return _newest_first(said)


def _newest_first(said: type[Answer] = Answer) -> tuple[ColumnElement[Any], ...]:
    return col(said.answered_at).desc(), col(said.id).desc()


async def _place(session: AsyncSession, survey_id: int, answer_id: int) -> tuple[datetime, int] | None:
    question = (
        select(col(Answer.answered_at), col(Answer.id))
        .join(Wave, col(Wave.id) == col(Answer.wave_id))
        .where(col(Answer.id) == answer_id, col(Wave.survey_id) == survey_id)
    )
    row = (await (await session.connection()).execute(question)).one_or_none()
    return None if row is None else (row[0], row[1])


async def _ids(
    session: AsyncSession, survey_id: int, wanted: CommentFilter, direction: _Direction, limit: int
) -> list[int]:
    """Return the next answers with such a comment, of all waves of a survey.

    So many answers lie in as many waves: in those of which the next comment comes first. Of each the next ones are read
    from the index, and merged.
    """
    connection = await session.connection()
    said = aliased(Answer)
    first = (
        select(col(said.id))
        .where(
            col(said.wave_id) == col(Wave.id),
            *_like(said, wanted),
            *direction.beyond(said),
        )
        .order_by(*direction.order(said))
        .limit(1)
        .correlate(Wave)
        .scalar_subquery()
    )
    waves = (
        select(col(Wave.id))
        .join(Answer, col(Answer.id) == first)
        .where(col(Wave.survey_id) == survey_id)
        .order_by(*direction.order(Answer))
        .limit(limit)
    )
    each = [
        select(col(Answer.id), col(Answer.answered_at))
        .where(
            col(Answer.wave_id) == wave,
            *_like(Answer, wanted),
            *direction.beyond(Answer),
        )
        .order_by(*direction.order(Answer))
        .limit(limit)
        .subquery()
        for wave in (await connection.execute(waves)).scalars()
    ]
    if not each:
        return []
    merged = union_all(*(select(one.c.id, one.c.answered_at) for one in each)).subquery()
    order = (merged.c.answered_at, merged.c.id)
    in_order = order if direction.is_newer else tuple(one.desc() for one in order)
    return list((await connection.execute(select(merged.c.id).order_by(*in_order).limit(limit))).scalars())


def _like(said: type[Answer], wanted: CommentFilter) -> list[ColumnElement[bool]]:
    """Say which comments are wanted."""
    conditions: list[ColumnElement[bool]] = [col(said.comment).is_not(None)]
    if wanted.scores is not None:
        conditions.append(col(said.score).in_(wanted.scores))
    if wanted.driver:
        is_it = func.substr(col(Mention.driver), 1, DRIVER_KEY) == wanted.driver
        conditions.append(exists().where(col(Mention.answer_id) == col(said.id), is_it))
    if wanted.text:
        conditions.append(_holds(said, wanted.text))
    return conditions


def _holds(said: type[Answer], text: str) -> ColumnElement[bool]:
    """Look for a text in any case. Every database knows the case of English letters: then each comment is read once.

    Of other letters SQLite, and PostgreSQL with the collation C, know no case: the usual forms are written out.
    """
    forms = [text] if text.isascii() else dict.fromkeys((text, text.lower(), text.upper(), text.capitalize()))
    return or_(*(col(said.comment).icontains(form, autoescape=True) for form in forms))


async def _read(session: AsyncSession, answer_ids: Sequence[int], direction: _Direction) -> list[Comment]:
    question = (
        select(
            col(Answer.id),
            col(Wave.number),
            col(Wave.label),
            col(Answer.score),
            col(Answer.comment),
            col(Answer.answered_at),
            col(Invitation.user_id),
        )
        .join_from(Answer, Wave, col(Answer.wave_id) == col(Wave.id))
        .outerjoin(Invitation, col(Invitation.id) == col(Answer.invitation_id))
        .where(col(Answer.id).in_(answer_ids))
        .order_by(*direction.order(Answer))
    )
    rows = (await (await session.connection()).execute(question)).all() if answer_ids else []
    drivers = await _drivers_of(session, [row.id for row in rows])
    return [
        Comment(
            answer_id=row.id,
            wave=row.label or row.number,
            score=row.score,
            comment=row.comment,
            drivers=tuple(drivers.get(row.id, ())),
            answered_at=row.answered_at,
            user_id=row.user_id,
        )
        for row in rows
    ]


async def _drivers_of(session: AsyncSession, answer_ids: Sequence[int]) -> dict[int, list[str]]:
    question = (
        select(col(Mention.answer_id), col(Mention.driver))
        .where(col(Mention.answer_id).in_(answer_ids))
        .order_by(col(Mention.driver))
    )
    found: dict[int, list[str]] = {}
    for answer_id, driver in await (await session.connection()).execute(question):
        found.setdefault(answer_id, []).append(driver)
    return found
