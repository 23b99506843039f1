"""`nps-bot backup` and `nps-bot restore`: the whole database in one file, and back."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for SQL to be imported

from pathlib import Path
from typing import Annotated

import typer


def backup(file: Annotated[Path, typer.Argument(help="A file that is not there yet.")]) -> None:
    """Save the whole database into a new file. Nobody has to stop for it."""
    from bot.shell.doing import backup

    backup.save(file)


def restore(
    file: Annotated[Path, typer.Argument(help="What nps-bot backup wrote.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let it take the place of what the database holds.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before that.")] = False,
) -> None:
    """Put a backup into the database, and pause every survey. Stop nps-bot before."""
    from bot.shell.doing import backup

    backup.restore(file, may_replace=replace, is_sure=yes)
