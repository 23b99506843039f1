"""What `nps-bot import --list` and `--undo` do: the imports that were made, and the way back."""

from datetime import UTC, datetime
from typing import Any

import typer

from bot.database import ready_database
from bot.importing.errors import ImportProblem
from bot.importing.taking_back import Brought, brought_in, to_take_back, undo
from bot.kit.rules.visible import visible
from bot.settings import DatabaseSettings
from bot.shell.kit.sentences import Output, WrongInput, hush


async def listed(survey: str) -> Output:
    """List the imports that can be taken back, of one survey or all, the newest first. Raises NpsBotError."""
    hush()
    async with ready_database(DatabaseSettings()) as database:
        found = await brought_in(database, survey)
    text = "\n".join(map(_line, found)) or "Nothing was imported that could be taken back."
    return Output([_data(one) for one in found], visible(text, keep="\n"))


async def take_back(named: str, survey: str, *, sure: bool, dry_run: bool) -> Output:
    """Take back the named import or the last one, having asked unless the operator is sure. Raises NpsBotError.

    A dry run says which it would be.
    """
    hush()
    async with ready_database(DatabaseSettings()) as database:
        try:
            one = await to_take_back(database, named, survey)
            if dry_run:
                return Output(_data(one), visible(f"{_line(one)}. It would be taken back."))
            if not sure:
                typer.confirm(visible(f"{_line(one)}. Take it back?"), abort=True, err=True)
            waves = await undo(database, one.number, datetime.now(UTC))
        except ImportProblem as problem:
            raise WrongInput(str(problem)) from None
    text = (
        f"Import {one.number} is taken back: {_answers(one.added)} of “{one.survey}” {_are(one.added)} gone"
        f"{f', {_as_before(one.updated)}' if one.updated else ''}. "
        f"Counted again: {', '.join(waves) or 'nothing'}."
    )
    return Output({**_data(one), "waves": waves}, visible(text))


def _line(one: Brought) -> str:
    changed = f", {one.updated:,} updated" if one.updated else ""
    at = f"{one.at:%Y-%m-%d %H:%M} UTC"
    return f"{one.number}: “{one.file_name}” into “{one.survey}”, {at}, {_answers(one.added)}{changed}"


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count:,} answers"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _as_before(count: int) -> str:
    return "1 answer is as it was" if count == 1 else f"{count:,} answers are as they were"


def _data(one: Brought) -> dict[str, Any]:
    return {
        "import": one.number,
        "survey": one.survey,
        "file": one.file_name,
        "at": one.at.isoformat(),
        "added": one.added,
        "updated": one.updated,
    }
