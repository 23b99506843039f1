"""`nps-bot cases`: who may be contacted, and what was done about it. The operator may read it all."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from functools import partial
from typing import Annotated, Literal

import typer

from bot.shell.kit.sentences import AsJson, show


def cases(
    which: Annotated[Literal["open", "overdue", "closed"], typer.Argument(help="Which cases.")] = "open",
    *,
    survey: Annotated[str, typer.Option(help="Of this survey alone.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show the cases that are open, overdue or closed."""
    from bot.shell.doing import cases as doing
    from bot.shell.kit import with_app

    said = with_app.run(partial(doing.cases, which=which, name=survey))
    show(said, as_json=as_json)
