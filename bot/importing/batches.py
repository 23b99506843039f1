"""An export, read in batches: the answers that count, by the label of their wave, and what became of the other rows."""

from collections import Counter, defaultdict
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from itertools import islice

from bot.importing.cells.markup import as_written
from bot.importing.files.rows import Absence, BadRow, ImportedRow, LeftOut, Row
from bot.importing.foreign_file import Export
from bot.importing.options import Format
from bot.importing.outcome import Wanted
from bot.importing.periods import EVERYTHING, Period, label_of
from bot.importing.rows.keys import RowKeys
from bot.importing.rows.layout import Layout
from bot.importing.rows.plain import PlainRows, each, plain_rows
from bot.importing.rows.reading import read
from storage.importing.imported_answers import ImportedAnswers, Said, SaidColumns, in_columns, stored_moment

ROWS = 16_000
"""How many rows are held in memory at once: the more there are, the closer together their keys stand in the index."""

_PROPERTIES = 4
"""As many properties of a row take the room of an answer."""

BAD_ROWS_TOLD = 10

_DAY = len("2024-10-14")
_ENDS_OF_DAY = ("00:00:00", "23:59:59.999999")


@dataclass(slots=True)
class Batch:
    """Some rows, up to a `line`. Of the bad ones the first few are told and all are counted."""

    line: int
    rows: int
    answers: dict[str, ImportedAnswers] = field(default_factory=dict)
    no_score: int = 0
    left_out: Counter[Absence] = field(default_factory=Counter)
    bad: list[BadRow] = field(default_factory=list)
    bad_rows: int = 0
    comments: int = 0
    undated: int = 0
    drivers: Counter[str] = field(default_factory=Counter)
    began: str = ""
    ended: str = ""

    def note(self, bad: BadRow) -> None:
        self.bad_rows += 1
        if len(self.bad) < BAD_ROWS_TOLD:
            self.bad.append(bad)


def batches(export: Export, wanted: Wanted, survey_id: int, most: int = ROWS) -> Generator[Batch]:
    """Read the whole export in constant memory, at `most` so many rows at a time, fewer where each tells much of its person.

    Raises an ImportProblem where the file cannot be read on.
    """
    zone = export.options.day_zone or UTC
    most = max(most // (1 + len(export.recognised.columns.properties) // _PROPERTIES), 1)
    layout = export.layout
    written_before = layout.before[1] if layout.before else None
    known_as = survey_id, wanted.ids_of or export.recognised.format
    ours = export.recognised.format is Format.NPS_BOT
    numbered = wanted.numbered or export.recognised.columns.numbers_answers
    with RowKeys(*known_as, layout.written_zone, wanted.before, written_before, numbered=numbered) as keys:
        records = export.records()
        coming = next(records, None)
        while coming:
            some = [coming, *islice(records, most - 1)]
            coming = next(records, None)
            batch = at_once(some, layout, wanted, keys, zone)
            if batch:
                yield batch if ours else _as_written(batch)
                continue
            rows = read(some, layout, to_end=coming is None)
            while read_rows := list(islice(rows, most)):  # a row may count for many
                batch = one_by_one(read_rows, wanted, keys, zone)
                yield batch if ours else _as_written(batch)


def _as_written(batch: Batch) -> Batch:
    """Give the comments without HTML. Rows are known by what stands in the file, so those that came before stay known."""
    for label, some in batch.answers.items():
        comments = list(map(as_written, some.comments))
        batch.comments -= comments.count(None) - some.comments.count(None)
        batch.answers[label] = replace(some, comments=comments)
    return batch


def at_once(
    some: Sequence[tuple[int, list[str] | None]],
    layout: Layout,
    wanted: Wanted,
    keys: RowKeys,
    zone: tzinfo,
) -> Batch | None:
    """Do what `one_by_one` does, at once; None where the rows must be looked at one by one."""
    rows = plain_rows([record for _, record in some], layout)
    if rows is None:
        return None
    if wanted.drivers:
        rows = rows._replace(drivers=each(lambda some: _own_drivers(some, wanted.drivers), rows.drivers))
    labels = _labels(rows, wanted, zone)
    known_as = None if labels is None else keys.of_plain(rows)
    if labels is None or known_as is None:
        return None
    batch = Batch(some[-1][0], len(some), no_score=rows.no_score, left_out=rows.left_out)
    for some_drivers, many in rows.drivers_of_all.items():
        for driver in _own_drivers(some_drivers, wanted.drivers):
            batch.drivers[driver] += many
    batch.comments = len(rows.comments) - rows.comments.count(None)
    batch.undated = rows.moments.count(None)
    if moments := [moment for moment in rows.moments if moment]:
        batch.began, batch.ended = (_local(one, zone)[:10] for one in (min(moments), max(moments)))
    said = SaidColumns(
        known_as,
        known_as,
        rows.scores,
        rows.comments,
        rows.moments,
        rows.drivers,
        rows.people,
        rows.properties,
    )
    of_label = defaultdict[str, list[int]](list)
    for place, label in enumerate(labels):
        of_label[label].append(place)
    batch.answers = {label: said.at(places) for label, places in of_label.items()}
    return batch


def _labels(rows: PlainRows, wanted: Wanted, zone: tzinfo) -> Sequence[str] | None:
    """Give the label of each answer's wave; None where one has no date, which it needs."""
    if wanted.label or wanted.by is Period.ALL:
        return [wanted.label or EVERYTHING] * len(rows.moments)
    if None in rows.days:
        return None
    labels = each(lambda day: _label_of_day(day, wanted.by, zone), rows.days)
    return [
        label or label_of(wanted.by, _at(moment or "", zone)) or ""
        for label, moment in zip(labels, rows.moments, strict=True)
    ]


def _label_of_day(day: str | None, by: Period, zone: tzinfo) -> str | None:
    """Give the label of all that is of this day in UTC; None where it is of two in the zone."""
    begins, ends = (label_of(by, _at(f"{day} {clock}", zone)) for clock in _ENDS_OF_DAY)
    return begins if begins == ends else None


def _at(moment: str, zone: tzinfo) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(zone)


def _local(moment: str, zone: tzinfo) -> str:
    return moment if zone is UTC else _at(moment, zone).isoformat(" ")


def one_by_one(rows: list[Row], wanted: Wanted, keys: RowKeys, zone: tzinfo) -> Batch:
    """Sort the rows; the period of an answer is that of its day in the zone."""
    batch = Batch(rows[-1].line, len(rows))
    labels: list[str] = []
    counting: list[ImportedRow] = []
    for read_row in rows:
        row = _with_own_drivers(read_row, wanted.drivers) if wanted.drivers else read_row
        if isinstance(row, ImportedRow):
            batch.drivers.update(row.drivers)
            at = row.answered_at
            if row.score is None:
                batch.no_score += 1
            elif label := (
                wanted.label
                or (wanted.own_waves and row.wave)
                or label_of(wanted.by, at.astimezone(zone) if at and zone is not UTC else at)
            ):
                labels.append(label)
                counting.append(row)
            else:
                batch.note(BadRow(row.line, None, f"there is no date, which --by {wanted.by} needs."))
        elif isinstance(row, LeftOut):
            batch.left_out[row.why] += 1
        else:
            batch.note(row)
    said = defaultdict[str, list[Said]](list)
    moments: list[str] = []
    for label, key, row in zip(labels, keys.of(counting), counting, strict=True):
        if key is None:
            batch.left_out[Absence.REPEATED] += 1
        elif row.score is not None:
            at = row.answered_at
            moment = stored_moment(at) if at else None
            if moment:
                moments.append(moment if zone is UTC or not at else at.astimezone(zone).isoformat(" "))
            batch.comments += row.comment is not None
            batch.undated += at is None
            said[label].append(
                Said(*key, row.score, row.comment, moment, row.drivers, row.person, row.properties)
            )
    batch.began, batch.ended = (min(moments)[:10], max(moments)[:10]) if moments else ("", "")
    batch.answers = {label: in_columns(of_wave) for label, of_wave in said.items()}
    return batch


def _with_own_drivers(row: Row, own: Mapping[str, str]) -> Row:
    """Know the survey's own drivers by their names, in whichever language the file has them."""
    if not isinstance(row, ImportedRow):
        return row
    before = row.before and row.before._replace(drivers=_own_drivers(row.before.drivers, own))
    return row._replace(drivers=_own_drivers(row.drivers, own), before=before)


def _own_drivers(drivers: tuple[str, ...], own: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(own.get(driver.casefold(), driver) for driver in drivers)
