"""What a file was taken for, as a person reads it and as a program does."""

import io
from collections.abc import Iterator
from typing import Any

from bot.importing.explained import Role, explained
from bot.importing.files.encodings import encoding_name
from bot.importing.foreign_file import Export
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
        "title_lines": export.recognised.header.titles,
        "encoding": encoding_name(export.source.text.encoding),
        "time_zone": zone_name(export),
        "from": done.began or None,
        "to": done.ended or None,
        "comments": done.comments,
        "drivers": dict(done.drivers),
        "left_out": {why.value: count for why, count in done.left_out.items()},
        "bad_rows": done.bad_rows,
        "first_bad_rows": [str(row) for row in done.bad],
        "ids_name_persons": done.ids_repeat,
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
    titles = export.recognised.header.titles
    if titles:
        yield f"Above the header {'1 line is' if titles == 1 else f'{titles} lines are'} skipped."
    yield f"Read as {encoding_name(export.source.text.encoding)}."
    if not done.began:
        yield "No column says when the answers came: they stand there undated, as of today."
    else:
        clock = f", times without a zone as {zone_name(export)}" if export.layout.moment else ""
        yield f"The answers are of {done.began} to {done.ended}{clock}."
    yield f"{done.comments:,} with a comment; {done.drivers.total():,} reasons ticked."
    if done.ids_repeat:
        yield "The ids come again on other days, so they are taken for persons'; each row counts."
    rounded = export.recognised.columns.rounded
    if rounded:
        yield (
            f"A spreadsheet has rounded the ids in “{rounded.name}”: rows that come again in another file "
            "are known by what they say alone."
        )


def zone_name(export: Export) -> str:
    """Give the zone that times without one were read in."""
    return str(export.options.time_zone or "UTC")


def warnings(export: Export, done: Imported, wanted: Wanted) -> Iterator[str]:
    """Say what an operator should know of the file even where nobody looked first."""
    if wanted.dry_run:
        return
    titles = export.recognised.header.titles
    if titles:
        yield f"Above the header {'1 line was' if titles == 1 else f'{titles} lines were'} skipped."
    encoding = encoding_name(export.source.text.encoding)
    if encoding != "UTF-8":
        yield f"The file was read as {encoding}."
    if not done.began:
        yield "No column says when the answers came: they stand there undated, as of today."
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
