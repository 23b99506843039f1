"""Answers as they may leave the database: what was said, of which wave, and when; the person only when asked for."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, Select, case, func, literal, select
from sqlmodel import col
from sqlmodel import select as sqlmodel_select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.ballots.counting import page_of_scores
from storage.database.columns import UtcDateTime
from storage.database.text import UNIT_SEPARATOR
from storage.privacy.imported_names import is_nobodys
from storage.tables import Answer, Import, Invitation, Mention, Survey, Wave

PAGE = 1000
"""Answers held in memory at once."""

_DAY = timedelta(days=1)


class GivenAnswer(NamedTuple):
    """One answer; a hundred thousand are made at once.

    `wave` is the wave's number, or the label of an imported one; `day` and `at` are those where the survey lives. An
    imported answer without a date stands on the day of its import, without a moment.
    Of an anonymous wave there is a score and no more, on the day on which it closed. `person` is Slack's id, or how the imported file names them.
    """

    wave: int | str
    day: date
    score: int
    comment: str | None
    drivers: tuple[str, ...]
    at: datetime | None
    person: str | None


async def given_answers(session: AsyncSession, survey_id: int) -> AsyncIterator[list[GivenAnswer]]:
    """Read all answers of a survey page by page, in constant memory, by wave and then by day.

    Within a day they come in the order of what they say. So the order does not tell where somebody stands among those
    asked.
    """
    zone = await _zone(session, survey_id)
    span = sqlmodel_select(func.min(col(Answer.answered_at)), func.max(col(Answer.answered_at))).join_from(
        Wave, Answer, col(Answer.wave_id) == col(Wave.id)
    )
    found: tuple[datetime | None, datetime | None] = (
        await session.exec(span.where(Wave.survey_id == survey_id))
    ).one()
    first, last = found
    if first is None or last is None:
        return
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    day = _day_on_sqlite(zone, first, last) if is_sqlite else _day_on_postgresql(zone)
    question = _question(survey_id, day)
    answers = await (await session.connection()).stream(question.execution_options(yield_per=PAGE))
    async for page in answers.partitions():
        yield [_given(zone, *answer) for answer in page]


async def scores_of_ballots(
    session: AsyncSession, survey: Survey, wave: Wave
) -> AsyncIterator[list[GivenAnswer]]:
    """Read the scores of a closed anonymous wave page by page, in random order, with nothing beside them."""
    ends = wave.closed_at or wave.closes_at
    day, after = ends.astimezone(ZoneInfo(survey.time_zone)).date(), b""
    while page := await page_of_scores(session, wave.id, after, PAGE):
        after = page[-1][0]
        yield [GivenAnswer(wave.label or wave.number, day, score, None, (), None, None) for _, score in page]


async def _zone(session: AsyncSession, survey_id: int) -> ZoneInfo:
    name = await session.exec(sqlmodel_select(Survey.time_zone).where(Survey.id == survey_id))
    return ZoneInfo(name.one_or_none() or "UTC")


def _question(survey_id: int, day: ColumnElement[date]) -> Select[Any]:
    ticked = (
        select(func.aggregate_strings(col(Mention.driver), UNIT_SEPARATOR))
        .where(col(Mention.answer_id) == col(Answer.id))
        .scalar_subquery()
    )
    said = (col(Answer.score), col(Answer.comment), ticked)
    person = func.coalesce(col(Answer.person), col(Invitation.user_id))
    return (
        select(
            col(Wave.number),
            col(Wave.label),
            day,
            *said,
            col(Answer.answered_at),
            person,
            col(Import.imported_at),
        )
        .join_from(Wave, Answer, col(Answer.wave_id) == col(Wave.id))
        .outerjoin(Import, col(Import.id) == col(Answer.import_id))
        .outerjoin(Invitation, col(Invitation.id) == col(Answer.invitation_id))
        .where(col(Wave.survey_id) == survey_id)
        .order_by(col(Wave.opens_at), col(Wave.id), day, *said)
    )


def _day_on_postgresql(zone: ZoneInfo) -> ColumnElement[date]:
    return func.date(func.timezone(zone.key, col(Answer.answered_at)), type_=Date())


def _day_on_sqlite(zone: ZoneInfo, first: datetime, last: datetime) -> ColumnElement[date]:
    """Give the day in the zone; SQLite knows no zones, so each change of the clocks in the span is written out."""
    steps = [first]
    at = first
    while at < last:
        after = min(at + _DAY, last)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            steps.append(_change(zone, at, after))
        at = after
    whens = [
        (col(Answer.answered_at) >= literal(step, UtcDateTime), _shifted(zone, step)) for step in steps[:0:-1]
    ]
    day = _shifted(zone, first)
    return case(*whens, else_=day) if whens else day


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Find, to the second, when the zone's distance from UTC changes between two moments."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def _shifted(zone: ZoneInfo, at: datetime) -> ColumnElement[date]:
    offset = at.astimezone(zone).utcoffset() or timedelta()
    # SQLite would round the last half of a millisecond up, into the next day.
    whole_second = func.substr(col(Answer.answered_at), 1, len("2024-10-14 09:10:05"))
    return func.date(whole_second, f"{offset.total_seconds():+.0f} seconds", type_=Date())


def _given(  # noqa: PLR0913, PLR0917 - the columns of one row
    zone: ZoneInfo,
    number: int,
    label: str | None,
    day: date,
    score: int,
    comment: str | None,
    ticked: str | None,
    at: datetime,
    person: str | None,
    imported_at: datetime | None,
) -> GivenAnswer:
    drivers = tuple(sorted(ticked.split(UNIT_SEPARATOR))) if ticked else ()
    local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone)
    is_dated = label is None or (at != imported_at and not is_nobodys(at))
    return GivenAnswer(label or number, day, score, comment, drivers, local if is_dated else None, person)
