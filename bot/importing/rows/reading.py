"""Row by row, by the layout. A million rows pass here, so nothing is looked up by name and nothing is made twice."""

from collections.abc import Iterable, Iterator
from itertools import repeat

from bot.importing.cells.scores import NotAScore
from bot.importing.cells.totals import is_figure, is_total
from bot.importing.dates.moment import NotADate
from bot.importing.files.rows import Absence, BadRow, ImportedRow, LeftOut, Row
from bot.importing.rows.layout import Layout
from bot.importing.rows.notes import Doubtful, without_notes

_STRAY_QUOTE = "a quotation mark stands inside a quoted cell and is not doubled."


def read(
    records: Iterable[tuple[int, list[str] | None]], layout: Layout, *, to_end: bool = True
) -> Iterator[Row]:
    """Read records below the header, each with its line; None is one with a stray quotation mark.

    `to_end` says that the file ends with them.
    """
    return without_notes(_rows(records, layout), layout.header, to_end=to_end)


def _rows(  # noqa: C901 - one place for what a million rows pass through
    records: Iterable[tuple[int, list[str] | None]], layout: Layout
) -> Iterator[Row | Doubtful]:
    width = layout.width
    score_cells, score_of = layout.score
    driver_cells, drivers_of = layout.drivers or (None, None)
    absence_cells, absence_of = layout.absence or (None, None)
    row_id_at, comment_of, moment_of = layout.row_id, layout.comment, layout.moment
    before_of = layout.before[0] if layout.before else None
    clock_of, number_at = layout.clock, layout.number
    person_at, properties_of, wave_of, times_of = layout.person, layout.properties, layout.wave, layout.times
    constant, after_blank = layout.constant, False
    for line, record in records:
        if record is None:
            yield BadRow(line, None, _STRAY_QUOTE)
            continue
        if len(record) != width:
            if not any(record):
                after_blank = True
                continue
            if wrong := _fit(record, layout):
                yield Doubtful(record, BadRow(line, None, wrong), after_blank)
                continue
        try:
            why = absence_of(absence_cells(record)) if absence_of and absence_cells else None
            why = Absence.TOTAL if _is_total(record, layout) else why
            if why and why is not Absence.UNFINISHED:
                yield LeftOut(line, why)  # whatever stands where the score would
                continue
            score = score_of(score_cells(record))
            if score is None and not any(record):
                after_blank = True
                continue
            if why and score is not None:
                yield LeftOut(line, why)
                continue
            row = ImportedRow(
                line,
                record[row_id_at].strip() or None if row_id_at is not None else None,
                score,
                comment_of(record) if comment_of else None,
                drivers_of(driver_cells(record)) if drivers_of and driver_cells else (),
                moment_of(record) if moment_of else None,
                record[person_at].strip() or None if person_at is not None else None,
                properties_of(record) if properties_of else None,
                wave_of(record) if wave_of else None,
                before_of(record) if before_of else None,
                clock_of(record) if clock_of else None,
                record[number_at].strip() or None if number_at is not None else None,
            )
            if constant is not None and not record[constant] and is_figure(record, constant):
                yield Doubtful(record, row, after_blank, is_figure=True)
            else:
                yield from repeat(row, times_of(record) if times_of else 1)
            after_blank = False
        except NotAScore as wrong:
            bad = BadRow(line, layout.score_name, str(wrong))
            yield Doubtful(record, bad, after_blank, is_figure(record, constant))
        except NotADate as wrong:
            yield Doubtful(record, BadRow(line, layout.moment_name, str(wrong)), after_blank)


def _is_total(record: list[str], layout: Layout) -> bool:
    """Whether the first column calls the row a total, or a later one where what no answer lacks is blank."""
    is_answer = layout.constant is None or bool(record[layout.constant])
    names = min(layout.names, layout.first + 1) if is_answer else layout.names
    return is_total(record, names, is_answer=is_answer)


def _fit(record: list[str], layout: Layout) -> str | None:
    """Make the record as wide as the header, or say why that would hide a fault: spreadsheets drop blank ends."""
    if len(record) < layout.needed:
        return f"there are only {len(record)} of {layout.width} cells, and the score is not among them."
    if any(record[layout.width :]):
        return f"there are {len(record)} cells below {layout.width} columns; a cell with a separator may lack its quotes."
    record.extend([""] * (layout.width - len(record)))
    del record[layout.width :]
    return None
