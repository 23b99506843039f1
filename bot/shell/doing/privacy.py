"""What `nps-bot about`, `forget`, `purge` and `scrub` do. They need the database alone; the clock changes the messages in Slack."""

import html
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot import logs
from bot.ballots.linking import forget_links
from bot.database import ready_database
from bot.message import Message, sentence
from bot.privacy import purging
from bot.privacy.kept_file import as_file
from bot.privacy.noticing import notice_facts
from bot.privacy.views import notice as notice_view
from bot.settings import load_database, load_privacy
from bot.shell.kit.files import whole_file
from bot.shell.kit.sentences import Output, WrongInput
from bot.shell.kit.terminal import NotDone, agreed
from bot.wording import words_for
from storage.database.engine import Database
from storage.kit.people import home_workspace
from storage.privacy import scrubbing
from storage.privacy.emptied import emptied, settle_emptied
from storage.privacy.erasing import Held, erase_person, holds
from storage.privacy.keeping import kept_about
from storage.privacy.purging import Purged

_STAY_SEALED = (
    "Conversations about anonymous comments do not open with this NPS_SECRET, and some may be theirs: run this again "
    "with the NPS_SECRET of the server."
)


async def notice(language: str) -> str:
    """Word the privacy notice as App Home shows it, from the settings in force."""
    logs.silence()
    async with ready_database(load_database()) as database:
        workspace_id = await _workspace(database)
        facts = await notice_facts(database, workspace_id)
    return (
        html.unescape(notice_view.render(facts, words_for(language)).text).replace("*", "").replace("`", "")
    )


async def about(user: str, out: Path | None) -> None:
    """Write all that is kept about a person. Raises WrongInput."""
    logs.silence()
    async with ready_database(load_database()) as database:
        workspace_id = await _workspace(database)
        async with database.reading() as session:
            kept = await kept_about(session, workspace_id, user)
    # Of conversations about anonymous comments only the person reads: `/nps me`.
    content = as_file(kept, user, datetime.now(UTC))
    if out is None:
        typer.echo(content.decode(), nl=False)
        return
    try:
        with whole_file(out) as file:
            file.write(content)
    except OSError as error:
        message = f"{out} cannot be written: {error.strerror or error}. Nothing was kept of it."
        raise WrongInput(message) from None
    typer.echo(f"All that is kept about {user} written to {out}.")


async def forget(user: str, *, dry_run: bool, yes: bool) -> Output:
    """Erase what is kept about a person, after asking unless `yes`. Raises WrongInput, Abort."""
    logs.silence()
    settings = load_privacy()
    async with ready_database(settings) as database:
        workspace_id = await _workspace(database)
        async with database.reading() as session:
            held = await holds(session, workspace_id, user)
        if "@" in user and not held.imported:
            nothing = f"No imported answer names {user}: there is nothing to erase."
            return Output(_data(user, held, erased=False), nothing)
        if dry_run:
            return Output(_data(user, held, erased=False), f"Would erase {_told(held)}. Nothing was erased.")

        async def ask() -> Message:
            return sentence(f"This erases {_told(held)}, and all else about {user}. It cannot be undone.")

        await agreed(ask, yes=yes)
        async with database.writing() as session:
            held = await erase_person(session, workspace_id, user, datetime.now(UTC))
            sealed = await forget_links(session, settings.secret, workspace_id, user)
        scrubbed = await _scrubbed(database)
    said = [
        f"Erased {_told(held)}, and all else about {user}.",
        "The clock changes the messages in Slack that still show it. Backups made before hold it still.",
        scrubbed,
        *([_STAY_SEALED] if sealed else []),
    ]
    return Output(_data(user, held, erased=True) | {"conversations_sealed": sealed}, " ".join(said))


async def purge(days: int, *, dry_run: bool, yes: bool) -> Output:
    """Erase what was said in old waves, after asking unless `yes`. Raises WrongInput, Abort."""
    logs.silence()
    async with ready_database(load_database()) as database:
        now = datetime.now(UTC)
        waves, would = await purging.what_would_go(database, days, now)
        if dry_run:
            return Output(_purged(would, erased=False), f"Would erase {_counted(would)}. Nothing was erased.")

        async def ask() -> Message:
            return sentence(f"This erases {_counted(would)}. The results stay. It cannot be undone.")

        await agreed(ask, yes=yes)
        gone = await purging.purge(database, waves, now)
        text = f"Erased {_counted(gone)}. The results stay. Backups made before hold it still."
        return Output(_purged(gone, erased=True), f"{text} {await _scrubbed(database)}")


async def scrub() -> Output:
    """Rewrite the database's files. Raises NotDone."""
    logs.silence()
    async with ready_database(load_database()) as database:
        if not await _is_scrubbed(database):
            message = "Somebody reads the database just now, so the log beside it could not be emptied. Stop nps-bot and try again."
            raise NotDone(message)
    return Output({"scrubbed": True}, "Nothing is left in the database's files of what was erased.")


async def _workspace(database: Database) -> str:
    async with database.writing() as session:
        workspace_id = await home_workspace(session)
    if workspace_id is None:
        message = "There are several workspaces in this database, and I cannot tell which is meant."
        raise WrongInput(message)
    return workspace_id


async def _scrubbed(database: Database) -> str:
    if await _is_scrubbed(database):
        return "Nothing is left of it in the database's files."
    return "Traces may be left in the database's files: stop nps-bot and run nps-bot scrub."


async def _is_scrubbed(database: Database) -> bool:
    async with database.reading() as session:
        before = await emptied(session)
    if not await scrubbing.scrub(database.url, whole=True):
        return False  # the clock tries it again
    async with database.writing() as session:
        for one in before:
            await settle_emptied(session, one.workspace_id, one.since, is_done=True)
    return True


def _told(held: Held) -> str:
    parts = [
        _many(held.questions, "question", "questions"),
        _many(held.open_answers, "answer in open waves", "answers in open waves"),
        _many(held.closed_answers, "answer in closed waves", "answers in closed waves"),
        _many(held.comments, "comment", "comments"),
    ]
    if held.imported:
        parts.append(_many(held.imported, "imported answer's name", "imported answers' names"))
    return ", ".join(parts)


def _counted(purged: Purged) -> str:
    answers, comments = (
        _many(purged.answers, "answer", "answers"),
        _many(purged.comments, "comment", "comments"),
    )
    return f"{answers} ({comments}) and {_many(purged.names, 'name', 'names')} in {_many(purged.waves, 'wave', 'waves')}"


def _many(n: int, one: str, many: str) -> str:
    return f"{n:,} {one if n == 1 else many}"


def _data(user: str, held: Held, *, erased: bool) -> dict[str, object]:
    return {
        "user": user,
        "questions": held.questions,
        "answers_in_open_waves": held.open_answers,
        "answers_in_closed_waves": held.closed_answers,
        "comments": held.comments,
        "imported_answers": held.imported,
        "erased": erased,
    }


def _purged(purged: Purged, *, erased: bool) -> dict[str, object]:
    return {
        "waves": purged.waves,
        "answers": purged.answers,
        "comments": purged.comments,
        "names": purged.names,
        "erased": erased,
    }
