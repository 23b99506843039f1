"""`nps-bot import`: the answers that another service holds, carried over into closed waves."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for SQL to be imported

import gc
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.shell.kit.ending import end_as_by_ctrl_c
from bot.shell.kit.sentences import AsJson, show

ForeignService = Literal[
    "auto",
    "surveymonkey",
    "google-forms",
    "typeform",
    "qualtrics",
    "delighted",
    "limesurvey",
    "nps-bot",
    "csv",
]


def import_file(  # noqa: PLR0913 - one parameter an option
    file: Annotated[
        str,
        typer.Argument(
            help="What the service exported: CSV, XLSX, ZIP, gzip or JSON; - is standard input. "
            "With --undo, the name of the file or the number of the import; none is the last."
        ),
    ] = "",
    *,
    survey: Annotated[
        str, typer.Option(metavar="NAME", help="Which survey; made when it is not there yet.")
    ] = "",
    wave: Annotated[
        str, typer.Option(metavar="LABEL", help="Put all answers into one wave of this name.")
    ] = "",
    by: Annotated[
        Literal["month", "quarter", "all"] | None,
        typer.Option(help="Make a wave of each month or quarter; by default one of all answers."),
    ] = None,
    file_format: Annotated[
        ForeignService, typer.Option("--format", help="Who wrote the file; auto reads it from the header.")
    ] = "auto",
    score_column: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="The score's column, by its header, its number or its letter."),
    ] = None,
    date_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column of dates, or none.")
    ] = None,
    comment_column: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="A column of comments, or none; may be repeated."),
    ] = None,
    reason_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column of ticked reasons, or none.")
    ] = None,
    id_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column that names each answer, or none.")
    ] = None,
    person_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="The column that names the person, or none.")
    ] = None,
    property_column: Annotated[
        list[str] | None,
        typer.Option(
            "--property",
            metavar="COLUMN",
            help="A column to keep beside the answers, or none; may be repeated.",
        ),
    ] = None,
    count_column: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="How many gave the score of the row, in a table of counts."),
    ] = None,
    any_scale: Annotated[
        bool, typer.Option("--any-scale", help="Take scores although they look like those of another scale.")
    ] = False,
    table: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Which file of an archive, or which sheet, where several are."),
    ] = None,
    dates: Annotated[
        Literal["day-first", "month-first", "year-first"] | None,
        typer.Option(help="How to read 03/04/2024 or 25-01-14."),
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
    match: Annotated[
        Literal["email"] | None,
        typer.Option(help="Link people that the file names by e-mail address to people of Slack."),
    ] = None,
    keep_all: Annotated[
        bool, typer.Option("--keep-all", help="Keep previews and unfinished answers.")
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out rows that cannot be read, and import the rest.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Show what each column is taken for and what would come of it; store nothing."
        ),
    ] = False,
    undo: Annotated[
        bool,
        typer.Option(
            "--undo",
            help="Take the last import back (of the survey, where one is named), or the one that FILE names.",
        ),
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the imports that can be taken back.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Take back without asking first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import a file of answers into closed waves of a survey. The same file twice adds nothing."""
    gc.disable()  # there is no garbage to find: modules stay, and no row refers to itself
    if file and not (undo or listed):
        from bot.importing.reading_apart import begin_early

        begin_early(Path(file))
    import asyncio

    from bot.importing.options import DateOrder, Format, Options
    from bot.importing.outcome import Wanted
    from bot.importing.periods import Period
    from bot.shell.doing.imports import import_file, made

    if listed:
        said = asyncio.run(made.listed(survey))
        show(said, as_json=as_json)
        return
    if undo:
        said = asyncio.run(made.take_back(file, survey, sure=yes, dry_run=dry_run))
        show(said, as_json=as_json)
        return
    if not file:
        message = "name the file, or - for standard input."
        raise typer.BadParameter(message, param_hint="FILE")
    options = Options(
        format=None if file_format == "auto" else Format(file_format),
        score_column=score_column,
        date_column=date_column,
        comment_columns=tuple(comment_column or ()),
        reason_column=reason_column,
        id_column=id_column,
        person_column=person_column,
        properties=tuple(property_column or ()),
        count_column=count_column,
        any_scale=any_scale,
        table=table,
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
        own_waves=not wave and not by,
        skip_bad=skip_bad,
        dry_run=dry_run,
    )
    end_as_by_ctrl_c()
    if match:
        from bot.shell.doing.imports.matched import import_matched

        said = asyncio.run(import_matched(Path(file), options, wanted, as_json=as_json))
    else:
        said = asyncio.run(import_file.import_file(Path(file), options, wanted, as_json=as_json))
    show(said, as_json=as_json)
