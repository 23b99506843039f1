"""`nps-bot import`: the answers that another service holds, carried over into closed waves."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for SQL to be imported

import gc
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.shell.sentences import AsJson, show

Services = Literal["auto", "surveymonkey", "google-forms", "typeform", "qualtrics", "delighted", "csv"]


def import_file(  # noqa: PLR0913 - one parameter an option
    file: Annotated[Path, typer.Argument(help="The CSV that the service exported.")],
    *,
    survey: Annotated[str, typer.Option(metavar="NAME", help="Which survey; made when it is not there yet.")],
    wave: Annotated[
        str, typer.Option(metavar="LABEL", help="Put all answers into one wave of this name.")
    ] = "",
    by: Annotated[
        Literal["month", "quarter", "all"] | None,
        typer.Option(help="Make a wave of each month or quarter; by default one of all answers."),
    ] = None,
    file_format: Annotated[
        Services, typer.Option("--format", help="Who wrote the file; auto reads it from the header.")
    ] = "auto",
    score_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The score's column, by its name or its number.")
    ] = None,
    dates: Annotated[
        Literal["day-first", "month-first"] | None, typer.Option(help="How to read 03/04/2024.")
    ] = None,
    time_zone: Annotated[
        str | None,
        typer.Option(help="The zone of times that name none, such as Europe/Paris; UTC by default."),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="The file's encoding, where it cannot be told: cp1252, latin-1 …")
    ] = None,
    driver_label: Annotated[
        list[str] | None,
        typer.Option(help="A reason that could be ticked; repeat it for each, in the question's order."),
    ] = None,
    keep_all: Annotated[
        bool, typer.Option("--keep-all", help="Keep previews and unfinished answers.")
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out rows that cannot be read, and import the rest.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would come of it; store nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import a file of answers into closed waves of a survey. The same file twice adds nothing."""
    gc.disable()  # there is no garbage to find: modules stay, and no row refers to itself
    import asyncio

    from bot.importing.options import DateOrder, Format, Options
    from bot.importing.outcome import Wanted
    from bot.importing.periods import Period
    from bot.shell.doing import import_file

    options = Options(
        format=None if file_format == "auto" else Format(file_format),
        score_column=score_column,
        dates=DateOrder(dates) if dates else None,
        time_zone=import_file.zone(time_zone) if time_zone else None,
        encoding=encoding,
        driver_labels=tuple(driver_label or ()),
        keep_all=keep_all,
    )
    wanted = Wanted(
        import_file.survey_name(survey),
        import_file.wave_label(wave, by),
        Period(by or Period.ALL),
        skip_bad=skip_bad,
        dry_run=dry_run,
    )
    said = asyncio.run(import_file.import_file(file, options, wanted))
    show(said.data, said.text, as_json=as_json)
