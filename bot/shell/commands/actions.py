"""`nps-bot actions`: what was done about what people said."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from functools import partial
from typing import Annotated

import typer

from bot.shell.sentences import AsJson, show


def actions(
    name: Annotated[str, typer.Argument(help="Of this survey alone.")] = "", *, as_json: AsJson = False
) -> None:
    """Show what people said and what was done about it."""
    from bot.shell.doing import actions as doing
    from bot.shell.doing import with_app

    said = with_app.run(partial(doing.actions, name=name))
    show(said.data, said.text, as_json=as_json)
