"""What people wrote, read page by page for a manager: newest first, of one survey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, tuple_, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, Invitation, Mention, Survey, Wave
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


class Page(NamedTuple):
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
) -> Page:
    """Read the comments older than the answer `beside`, or newer; the newest of all where it is None or gone."""
    place = None if beside is None else await _place(session, survey_id, beside)
    if place is None:
        found = await _read(session, _question(survey_id, wanted).order_by(*_newest_first()), size + 1)
        return Page(found[:size], has_newer=False, has_older=len(found) > size)
    if not is_newer:
        older = _question(survey_id, wanted).where(_key() < tuple_(*place)).order_by(*_newest_first())
        found = await _read(session, older, size + 1)
        return Page(found[:size], has_newer=True, has_older=len(found) > size)
    newer = _question(survey_id, wanted).where(_key() > tuple_(*place))
    found = await _read(session, newer.order_by(col(Answer.answered_at), col(Answer.id)), size + 1)
    if len(found) <= size:  # the first page, and it is full
        return await page_of_comments(session, survey_id, wanted, size)
    return Page(found[size - 1 :: -1], has_newer=True, has_older=True)


async def drivers_ticked(session: AsyncSession, survey_id: int) -> list[str]:
    """Return the names of the drivers ticked in a survey, in their own order, cut to `DRIVER_KEY`."""
    name = func.substr(col(Mention.driver), 1, DRIVER_KEY)
    question = (
        select(name)
        .join_from(Wave, Answer, col(Answer.wave_id) == col(Wave.id))
        .join(Mention, col(Mention.answer_id) == col(Answer.id))
        .where(col(Wave.survey_id) == survey_id)
        .distinct()
        .order_by(name)
        .limit(MOST_DRIVERS)
    )
    return list((await (await session.connection()).execute(question)).scalars())


def _key() -> ColumnElement[Any]:
    return tuple_(col(Answer.answered_at), col(Answer.id))


def _newest_first() -> tuple[ColumnElement[Any], ...]:
    return col(Answer.answered_at).desc(), col(Answer.id).desc()


async def _place(session: AsyncSession, survey_id: int, answer_id: int) -> tuple[datetime, int] | None:
    question = (
        select(col(Answer.answered_at), col(Answer.id))
        .join(Wave, col(Wave.id) == col(Answer.wave_id))
        .where(col(Answer.id) == answer_id, col(Wave.survey_id) == survey_id)
    )
    row = (await (await session.connection()).execute(question)).one_or_none()
    return None if row is None else (row[0], row[1])


def _question(survey_id: int, wanted: CommentFilter) -> Select[*tuple[Any, ...]]:
    question: Select[*tuple[Any, ...]] = (
        select(
            col(Answer.id),
            col(Wave.number),
            col(Wave.label),
            col(Answer.score),
            col(Answer.comment),
            col(Answer.answered_at),
            col(Invitation.user_id),
        )
        .join_from(Wave, Answer, col(Answer.wave_id) == col(Wave.id))
        .outerjoin(Invitation, col(Invitation.id) == col(Answer.invitation_id))
        .where(col(Wave.survey_id) == survey_id, col(Answer.comment).is_not(None))
    )
    if wanted.scores is not None:
        question = question.where(col(Answer.score).in_(wanted.scores))
    if wanted.driver:
        is_it = func.substr(col(Mention.driver), 1, DRIVER_KEY) == wanted.driver
        question = question.where(exists().where(col(Mention.answer_id) == col(Answer.id), is_it))
    if wanted.text:
        question = question.where(_holds(wanted.text))
    return question


def _holds(text: str) -> ColumnElement[bool]:
    """Look for a text in any case. SQLite knows the case of English letters alone: the usual ones are written out."""
    forms = dict.fromkeys((text, text.lower(), text.upper(), text.capitalize()))
    return or_(*(col(Answer.comment).icontains(form, autoescape=True) for form in forms))


async def _read(session: AsyncSession, question: Select[*tuple[Any, ...]], limit: int) -> list[Comment]:
    rows = (await (await session.connection()).execute(question.limit(limit))).all()
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
