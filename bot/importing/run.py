"""Answers come from another service's export into closed waves of a survey: all of them, or none."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.importing.as_known import as_known
from bot.importing.batches import BAD_ROWS_TOLD, Batch
from bot.importing.columns.other_scales import refuse_scale_of
from bot.importing.errors import IdsRepeat, IdsRounded, NotAnId
from bot.importing.foreign_file import Export, export_of
from bot.importing.options import Format
from bot.importing.outcome import FilledWave, Imported, Wanted
from bot.importing.own_answers import OwnAnswers
from bot.importing.periods import Period
from bot.importing.problems import (
    BadRows,
    NoDates,
    NothingToImport,
    SurveyIsAnonymous,
    WaveWasAsked,
    WhichWorkspace,
)
from bot.importing.reading_apart import reading
from bot.importing.rows.keys import Before
from scoring.nps import Tally
from storage import surveys
from storage.audience import Audience
from storage.database.engine import Database
from storage.importing import known, storing
from storage.importing.changes import SamePersonAgain
from storage.importing.imported_answers import ImportedAnswers
from storage.importing.in_bulk import taking_many
from storage.importing.linking import link_people
from storage.importing.storing import IMPORTED_BY, Counted
from storage.kit import people
from storage.surveys import drivers
from storage.tables import Import, Survey, Wave
from storage.words import Kind

_WAVE_DAYS = 14
_WITHIN = {Before.IDS: known.SAME_ANSWER, Before.CLOCKS: timedelta(minutes=1)}


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
            self.counted = Counted(Counter(), 0, Counter())

    def take(self, answers: ImportedAnswers, *, all_added: bool) -> None:
        """Take in what was stored."""
        self.counted = self.counted.with_answers(answers) if self.counted and all_added else None
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
    """Import a whole export in one transaction. `progress` hears which line was reached. Raises ImportProblem.

    Where it shows half way that the ids are those of persons, the file is read again from its beginning; so it is where
    an earlier release stored them under days that a spreadsheet had swapped.
    """
    if wanted.label is None and wanted.by is not Period.ALL and export.layout.moment is None:
        raise NoDates(wanted.by)
    try:
        return await _import(database, export, wanted, now, progress)
    except (IdsRepeat, SamePersonAgain) as problem:
        column = export.recognised.columns.row_id
        if export.options.ids_repeat or column is None:
            raise
        if export.options.days_swapped and isinstance(problem, SamePersonAgain):
            as_it_stands = export_of(export.source, replace(export.options, days_swapped=False))
            with suppress(SamePersonAgain):
                return await _import(database, as_it_stands, wanted, now, progress)
        if export.options.id_column:
            raise NotAnId(column.name) from None
        again = export_of(export.source, replace(export.options, ids_repeat=True))
        return await _import(database, again, wanted, now, progress)


async def zone_of_survey(database: Database, name: str) -> str | None:
    """Return where the survey of this name lives; None when it is not there yet, or in several workspaces."""
    key = surveys.survey_key(name)
    async with database.reading() as session:
        found = [one for one in await surveys.every_survey(session) if one.key == key]
    return found[0].time_zone if len(found) == 1 else None


async def _import(
    database: Database, export: Export, wanted: Wanted, now: datetime, progress: Callable[[int], object]
) -> Imported:
    async with database.trusting() as session:
        survey, is_new = await _survey(session, wanted, now)
        await _refuse_rounded_ids(session, export, survey)
        wanted = replace(wanted, drivers=await _own_drivers(session, survey))
        wanted = wanted if is_new else await as_known(session, export, survey, wanted)
        brought = Import(
            workspace_id=survey.workspace_id, survey_id=survey.id, file_name=wanted.file_name, imported_at=now
        )
        session.add(brought)
        await session.flush()
        done = Imported(survey.name, is_new, import_id=brought.id)
        done.ids_repeat, done.days_swapped = export.options.ids_repeat, bool(export.options.days_swapped)
        filling = _Fillings(session, survey, brought, now, wanted.before)
        with OwnAnswers(export) as own, reading(export, wanted, survey.id) as read:
            await own.look(session, survey)
            batch = await asyncio.to_thread(read)
            async with taking_many(session, export.lines):
                while batch:
                    # The next rows are read while the database takes these.
                    following = asyncio.create_task(asyncio.to_thread(read))
                    try:
                        _note(done, batch)
                        if wanted.skip_bad or not done.bad_rows:
                            await filling.store(own.without_known(batch, done), done)
                    finally:
                        await asyncio.wait([following])
                    progress(batch.line)
                    batch = following.result()
        if done.bad_rows and not wanted.skip_bad:
            raise BadRows(done.bad, done.bad_rows)
        if not done.scores:
            raise NothingToImport
        if not export.options.any_scale and export.recognised.format is not Format.NPS_BOT:
            refuse_scale_of(export.layout.score_name, done.scores)
        if wanted.slack_ids is not None:
            done.linked = await link_people(session, survey.id, wanted.slack_ids)
        done.waves = await filling.freeze()
        brought.rows, brought.added, brought.updated = done.rows, done.added, done.updated
        if not done.added and not done.updated:
            await session.delete(brought)  # a file that brought nothing leaves nothing to take back
            done.import_id = None
        if wanted.dry_run:
            await session.rollback()
            done.import_id = None
    return done


async def _own_drivers(session: AsyncSession, survey: Survey) -> dict[str, str]:
    """Give the keys of the survey's own drivers by what they are called, in lower case."""
    named = await drivers.named(session, survey.id)
    return {name.casefold(): one.key for one in reversed(named) for _, name in one.names} | {
        one.key.casefold(): one.key for one in named
    }


async def _refuse_rounded_ids(session: AsyncSession, export: Export, survey: Survey) -> None:
    rounded = export.recognised.columns.rounded
    if rounded and await storing.has_imported_answers(session, survey.id):
        raise IdsRounded(rounded.name, next(cell for cell in rounded.values if "E+" in cell.upper()))


def _note(done: Imported, batch: Batch) -> None:
    done.rows += batch.rows
    done.no_score += batch.no_score
    done.left_out += batch.left_out
    done.bad = (done.bad + batch.bad)[:BAD_ROWS_TOLD]
    done.bad_rows += batch.bad_rows
    done.comments += batch.comments
    done.undated += batch.undated
    done.drivers += batch.drivers
    if batch.began:
        done.began = min(done.began or batch.began, batch.began)
        done.ended = max(done.ended, batch.ended)


@dataclass
class _Fillings:
    """The waves that an import fills, by their labels."""

    session: AsyncSession
    survey: Survey
    brought: Import
    now: datetime
    before: Before
    waves: dict[str, _Filling] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)

    async def store(self, answers: Mapping[str, ImportedAnswers], done: Imported) -> None:
        """Store what has not come before. Raises WaveWasAsked where our own export names a wave that was asked in Slack."""
        asked = await storing.asked_numbers(self.session, self.survey.id)
        by_wave: dict[int, ImportedAnswers] = {}
        filled: list[tuple[str, ImportedAnswers]] = []
        for label, some in answers.items():
            fresh = some if self.before is Before.NONE else await self._fresh(some, done)
            if not fresh.keys:
                continue
            for number in asked:
                if label.casefold() == f"wave {number}":
                    raise WaveWasAsked(number, self.survey.name)
            if label not in self.waves:
                self.waves[label] = _Filling(
                    *await storing.imported_wave(self.session, self.survey, label, self.now)
                )
            by_wave[self.waves[label].wave.id] = fresh
            filled.append((label, fresh))
        if not by_wave:
            return
        stored = await storing.add_answers(self.session, self.brought, by_wave, self.now)
        done.added += stored.added
        done.updated += stored.updated
        done.scores += stored.scores
        self.changed |= stored.updated_waves
        all_added = stored.added == sum(len(some.keys) for some in by_wave.values())
        for label, fresh in filled:
            self.waves[label].take(fresh, all_added=all_added)

    async def _fresh(self, answers: ImportedAnswers, done: Imported) -> ImportedAnswers:
        if self.before in {Before.NUMBERED, Before.COMMENTS}:
            await known.renew_keys(self.session, answers)
            return answers
        there = await known.by_old_keys(self.session, answers, _WITHIN.get(self.before))
        done.scores += Counter(there.values())
        return answers.without(there)

    async def freeze(self) -> list[FilledWave]:
        """Freeze what was filled or changed, and give what was filled in the order of time."""
        own = {filling.wave.id for filling in self.waves.values()}
        filled = await _freeze(self.session, self.waves, self.now)
        for wave_id in self.changed - own:
            wave = await self.session.get_one(Wave, wave_id)
            await storing.freeze(self.session, wave, (wave.opens_at, wave.closes_at), None, self.now)
        return filled


async def _survey(session: AsyncSession, wanted: Wanted, now: datetime) -> tuple[Survey, bool]:
    """Find the survey by its name, or make it: of customers, with nobody to ask and no digest."""
    key = surveys.survey_key(wanted.survey)
    found = [one for one in await surveys.every_survey(session) if one.key == key]
    home = await people.home_workspace(session)
    if len(found) > 1 or (home is None and not found):
        raise WhichWorkspace(wanted.survey)
    if found:
        await storing.lock_survey(session, found[0].id)
        if found[0].is_anonymous:
            raise SurveyIsAnonymous(found[0].name)
        for number in await storing.asked_numbers(session, found[0].id):
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
        time_zone=wanted.time_zone,
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
        result = await storing.freeze(session, filling.wave, span, filling.counted, now)
        if result:
            tally = Tally(result.promoters, result.passives, result.detractors)
            filled.append(FilledWave(label, began, ended, tally))
    return sorted(filled, key=lambda one: (one.ended, one.label))


def _utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)
