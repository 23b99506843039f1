"""Answers come from another service's export into closed waves of a survey: all of them, or none."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.flows.import_problems import BadRows, NoDates, NothingToImport, WaveWasAsked, WhichWorkspace
from bot.flows.imported import FilledWave, Imported, Wanted
from bot.flows.row_keys import RowKeys
from bot.importing.export import Export
from bot.importing.rows import BadRow, ImportedRow, LeftOut, Row
from bot.rules.periods import Period, label_of
from scoring.nps import Tally
from storage import imports, people, surveys
from storage.engine import Database
from storage.imports import IMPORTED_BY, ImportedAnswer
from storage.tables import Kind, Survey, Wave

BATCH = 50_000
"""Rows held in memory at once."""

BAD_ROWS_TOLD = 10

_WAVE_DAYS = 14


class _Batch(NamedTuple):
    """What was read up to a line: the answers that count, by the label of their wave."""

    line: int
    answers: dict[str, list[ImportedAnswer]]


@dataclass
class _Filling:
    """A wave while answers go into it, and the span of those that have a date."""

    wave: Wave
    is_new: bool
    began: datetime | None = None
    ended: datetime | None = None

    def reach(self, moments: Sequence[datetime]) -> None:
        if moments:
            began, ended = min(moments), max(moments)
            self.began = min(self.began or began, began)
            self.ended = max(self.ended or ended, ended)

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        """Give when its first and its last answer came; now, where no answer says when."""
        spans = [] if self.is_new else [(self.wave.opens_at, self.wave.closes_at)]
        if self.began and self.ended:
            spans.append((self.began, self.ended))
        return (min(one for one, _ in spans), max(one for _, one in spans)) if spans else (now, now)


async def import_answers(
    database: Database, export: Export, wanted: Wanted, now: datetime, progress: Callable[[int], object]
) -> Imported:
    """Import a whole export in one transaction. `progress` hears which line was reached. Raises ImportProblem."""
    if wanted.label is None and wanted.by is not Period.ALL and export.plan.moment is None:
        raise NoDates(wanted.by)
    async with database.writing() as session:
        survey, is_new = await _survey(session, wanted, now)
        await imports.prepare_for_many(session)
        done, waves = Imported(survey.name, is_new), dict[str, _Filling]()
        with RowKeys(survey.id, export.recognised.format) as keys:
            read = partial(_read, export.rows(), wanted, keys, done, now)
            batch = await asyncio.to_thread(read)
            while batch:
                # One thread reads on while the database takes what was read.
                reading = asyncio.create_task(asyncio.to_thread(read))
                try:
                    for label, answers in batch.answers.items():
                        if label not in waves:
                            waves[label] = _Filling(*await imports.imported_wave(session, survey, label, now))
                        # Where a row says no date, its answer carries `now` itself.
                        waves[label].reach([one.answered_at for one in answers if one.answered_at is not now])
                        done.added += await imports.add_answers(session, waves[label].wave, answers)
                finally:
                    await asyncio.wait([reading])
                progress(batch.line)
                batch = reading.result()
        if done.bad_rows and not wanted.skip_bad:
            raise BadRows(done.bad, done.bad_rows)
        if not done.scores:
            raise NothingToImport
        done.waves = await _freeze(session, waves, now)
        if wanted.dry_run:
            await session.rollback()
    return done


def _read(rows: Iterator[Row], wanted: Wanted, keys: RowKeys, done: Imported, now: datetime) -> _Batch | None:
    """Read and count the next rows; None at the end. Once a bad row has come that may not, no answer is given."""
    batch = list(islice(rows, BATCH))
    if not batch:
        return None
    found = defaultdict[str, list[ImportedAnswer]](list)
    for row in batch:
        if isinstance(row, ImportedRow):
            score, at = row.score, row.answered_at
            if score is None:
                done.no_score += 1
            elif label := wanted.label or label_of(wanted.by, at):
                done.scores[score] += 1
                found[label].append(ImportedAnswer(keys.of(row), score, row.comment, row.drivers, at or now))
            else:
                _note(done, BadRow(row.line, None, f"there is no date, which --by {wanted.by} needs."))
        elif isinstance(row, LeftOut):
            done.left_out[row.why] += 1
        else:
            _note(done, row)
    done.rows += len(batch)
    return _Batch(batch[-1].line, found if wanted.skip_bad or not done.bad_rows else {})


def _note(done: Imported, bad: BadRow) -> None:
    done.bad_rows += 1
    if len(done.bad) < BAD_ROWS_TOLD:
        done.bad.append(bad)


async def _survey(session: AsyncSession, wanted: Wanted, now: datetime) -> tuple[Survey, bool]:
    """Find the survey by its name, or make it: of customers, with nobody to ask and no digest."""
    key = surveys.survey_key(wanted.survey)
    found = [one for one in await surveys.every_survey(session) if one.key == key]
    home = await people.home_workspace(session)
    if len(found) > 1 or (home is None and not found):
        raise WhichWorkspace(wanted.survey)
    if found:
        await imports.lock_survey(session, found[0].id)
        for number in await imports.asked_numbers(session, found[0].id):
            if wanted.label and wanted.label.casefold() in {str(number), f"wave {number}"}:
                raise WaveWasAsked(number, found[0].name)
        return found[0], False
    assert home is not None  # noqa: S101 - refused above
    made = Survey(
        workspace_id=home,
        name=wanted.survey,
        subject=" ".join(wanted.survey.split()),
        kind=Kind.CUSTOMERS,
        audience={"channels": [], "people": []},
        wave_days=_WAVE_DAYS,
        digest_channel="",
        digest_weekday=0,
        digest_hour=9,
        time_zone="UTC",
        created_by=IMPORTED_BY,
        created_at=now,
        starts_at=now,
    )
    return await surveys.add_survey(session, made), True


async def _freeze(session: AsyncSession, waves: dict[str, _Filling], now: datetime) -> list[FilledWave]:
    """Freeze what was filled, and give it in the order of time."""
    filled = []
    for label, filling in waves.items():
        began, ended = filling.span(now)
        result = await imports.freeze(session, filling.wave, began, ended, now)
        if result:
            tally = Tally(result.promoters, result.passives, result.detractors)
            filled.append(FilledWave(label, began, ended, tally))
    return sorted(filled, key=lambda one: (one.ended, one.label))
