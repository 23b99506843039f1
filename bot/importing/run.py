"""Answers come from another service's export into closed waves of a survey: all of them, or none."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.importing.batches import BAD_ROWS_TOLD, Batch
from bot.importing.foreign_file import Export
from bot.importing.outcome import FilledWave, Imported, Wanted
from bot.importing.periods import Period
from bot.importing.problems import BadRows, NoDates, NothingToImport, WaveWasAsked, WhichWorkspace
from bot.importing.reading_apart import reading
from scoring.nps import Tally
from storage import importing, people, surveys
from storage.audience import Audience
from storage.engine import Database
from storage.imported_answers import ImportedAnswers
from storage.importing import IMPORTED_BY, Counted, Stored
from storage.tables import Survey, Wave
from storage.words import Kind

_WAVE_DAYS = 14


@dataclass
class _Filling:
    """A wave while answers go into it: the span of those that have a date, and what all say while none was there before."""

    wave: Wave
    is_new: bool
    began: str = ""
    ended: str = ""
    counted: Counted | None = None

    def __post_init__(self) -> None:
        if self.is_new:
            self.counted = Counted(Counter(), 0)

    def take(self, answers: ImportedAnswers, *, all_added: bool) -> None:
        """Take in what was stored."""
        if self.counted and all_added:
            comments = len(answers.comments) - answers.comments.count(None)
            self.counted = Counted(
                self.counted.scores + Counter(answers.scores), self.counted.comments + comments
            )
        else:
            self.counted = None
        # As texts, moments come in the order of time all the same.
        if moments := list(filter(None, answers.moments)):
            began, ended = min(moments), max(moments)
            self.began = min(self.began or began, began)
            self.ended = max(self.ended, ended)

    def span(self, now: datetime) -> tuple[datetime, datetime]:
        """Give when its first and its last answer came; now, where no answer says when."""
        spans = [] if self.is_new else [(self.wave.opens_at, self.wave.closes_at)]
        if self.began:
            spans.append((_utc(self.began), _utc(self.ended)))
        return (min(one for one, _ in spans), max(one for _, one in spans)) if spans else (now, now)


async def import_answers(
    database: Database, export: Export, wanted: Wanted, now: datetime, progress: Callable[[int], object]
) -> Imported:
    """Import a whole export in one transaction. `progress` hears which line was reached. Raises ImportProblem."""
    if wanted.label is None and wanted.by is not Period.ALL and export.layout.moment is None:
        raise NoDates(wanted.by)
    async with database.writing() as session:
        survey, is_new = await _survey(session, wanted, now)
        await importing.prepare_for_many(session)
        done, waves = Imported(survey.name, is_new), dict[str, _Filling]()
        with reading(export, wanted, survey.id) as read:
            batch = await asyncio.to_thread(read)
            while batch:
                # The next rows are read while the database takes these.
                following = asyncio.create_task(asyncio.to_thread(read))
                try:
                    _note(done, batch)
                    if wanted.skip_bad or not done.bad_rows:
                        stored = await _store(session, survey, batch, waves, now)
                        done.added += stored.added
                        done.scores += stored.scores
                finally:
                    await asyncio.wait([following])
                progress(batch.line)
                batch = following.result()
        if done.bad_rows and not wanted.skip_bad:
            raise BadRows(done.bad, done.bad_rows)
        if not done.scores:
            raise NothingToImport
        done.waves = await _freeze(session, waves, now)
        if wanted.dry_run:
            await session.rollback()
    return done


def _note(done: Imported, batch: Batch) -> None:
    done.rows += batch.rows
    done.no_score += batch.no_score
    done.left_out += batch.left_out
    done.bad = (done.bad + batch.bad)[:BAD_ROWS_TOLD]
    done.bad_rows += batch.bad_rows


async def _store(
    session: AsyncSession, survey: Survey, batch: Batch, waves: dict[str, _Filling], now: datetime
) -> Stored:
    for label in batch.answers:
        if label not in waves:
            waves[label] = _Filling(*await importing.imported_wave(session, survey, label, now))
    by_wave = {waves[label].wave.id: answers for label, answers in batch.answers.items()}
    stored = await importing.add_answers(session, survey, by_wave, now)
    all_added = stored.added == sum(len(answers.keys) for answers in by_wave.values())
    for label, answers in batch.answers.items():
        waves[label].take(answers, all_added=all_added)
    return stored


async def _survey(session: AsyncSession, wanted: Wanted, now: datetime) -> tuple[Survey, bool]:
    """Find the survey by its name, or make it: of customers, with nobody to ask and no digest."""
    key = surveys.survey_key(wanted.survey)
    found = [one for one in await surveys.every_survey(session) if one.key == key]
    home = await people.home_workspace(session)
    if len(found) > 1 or (home is None and not found):
        raise WhichWorkspace(wanted.survey)
    if found:
        await importing.lock_survey(session, found[0].id)
        for number in await importing.asked_numbers(session, found[0].id):
            if wanted.label and wanted.label.casefold() in {str(number), f"wave {number}"}:
                raise WaveWasAsked(number, found[0].name)
        return found[0], False
    assert home is not None  # noqa: S101 - refused above
    made = Survey(
        workspace_id=home,
        name=wanted.survey,
        subject=" ".join(wanted.survey.split()),
        kind=Kind.CUSTOMERS,
        audience=Audience(),
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
        began, ended = span = filling.span(now)
        result = await importing.freeze(session, filling.wave, span, filling.counted, now)
        if result:
            tally = Tally(result.promoters, result.passives, result.detractors)
            filled.append(FilledWave(label, began, ended, tally))
    return sorted(filled, key=lambda one: (one.ended, one.label))


def _utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)
