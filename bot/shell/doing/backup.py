"""What `nps-bot backup` and `nps-bot restore` do. They need the database alone."""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.digests.posting import WEEKLY_DIGEST
from bot.errors import NotReadyError
from bot.kit.once import LEASE
from bot.kit.rules.calendar import is_worth_posting, latest_due
from bot.settings import load_database
from bot.shell.kit.files import new_file
from bot.shell.kit.sentences import WrongInput, as_sentence, hush
from storage import surveys, waves
from storage.backups import copies
from storage.backups.copies import Holds
from storage.database.engine import Database
from storage.database.urls import read_url
from storage.kit import claims
from storage.words import RunState


def save(file: Path) -> None:
    """Write the database into a new file. Raises WrongInput, NotSaved and DatabaseAway."""
    hush()
    url = _database_url()
    try:
        with new_file(file) as unfinished:
            revision = copies.save(url, unfinished)
            size = unfinished.stat().st_size
    except FileExistsError:
        message = f"{file} is there already, and a backup never overwrites one: give another name."
        raise WrongInput(message) from None
    except OSError as error:
        message = f"{file} cannot be written: {error.strerror or error}. Nothing was kept of it."
        raise WrongInput(message) from None
    typer.echo(f"Saved into {file}: {size / 1_000_000:,.1f} MB, revision {revision}.")


def restore(file: Path, *, may_replace: bool, is_sure: bool) -> None:
    """Put a backup into the database. Raises WrongInput, NotABackup, NotRestored and DatabaseAway."""
    hush()
    url = _database_url()

    def consent(holds: Holds) -> None:
        _require_consent(file, holds, may_replace=may_replace, is_sure=is_sure)

    typer.echo(asyncio.run(put_back(url, file, datetime.now(UTC), consent)))


async def put_back(url: str, file: Path, now: datetime, consent: Callable[[Holds], None]) -> str:
    """Put a backup in place, hold what would be sent, and return what to do next. `consent` raises to prevent it."""
    with copies.opened(url, file) as backup:
        if holds := copies.standing_in_the_way(url):
            consent(holds)
        backup.restore(now)
    await _settle_due_digests(url, now)
    return _what_now(file, backup.revision, copies.held(url, now))


def _database_url() -> str:
    url = load_database().database_url
    try:
        read_url(url)
    except ValueError as wrong:
        raise NotReadyError(as_sentence(wrong)) from None
    return url


def _require_consent(file: Path, holds: Holds, *, may_replace: bool, is_sure: bool) -> None:
    stands = (
        f"The database holds {_counted(holds.surveys, 'survey')} and {_counted(holds.answers, 'answer')}."
    )
    if not may_replace:
        message = (
            f"{stands} Keep them first with nps-bot backup; then add --replace to put {file} in their place."
        )
        raise WrongInput(message)
    if is_sure:
        return
    if not sys.stdin.isatty():
        message = f"{stands} Nobody is here to be asked: add --yes to put {file} in their place."
        raise WrongInput(message)
    typer.confirm(f"{stands} They will be gone, and {file} takes their place. Go on?", abort=True)


async def _settle_due_digests(url: str, now: datetime) -> None:
    """Take a digest that the backup does not know of for one that may stand: it is not posted a second time."""
    database = Database(url)
    try:
        async with database.writing() as session:
            for survey in await surveys.every_survey(session):
                due_at = latest_due(survey.digest_weekday, survey.digest_hour, survey.time_zone, now)
                if not is_worth_posting(due_at, since=survey.created_at, now=now):
                    continue
                if not await waves.has_asked(session, survey.id):
                    continue
                run = await claims.claim_run(
                    session, survey.workspace_id, WEEKLY_DIGEST, survey.id, due_at, now, LEASE
                )
                if run:
                    await claims.finish_run(session, run.id, RunState.UNCERTAIN, now)
    finally:
        await database.close()


def _what_now(file: Path, revision: str, held: list[str]) -> str:
    lines = [f"Restored from {file} (revision {revision})."]
    if held:
        named = ", ".join(f"“{name}”" for name in held)
        lines += [
            f"Paused: {named}.",
            "A backup does not know what was sent after it was taken, so a survey that goes on may ask people again.",
            "Look at nps-bot survey waves. Then let each go on with nps-bot survey resume NAME, or close its wave.",
        ]
    return "\n".join(lines)


def _counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"
