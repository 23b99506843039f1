"""`nps-bot digest`: when the next one is due, what it would say now, or post it now."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from functools import partial
from typing import Annotated

import typer

from bot.shell.kit.sentences import AsJson, show


def digest(
    name: Annotated[str, typer.Argument(help="Which survey.")],
    *,
    now: Annotated[bool, typer.Option("--now", help="Post it in the survey's channel now.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print it, and post nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say when a survey's digest is due. With --now, post it; with --dry-run, print it."""
    from bot.shell.doing import digest
    from bot.shell.kit import with_app

    work = digest.preview if dry_run else digest.post if now else digest.announce
    said = with_app.run(partial(work, name=name))
    show(said, as_json=as_json)
