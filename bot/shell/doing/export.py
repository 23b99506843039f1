"""What `nps-bot export` does. It needs the database alone: answers can be had when Slack cannot."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

import typer

from bot.database import ready_database
from bot.exporting.answer_file import FileFormat
from bot.exporting.writing import write_answers
from bot.settings import load_database
from bot.shell.kit.files import whole_file
from bot.shell.kit.sentences import WrongInput, hush
from storage.database.engine import Database
from storage.surveys import every_survey, survey_key
from storage.tables import Survey


async def export(
    name: str, file_format: FileFormat, out: Path | None, *, people: bool = False, semicolons: bool = False
) -> None:
    """Open the database and write the answers to the file, or to standard output. Raises NpsBotError."""
    hush()
    async with ready_database(load_database()) as database:
        await write(database, name, file_format, out, people=people, semicolons=semicolons)


async def write(  # noqa: PLR0913 - what may be chosen of a file
    database: Database,
    name: str,
    file_format: FileFormat,
    out: Path | None,
    *,
    people: bool = False,
    semicolons: bool = False,
) -> None:
    """Write the answers of the named survey and, when it is a file, say so. Raises WrongInput."""
    survey = await _named(database, name)
    with _standard_output() if out is None else _file(out) as file:
        answers = await write_answers(
            database, survey, file_format, file, people=people, semicolons=semicolons
        )
    if out is not None:
        written = "1 answer" if answers == 1 else f"{answers:,} answers"
        typer.echo(f"{written} of “{survey.name}” written to {out}.")


async def _named(database: Database, name: str) -> Survey:
    """Find the survey by its name, which people spell in any case. Raises WrongInput."""
    async with database.reading() as session:
        known = await every_survey(session)
    key = survey_key(name)
    found = [one for one in known if one.key == key]
    if len(found) > 1:
        message = f"Several workspaces in this database have a survey called “{name}”, and I cannot tell which is meant."
        raise WrongInput(message)
    if not found:
        # Only who mistypes waits for the words.
        from bot.kit.views import not_found  # noqa: PLC0415
        from bot.shell.kit.terminal import WORDS, plain  # noqa: PLC0415

        names = {one.key: one.name for one in known}
        near = next((names[one] for one in get_close_matches(key, names, n=1)), None)
        raise WrongInput(plain(not_found.no_such_survey(WORDS, name=name, suggestion=near)))
    return found[0]


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    try:
        with whole_file(path) as file:
            yield file
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}. Nothing was kept of it."
        raise WrongInput(message) from None


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Give standard output as bytes. The program that reads it may stop when it has enough."""
    try:
        with open(sys.stdout.fileno(), "wb", closefd=False) as file:
            yield file
    except BrokenPipeError:
        raise typer.Exit from None
    except OSError as error:
        message = f"Standard output cannot be written: {error.strerror or error}."
        raise WrongInput(message) from None
