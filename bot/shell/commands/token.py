"""`nps-bot token`: which programs elsewhere may ask people and read results."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from functools import partial
from typing import Annotated

import typer

from bot.shell.kit.sentences import AsJson, show
from storage.words import TokenScope

token = typer.Typer(
    help="Let programs elsewhere ask people and read results.", rich_markup_mode=None, no_args_is_help=True
)


@token.command()
def create(
    name: Annotated[str, typer.Argument(help="What you call it: the program that will use it.")],
    *,
    scope: Annotated[
        list[TokenScope] | None, typer.Option(help="What it may do. May be repeated; without it, all.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token, and print it. It is shown this once."""
    from bot.shell.doing import tokens
    from bot.shell.kit import with_app

    said = with_app.run(partial(tokens.create, name=name, scopes=scope or list(TokenScope)))
    show(said, as_json=as_json)


@token.command("list")
def list_all(*, as_json: AsJson = False) -> None:
    """Show every token that lets a program in."""
    from bot.shell.doing import tokens
    from bot.shell.kit import with_app

    said = with_app.run(tokens.list_all)
    show(said, as_json=as_json)


@token.command()
def revoke(
    number: Annotated[int, typer.Argument(help="Which token: its number in nps-bot token list.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Let nobody in with a token any more, at once."""
    from bot.shell.doing import tokens
    from bot.shell.kit import with_app

    said = with_app.run(partial(tokens.revoke, number=number))
    show(said, as_json=as_json)
