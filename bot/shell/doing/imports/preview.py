"""What a file was taken for, as a person reads it and as a program does."""

import io
from collections.abc import Iterator
from typing import Any

from bot.importing.dates.swapped import swapped_back
from bot.importing.errors import short
from bot.importing.explained import Role, explained, masked
from bot.importing.files.encodings import encoding_name
from bot.importing.foreign_file import Export
from bot.importing.joining.joined import Joined
from bot.importing.outcome import Imported, Wanted
from bot.kit.rules.visible import visible


def preview_data(export: Export, done: Imported) -> dict[str, Any]:
    """Give everything that was read from the file itself."""
    return {
        "columns": [
            {
                "letter": column.letter,
                "name": column.name,
                "taken_for": column.role.value,
                "why": column.why,
                "samples": list(column.samples),
            }
            for column in explained(export)
        ],
        "title_lines": export.titles,
        **({"joined": _joined_data(export.joined)} if export.joined else {}),
        **({"spoilt_letters": masked(export.spoilt[0])} if export.spoilt else {}),
        "encoding": encoding_name(export.encoding),
        "time_zone": zone_name(export),
        "from": done.began or None,
        "to": done.ended or None,
        "undated": done.undated,
        "comments": done.comments,
        "drivers": dict(done.drivers),
        "left_out": {why.value: count for why, count in done.left_out.items()},
        "bad_rows": done.bad_rows,
        "first_bad_rows": [str(row) for row in done.bad],
        "ids_name_persons": done.ids_repeat,
        **({"days_swapped_back": True} if done.days_swapped else {}),
    }


def preview_text(export: Export, done: Imported) -> str:
    """Write a table of the columns, and below it what was assumed and what was found."""
    from rich.console import Console  # noqa: PLC0415 - only --dry-run shows a table
    from rich.table import Table  # noqa: PLC0415 - as above

    written = io.StringIO()
    console = Console(file=written, width=110, no_color=True, highlight=False, markup=False, emoji=False)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("", "Column", "taken for", "because", "for example"):
        table.add_column(name, overflow="fold")
    for column in explained(export):
        samples = " · ".join(filter(None, column.samples))
        table.add_row(column.letter, column.name, column.role.value, column.why, samples)
    console.print(table)
    for sentence in _found(export, done):
        console.print(sentence)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines())


def _found(export: Export, done: Imported) -> Iterator[str]:
    titles = export.titles
    if titles:
        yield f"Above the header {'1 line is' if titles == 1 else f'{titles} lines are'} skipped."
    if export.joined:
        yield from _joined_text(export.joined)
    yield f"Read as {encoding_name(export.encoding)}."
    yield from _spoilt(export)
    yield from _swapped(export, done)
    if not done.began:
        yield "No column says when the answers came: they stand there undated, as of today."
    else:
        clock = f", times without a zone as {zone_name(export)}" if export.layout.moment else ""
        yield f"The answers are of {done.began} to {done.ended}{clock}."
        yield from _undated(done)
    yield f"{done.comments:,} with a comment; {done.drivers.total():,} reasons ticked."
    if done.ids_repeat:
        yield "The ids come again on other days, so they are taken for persons'; each row counts."
    rounded = export.recognised.columns.rounded
    if rounded:
        yield (
            f"A spreadsheet has rounded the ids in “{rounded.name}”: rows that come again in another file "
            "are known by what they say alone."
        )


def _undated(done: Imported) -> Iterator[str]:
    """Say how many answers have no date beside others that have."""
    if done.undated:
        some = "1 answer has" if done.undated == 1 else f"{done.undated:,} answers have"
        yield f"{some} no date: {'it stands' if done.undated == 1 else 'they stand'} there undated, as of today."


def _joined_data(joined: Joined) -> dict[str, Any]:
    return {
        "by": joined.by,
        "question": joined.question,
        "rows": joined.rows,
        "answers": joined.responses,
        "questions": list(joined.questions),
        "rows_alone": joined.alone,
    }


def _joined_text(joined: Joined) -> Iterator[str]:
    """Say how rows of one question each became answers."""
    yield (
        f"Each row was one question (“{short(joined.question)}”): {joined.rows:,} rows to {len(joined.questions)} questions "
        f"are {joined.responses:,} answers, joined by “{short(joined.by)}”."
    )
    if joined.alone:
        yield f"{joined.alone:,} rows name no answer there and stand alone."


def _spoilt(export: Export) -> Iterator[str]:
    """Say where the letters of comments were wrong in the file already."""
    if found := export.spoilt:
        cell, said = map(masked, found)
        yield (
            f"Letters were spoilt before the file came here: “{cell}” was once “{said}”. Export it again as UTF-8, and do "
            "not save it in a spreadsheet that opened it otherwise."
        )


def _swapped(export: Export, done: Imported) -> Iterator[str]:
    """Say that days and months were put right, which a spreadsheet had swapped."""
    column = export.recognised.columns.moments[0] if done.days_swapped else None
    changed = ((cell, swapped_back(cell)) for cell in (column.values if column else ()))
    if column and (example := next((one for one in changed if one[0] != one[1]), None)):
        made, meant = example
        yield (
            f"A spreadsheet took days for months in “{short(column.name)}”: up to the 12th it made dates of them, later days stayed "
            f"text. They are put right: {short(made)} is read as {short(meant)}."
        )


def zone_name(export: Export) -> str:
    """Give the zone that times without one were read in."""
    return str(export.options.time_zone or "UTC")


def warnings(export: Export, done: Imported, wanted: Wanted) -> Iterator[str]:
    """Say what an operator should know of the file even where nobody looked first."""
    if wanted.dry_run:
        return
    titles = export.titles
    if titles:
        yield f"Above the header {'1 line was' if titles == 1 else f'{titles} lines were'} skipped."
    if export.joined:
        yield from _joined_text(export.joined)
    encoding = encoding_name(export.encoding)
    if encoding != "UTF-8":
        yield f"The file was read as {encoding}."
    yield from _spoilt(export)
    yield from _swapped(export, done)
    if not done.began:
        yield "No column says when the answers came: they stand there undated, as of today."
    else:
        yield from _undated(done)
    if done.ids_repeat:
        yield "The ids come again on other days, so they were taken for persons'; each row counts."
    if rounded := export.recognised.columns.rounded:
        yield (
            f"A spreadsheet has rounded the ids in “{rounded.name}”: rows that come again in another file are known "
            "by what they say alone."
        )
    if not any(column.role is Role.COMMENT for column in explained(export)):
        yield "No column was taken for comments: --comment-column names one."


def one_line(text: str) -> str:
    """Give text from a file or the database with nothing in it that a terminal obeys."""
    return visible(text, keep="\n")
