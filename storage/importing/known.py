"""What stands in a survey already of the rows that an import brings."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.importing.imported_answers import ImportedAnswers
from storage.importing.in_bulk import PARAMETERS
from storage.tables import Answer, Survey, Wave

SAME_ANSWER = timedelta(hours=36)
"""The same answer's moment differs by less, whatever zone the file was read in."""

_BETWEEN = b"\0"


async def keys(session: AsyncSession, some: Sequence[bytes]) -> list[bytes]:
    """Return those of the keys, which are few, that answers have."""
    found = await session.exec(select(Answer.import_key).where(col(Answer.import_key).in_(some)))
    return [key for key in found if key]


async def persons(session: AsyncSession, survey: Survey, names: Sequence[str]) -> int:
    """Return how many of the names, which are few, stand beside imported answers of the survey."""
    question = (
        select(func.count(func.distinct(Answer.person)))
        .join_from(Answer, Wave, col(Wave.id) == col(Answer.wave_id))
        .where(
            Answer.workspace_id == survey.workspace_id,
            col(Answer.person).in_(names),
            Wave.survey_id == survey.id,
            col(Answer.import_key).is_not(None),
        )
    )
    return (await session.exec(question)).one()


async def by_old_keys(
    session: AsyncSession, answers: ImportedAnswers, within: timedelta | None = None
) -> dict[bytes, int]:
    """Return the keys of those answers that stand there under another key, with their scores.

    Their moments differ by less than `within`: several rows may have had that key. What stands under the key that
    another row has now is that row's, unless it is found under its own old one.
    """
    by_old = defaultdict[bytes, list[tuple[bytes, str | None]]](list)
    for old, key, moment in zip(answers.old_keys, answers.keys, answers.moments, strict=True):
        if old and old != key:
            by_old[old].append((key, moment))
    stored: dict[bytes, tuple[int, datetime]] = {}
    old_keys = list(by_old)
    columns = select(Answer.import_key, Answer.score, Answer.answered_at)
    for start in range(0, len(old_keys), PARAMETERS):
        some = col(Answer.import_key).in_(old_keys[start : start + PARAMETERS])
        stored |= {old or b"": (score, at) for old, score, at in await session.exec(columns.where(some))}
    old_of = dict(zip(answers.keys, answers.old_keys, strict=True))
    return {
        key: score
        for old, (score, at) in stored.items()
        if old not in old_of or old_of[old] in stored
        for key, moment in by_old[old]
        if within is None or (moment and is_same(moment, at, within))
    }


async def renew_keys(session: AsyncSession, answers: ImportedAnswers) -> None:
    """Let answers that stand there under old keys have the new ones, so that what comes later can change them."""
    key_of = {old: key for old, key in zip(answers.old_keys, answers.keys, strict=True) if old and old != key}
    old_keys = await _all(session, list(key_of))
    taken = set(await _all(session, [key_of[old] for old in old_keys])).difference(old_keys)
    renewed = [(old, key_of[old]) for old in old_keys if key_of[old] not in taken]
    # A new key may be an old one of another row: all old ones are given up first.
    for steps in (
        [(old, _BETWEEN + new) for old, new in renewed],
        [(_BETWEEN + new, new) for _, new in renewed],
    ):
        if steps:
            renewing = update(Answer).where(col(Answer.import_key) == bindparam("old"))
            await (await session.connection()).execute(
                renewing.values(import_key=bindparam("new")), [{"old": old, "new": new} for old, new in steps]
            )


async def _all(session: AsyncSession, some: Sequence[bytes]) -> list[bytes]:
    parts = range(0, len(some), PARAMETERS)
    return [key for start in parts for key in await keys(session, some[start : start + PARAMETERS])]


def is_same(moment: str, at: datetime, within: timedelta = SAME_ANSWER) -> bool:
    """Whether a moment, as it is stored, may be that of the same answer."""
    return abs(datetime.fromisoformat(moment).replace(tzinfo=UTC) - at) <= within
