"""Answers carried over from another service: closed waves of their own, all within the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Insert, String, bindparam, delete, func, update
from sqlalchemy import insert as insert_into
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, Mention, Result, Survey, Wave
from storage.upsert import insert_absent, table_of
from storage.waves import count

IMPORTED_BY = "import"
"""Who made an imported survey or wave, where people's ids stand otherwise."""


class ImportedAnswer(NamedTuple):
    """One answer that belongs to nobody. `import_key` is the same whenever the same row comes; a million are made."""

    wave_id: int
    import_key: bytes
    score: int
    comment: str | None
    drivers: tuple[str, ...]
    answered_at: datetime


# What was ticked in a row that stood there already finds no answer of this id.
_MENTION: Insert = insert_into(table_of(Mention)).from_select(
    ["answer_id", "driver", "workspace_id"],
    select_columns(
        table_of(Answer).c.id, bindparam("driver", type_=String), bindparam("workspace_id", type_=String)
    ).where(table_of(Answer).c.id == bindparam("answer_id")),
)


async def lock_survey(session: AsyncSession, survey_id: int) -> None:
    """Let two imports into one survey take turns; on SQLite they do so anyway."""
    await session.exec(select(Survey.id).where(Survey.id == survey_id).with_for_update())


async def asked_numbers(session: AsyncSession, survey_id: int) -> set[int]:
    """Return the numbers of the survey's waves that were asked in Slack."""
    asked = select(Wave.number).where(Wave.survey_id == survey_id, col(Wave.label).is_(None))
    return set(await session.exec(asked))


async def imported_wave(session: AsyncSession, survey: Survey, label: str, at: datetime) -> tuple[Wave, bool]:
    """Return the survey's imported wave of this label, and whether it is new: it began and ended at `at` then."""
    question = select(Wave).where(Wave.survey_id == survey.id, Wave.label == label)
    if known := (await session.exec(question)).one_or_none():
        return known, False
    lowest = (await session.exec(select(func.min(Wave.number)).where(Wave.survey_id == survey.id))).one()
    made = Wave(
        workspace_id=survey.workspace_id,
        survey_id=survey.id,
        number=min(lowest or 1, 1) - 1,
        label=label,
        opened_by=IMPORTED_BY,
        opens_at=at,
        closes_at=at,
        closed_at=at,
    )
    session.add(made)
    await session.flush()
    return made, True


async def add_answers(session: AsyncSession, workspace_id: str, answers: Sequence[ImportedAnswer]) -> int:
    """Store those answers whose rows have not come before, and return how many those were."""
    ids = await _fresh_ids(session, len(answers))
    rows, ticked = [], []
    for answer_id, answer in zip(ids, answers, strict=True):
        rows.append(
            {
                "id": answer_id,
                "import_key": answer.import_key,
                "workspace_id": workspace_id,
                "wave_id": answer.wave_id,
                "score": answer.score,
                "comment": answer.comment,
                "answered_at": answer.answered_at,
                "changed_at": answer.answered_at,
            }
        )
        ticked += [
            {"answer_id": answer_id, "driver": driver, "workspace_id": workspace_id}
            for driver in answer.drivers
        ]
    added = await insert_absent(session, Answer, rows)
    if ticked:
        await session.exec(_MENTION, params=ticked)
    return added


async def freeze(
    session: AsyncSession, wave: Wave, began: datetime, ended: datetime, now: datetime
) -> Result | None:
    """Freeze an imported wave with what has come into it; take it away, and return None, when that is nothing."""
    await session.exec(delete(Result).where(col(Result.wave_id) == wave.id))
    frozen = await count(session, wave, None, now)
    if not frozen.promoters + frozen.passives + frozen.detractors:
        await session.exec(delete(Wave).where(col(Wave.id) == wave.id))
        return None
    stretched = update(Wave).where(col(Wave.id) == wave.id)
    await session.exec(stretched.values(opens_at=began, closes_at=ended, closed_at=ended))
    session.add(frozen)
    await session.flush()
    return frozen


async def _fresh_ids(session: AsyncSession, many: int) -> Iterable[int]:
    """Give ids that no answer has, so that what was ticked can name its answer without asking for each."""
    if session.get_bind().dialect.name == "sqlite":
        highest = (await session.exec(select(func.max(Answer.id)))).one() or 0
        return range(highest + 1, highest + 1 + many)
    ids = func.nextval(func.pg_get_serial_sequence(Answer.__tablename__, "id"))
    return (await session.exec(select(ids).select_from(func.generate_series(1, many)))).all()
