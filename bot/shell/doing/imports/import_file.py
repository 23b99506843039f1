"""What `nps-bot import` does. It needs the database alone: answers can be carried over before Slack is connected."""

import asyncio
import errno
import io
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import DBAPIError

from bot.database import ready_database
from bot.importing.dates.zones import zone_of
from bot.importing.errors import ImportProblem
from bot.importing.foreign_file import Export, opened_export
from bot.importing.options import Format, Options
from bot.importing.outcome import Imported, Wanted
from bot.importing.problems import NoRoom
from bot.importing.run import import_answers, zone_of_survey
from bot.kit.rules.visible import visible
from bot.settings import load_database
from bot.shell.doing.imports.preview import one_line, preview_data, preview_text, warnings
from bot.shell.kit.sentences import Output, WrongInput, hush
from scoring.nps import Tally
from storage.database.engine import Database
from storage.errors import DatabaseAway
from storage.importing.imported_answers import Linked
from storage.words import NAME_LENGTH

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NAMES = {
    Format.SURVEYMONKEY: "SurveyMonkey",
    Format.GOOGLE_FORMS: "Google Forms",
    Format.TYPEFORM: "Typeform",
    Format.QUALTRICS: "Qualtrics",
    Format.DELIGHTED: "Delighted",
    Format.LIMESURVEY: "LimeSurvey",
    Format.NPS_BOT: "an export of nps-bot",
    Format.CSV: "a plain CSV",
}


def zone(name: str) -> tzinfo:
    """Read a time zone as an operator writes it. Raises WrongInput."""
    if found := zone_of(name):
        return found
    message = f"--time-zone: I know no time zone “{name}”. Give one such as Europe/Paris."
    raise WrongInput(message)


def survey_name(typed: str) -> str:
    """Take the name on one line. Raises WrongInput."""
    return _one_line("--survey", typed)


def wave_label(typed: str, by: str | None) -> str | None:
    """Take the wave's label on one line, None for none. Raises WrongInput."""
    if not typed:
        return None
    if by:
        message = "Give either --wave or --by, not both."
        raise WrongInput(message)
    return _one_line("--wave", typed)


def _one_line(option: str, typed: str) -> str:
    line = " ".join(typed.split())
    if not line or len(line) > NAME_LENGTH or not line.isprintable():
        message = f"{option}: give 1 to {NAME_LENGTH} characters that can be seen."
        raise WrongInput(message)
    return line


async def import_file(path: Path, options: Options, wanted: Wanted, *, as_json: bool) -> Output:
    """Open the database and the file, import, and say what became of it: no text `as_json`. Raises NpsBotError."""
    hush()
    with _file_problems(path):
        await asyncio.to_thread(_look_at, path)
    async with ready_database(load_database()) as database:
        return await run(database, path, options, wanted, as_json=as_json)


def _look_at(path: Path) -> None:
    """Refuse what is no file before the database is opened. Raises WrongInput and OSError."""
    if str(path) == "-":
        return
    path.stat()
    if not path.is_file() and not path.is_fifo():
        message = f"{path} is not a file: save the export and give its name."
        raise WrongInput(message)


async def run(
    database: Database, path: Path, options: Options, wanted: Wanted, *, as_json: bool = False
) -> Output:
    """Import a file, and say what became of it: no text `as_json`. Raises WrongInput."""
    now = datetime.now(UTC)
    survey_zone = await zone_of_survey(database, wanted.survey)
    wanted = replace(
        wanted, time_zone=survey_zone or _zone_for_new(options.time_zone), file_name=file_name(path)
    )
    zone = ZoneInfo(wanted.time_zone)
    day_zone = UTC if wanted.time_zone == "UTC" else zone
    options = replace(options, now=now, day_zone=day_zone, time_zone=options.time_zone)
    with (
        _file_problems(path),
        opened_export(path, options) as export,
        _no_room(),
        _progress(export) as progress,
    ):
        done = await import_answers(database, export, wanted, now, progress)
        data = _data(export, done) | preview_data(export, done)
        return Output(data, "" if as_json else one_line(_text(export, wanted, done)))


def _zone_for_new(named: tzinfo | None) -> str:
    """Give the zone in which a survey lives that is made: the operator's, where it has a name."""
    return named.key if isinstance(named, ZoneInfo) else "UTC"


def file_name(path: Path) -> str:
    """Give the name under which an import is kept."""
    return "standard input" if str(path) == "-" or path.is_fifo() else visible(path.name)


@contextmanager
def _file_problems(path: Path) -> Iterator[None]:
    try:
        yield
    except ImportProblem as problem:
        raise WrongInput(str(problem)) from None
    except (
        sqlite3.OperationalError
    ) as error:  # of what is kept meanwhile: those of a survey's database have another type
        raise WrongInput(str(NoRoom(str(error)))) from None
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise WrongInput(str(NoRoom(error.strerror or str(error)))) from None
        message = f"{path} cannot be read: {error.strerror or error}."
        raise WrongInput(message) from None


@contextmanager
def _no_room() -> Iterator[None]:
    """Say, when the database fails half way, that nothing of the file stays."""
    try:
        yield
    except DatabaseAway as away:
        cause = away.__cause__
        said = cause.orig if isinstance(cause, DBAPIError) else away
        message = f"The database took no more ({said}). Nothing was imported: see whether its disk is full, then try again."
        raise WrongInput(message) from None


@contextmanager
def _progress(export: Export) -> Iterator[Callable[[int], object]]:
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    # Only people need a bar, and programs should not wait for it.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Lines", total=export.lines)
        yield lambda line: bar.update(task, completed=line)


def _data(export: Export, done: Imported) -> dict[str, Any]:
    return {
        "format": export.recognised.format.value,
        "survey": done.survey,
        "rows": done.rows,
        "imported": done.added,
        "updated": done.updated,
        "import": done.import_id,
        "skipped": done.skipped,
        "no_score": done.no_score,
        **({"people": done.linked.people, "people_in_slack": done.linked.known} if done.linked else {}),
        **_counts(done.tally),
        "waves": [
            {
                "wave": wave.label,
                "from": wave.began.isoformat(),
                "to": wave.ended.isoformat(),
                "responses": wave.tally.responses,
                **_counts(wave.tally),
            }
            for wave in done.waves
        ],
    }


def _counts(tally: Tally) -> dict[str, Any]:
    return {
        "promoters": tally.promoters,
        "passives": tally.passives,
        "detractors": tally.detractors,
        "nps": tally.nps,
    }


def _text(export: Export, wanted: Wanted, done: Imported) -> str:
    # Only people need a table, and programs should not wait for it.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    written = io.StringIO()
    console = Console(file=written, highlight=False, markup=False, soft_wrap=True)
    found = export.recognised
    console.print(f"This is {_NAMES[found.format]}, because {found.why}.")
    if wanted.dry_run:
        console.print(preview_text(export, done))
    else:
        console.print(f"The score is in “{export.layout.score_name}”.")
    for sentence in warnings(export, done, wanted):
        console.print(sentence)
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("Wave")
    for name in ("NPS", "Answers", "Promoters", "Passives", "Detractors"):
        table.add_column(name, justify="right")
    for wave in done.waves:
        tally = wave.tally
        counts = (tally.responses, tally.promoters, tally.passives, tally.detractors)
        table.add_row(wave.label, tally.display, *(f"{count:,}" for count in counts))
    if done.waves:
        console.print(table)
    verb = "would be imported" if wanted.dry_run else "imported"
    made = " a new survey," if done.is_new else ""
    answers = "1 answer" if done.added == 1 else f"{done.added:,} answers"
    console.print(f"{answers} {verb} into{made} “{done.survey}”.")
    if done.linked:
        console.print(_linked(done.linked, dry_run=wanted.dry_run))
    for sentence in _left_out(done):
        console.print(sentence)
    return written.getvalue().rstrip()


def _linked(linked: Linked, *, dry_run: bool) -> str:
    if not linked.people:
        return (
            "No answer names its person by an e-mail address: --person-column names the column of addresses."
        )
    people = "1 person" if linked.people == 1 else f"{linked.people:,} people"
    return f"Of {people} named by an e-mail address, {linked.known:,} {'would be' if dry_run else 'are'} linked to Slack."


def _left_out(done: Imported) -> Iterator[str]:
    if done.updated:
        answers = "1 answer says" if done.updated == 1 else f"{done.updated:,} answers say"
        yield f"{answers} more or other than before, and {'was' if done.updated == 1 else 'were'} updated."
    if done.known - done.updated > 0:
        yield f"{done.known - done.updated:,} had been imported before."
    if done.no_score:
        yield f"{done.no_score:,} without a score."
    for why, count in done.left_out.items():
        yield f"{count:,} left out: {why}."
    for row in done.bad:
        yield str(row)
    if done.bad_rows > len(done.bad):
        yield f"… and {done.bad_rows - len(done.bad):,} more rows that cannot be read."
