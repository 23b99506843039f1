"""Answers that an import changes, since a later export says more of them; and imports that are taken back."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.importing.imported_answers import ImportedAnswers
from storage.importing.known import is_same
from storage.privacy.emptied import note_emptied
from storage.privacy.imported_names import is_nobodys
from storage.tables import Answer, Import, ImportChange, Mention, Property, Survey, Wave

_AT_ONCE = 5_000


class Changes(NamedTuple):
    """How many answers were `updated`, in which waves."""

    updated: int
    waves: frozenset[int]


class SamePersonAgain(Exception):  # noqa: N818 - it tells what the ids are
    """A row's id has come before with another day: it is a person's."""


class _Said(NamedTuple):
    score: int
    comment: str | None
    drivers: set[str]
    moment: str | None


class _Stands(NamedTuple):
    """An answer as it stands: of a million, objects would take three times as long and stay in memory."""

    id: int
    workspace_id: str
    wave_id: int
    import_key: bytes
    score: int
    comment: str | None
    answered_at: datetime
    changed_at: datetime
    imported_at: datetime | None


_STANDS = select_columns(
    *(getattr(Answer, name) for name in _Stands._fields if name != "imported_at"), col(Import.imported_at)
).join_from(Answer, Import, col(Import.id) == Answer.import_id, isouter=True)


async def update_known(
    session: AsyncSession, brought: Import, answers: Sequence[ImportedAnswers], now: datetime
) -> Changes:
    """Let what a row says now stand in place of what it said before; what it said is kept with the import.

    What was erased stays so.
    """
    said: dict[bytes, _Said] = {}
    for some in answers:
        for place, key in enumerate(some.keys):
            said[key] = _Said(
                some.scores[place], some.comments[place], set(some.drivers[place]), some.moments[place]
            )
    updated, waves = 0, set[int]()
    keys = list(said)
    for start in range(0, len(keys), _AT_ONCE):
        known = col(Answer.import_key).in_(keys[start : start + _AT_ONCE])
        question = _STANDS.where(known, col(Answer.import_id).is_distinct_from(brought.id))
        found = [_Stands._make(row) for row in await (await session.connection()).execute(question)]
        ticked = await _ticked(session, [answer.id for answer in found])
        for answer in found:
            if is_nobodys(answer.answered_at):
                continue
            one = said[answer.import_key]
            if one.moment and not is_same(one.moment, answer.answered_at) and _dated(answer):
                raise SamePersonAgain
            before = ticked.get(answer.id, set())
            if _differs(answer, one, before):
                await _change(session, brought, answer, one, before, now)
                updated += 1
                waves.add(answer.wave_id)
    gc.collect()  # statements of thousands of values refer to themselves, and a command collects nothing by itself
    return Changes(updated, frozenset(waves))


def _dated(answer: _Stands) -> bool:
    """Whether the answer's moment is its own: one without a date has that of its import."""
    return answer.answered_at != answer.imported_at


def _differs(answer: _Stands, now: _Said, ticked: set[str]) -> bool:
    """Whether the row says more or other than the answer; a comment or reason that is gone stays."""
    comment = now.comment is not None and _squeezed(now.comment) != _squeezed(answer.comment)
    return answer.score != now.score or comment or bool(now.drivers and now.drivers != ticked)


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


async def _change(  # noqa: PLR0913, PLR0917 - both states of one answer
    session: AsyncSession, brought: Import, answer: _Stands, now_said: _Said, ticked: set[str], now: datetime
) -> None:
    session.add(
        ImportChange(
            import_id=brought.id,
            answer_id=answer.id,
            workspace_id=answer.workspace_id,
            score=answer.score,
            comment=answer.comment,
            drivers=sorted(ticked),
            changed_at=answer.changed_at,
        )
    )
    await session.flush()
    comment = answer.comment if now_said.comment is None else now_said.comment
    changed = update(Answer).where(col(Answer.id) == answer.id)
    await session.exec(changed.values(score=now_said.score, comment=comment, changed_at=now))
    if now_said.drivers and now_said.drivers != ticked:
        await _tick(session, answer, now_said.drivers)


async def _tick(session: AsyncSession, answer: Answer | _Stands, drivers: Iterable[str]) -> None:
    await session.exec(delete(Mention).where(col(Mention.answer_id) == answer.id))
    session.add_all(
        Mention(answer_id=answer.id, driver=driver, workspace_id=answer.workspace_id)
        for driver in sorted(drivers)
    )
    await session.flush()


async def _ticked(session: AsyncSession, ids: Sequence[int]) -> dict[int, set[str]]:
    found = defaultdict[int, set[str]](set)
    question = select(Mention.answer_id, Mention.driver).where(col(Mention.answer_id).in_(ids))
    for answer_id, driver in await session.exec(question):
        found[answer_id].add(driver)
    return found


async def imports_of(session: AsyncSession, survey_id: int | None = None) -> Sequence[tuple[Import, str]]:
    """Return the imports that were not taken back, the newest first, each with its survey's name."""
    question = (
        select(Import, Survey.name)
        .join_from(Import, Survey, col(Import.survey_id) == col(Survey.id))
        .where(col(Import.undone_at).is_(None))
        .order_by(col(Import.id).desc())
    )
    if survey_id is not None:
        question = question.where(Import.survey_id == survey_id)
    return (await session.exec(question)).all()


async def changed_later(session: AsyncSession, import_id: int) -> int:
    """Return how many answers that the import brought or changed a later import has changed again."""
    own = select(ImportChange.answer_id).where(ImportChange.import_id == import_id)
    later = (
        select(func.count())
        .select_from(ImportChange)
        .join(Answer, col(Answer.id) == col(ImportChange.answer_id))
        .where(
            col(ImportChange.import_id) > import_id,
            (col(Answer.import_id) == import_id) | col(ImportChange.answer_id).in_(own),
        )
    )
    return (await session.exec(later)).one()


async def take_back(session: AsyncSession, brought: Import, now: datetime) -> Sequence[Wave]:
    """Delete what the import added and restore what it changed; return the waves, so that their results can be frozen again."""
    of_import = col(Answer.import_id) == brought.id
    changes = (await session.exec(select(ImportChange).where(ImportChange.import_id == brought.id))).all()
    touched = set(await session.exec(select(Answer.wave_id).where(of_import).distinct()))
    for change in changes:
        answer = await session.get_one(Answer, change.answer_id)
        touched.add(answer.wave_id)
        restored = update(Answer).where(col(Answer.id) == answer.id)
        said = {"score": change.score, "comment": change.comment, "changed_at": change.changed_at}
        await session.exec(restored.values(**said))
        await _tick(session, answer, change.drivers)
    await session.exec(delete(ImportChange).where(col(ImportChange.import_id) == brought.id))
    added = select(Answer.id).where(of_import)
    for model in (Mention, Property):
        await session.exec(delete(model).where(col(model.answer_id).in_(added)))
    await session.exec(delete(Answer).where(of_import))
    await note_emptied(session, brought.workspace_id, now)
    brought.undone_at = now
    session.add(brought)
    await session.flush()
    return (await session.exec(select(Wave).where(col(Wave.id).in_(touched)))).all()
