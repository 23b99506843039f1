"""`nps-bot export`: every answer of a survey, for spreadsheets, for other programs, or to be imported again."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for SQL to be imported

from pathlib import Path
from typing import Annotated, Literal

import typer


def export(
    *,
    survey: Annotated[str, typer.Option(metavar="NAME", help="Which survey.")],
    file_format: Annotated[
        Literal["csv", "json", "xlsx"],
        typer.Option("--format", help="A CSV for spreadsheets, JSON for programs, or an Excel workbook."),
    ] = "csv",
    use: Annotated[
        Literal["excel"] | None,
        typer.Option("--for", help="A CSV with semicolons, which European Excel opens in columns."),
    ] = None,
    people: Annotated[
        bool, typer.Option("--people", help="Add who gave each answer, where the survey is a named one.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it; standard output by default.")
    ] = None,
) -> None:
    """Write every answer of a survey.

    Each has wave, date, score, category, comment, drivers and time; names only with --people.
    """
    import asyncio

    from bot.exporting.answer_file import FileFormat
    from bot.shell.doing import export

    if use and file_format != "csv":
        message = "it is for a CSV; a workbook opens in columns everywhere."
        raise typer.BadParameter(message, param_hint="--for")
    chosen = FileFormat(file_format)
    asyncio.run(export.export(survey, chosen, out, people=people, semicolons=use == "excel"))
