"""An export, read in batches: the answers that count, by the label of their wave, and what became of the other rows."""

from collections import Counter, defaultdict
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from itertools import islice

from bot.importing.files.rows import Absence, BadRow, ImportedRow, LeftOut, Row
from bot.importing.foreign_file import Export
from bot.importing.outcome import Wanted
from bot.importing.periods import label_of
from bot.importing.row_keys import RowKeys
from storage.importing.imported_answers import ImportedAnswers, Said, in_columns, stored_moment

ROWS = 16_000
"""How many rows are held in memory at once: the more there are, the closer together their keys stand in the index."""

_PROPERTIES = 4
"""As many properties of a row take the room of an answer."""

BAD_ROWS_TOLD = 10


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
    rows = export.rows()
    zone = export.options.day_zone or UTC
    most = max(most // (1 + len(export.recognised.columns.properties) // _PROPERTIES), 1)
    layout = export.layout
    written_before = layout.before[1] if layout.before else None
    known_as = survey_id, export.recognised.format
    with RowKeys(*known_as, layout.written_zone, wanted.before, written_before) as keys:
        while some := list(islice(rows, most)):
            if wanted.drivers:
                some = [_with_own_drivers(row, wanted.drivers) for row in some]
            yield _batch(some, wanted, keys, zone)


def _batch(rows: list[Row], wanted: Wanted, keys: RowKeys, zone: tzinfo) -> Batch:
    """Sort the rows; the period of an answer is that of its day in the zone."""
    batch = Batch(rows[-1].line, len(rows))
    labels: list[str] = []
    counting: list[ImportedRow] = []
    for row in rows:
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
    return row._replace(drivers=tuple(own.get(driver.casefold(), driver) for driver in row.drivers))
