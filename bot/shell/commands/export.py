"""`nps-bot export`: every answer of a survey, for spreadsheets, for other programs, or to be imported again."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for SQL to be imported

import gc
from pathlib import Path
from typing import Annotated, Literal

import typer


def export(
    *,
    survey: Annotated[str, typer.Option(metavar="NAME", help="Which survey.")],
    file_format: Annotated[
        Literal["csv", "json"], typer.Option("--format", help="A CSV for spreadsheets, or JSON.")
    ] = "csv",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it; standard output by default.")
    ] = None,
) -> None:
    """Write every answer of a survey. Each has wave, date, score, category, comment and drivers; no names."""
    gc.disable()  # a fifth of the time to start: modules stay
    import asyncio

    from bot.exporting.answer_file import Format
    from bot.shell.doing import export

    gc.freeze()
    gc.enable()
    asyncio.run(export.export(survey, Format(file_format), out))
