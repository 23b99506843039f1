"""`nps-bot about`, `forget`, `purge` and `scrub`: people's rights over what is kept about them."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for SQL to be imported

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.shell.kit.sentences import AsJson, WrongInput, show

_Person = Annotated[
    str,
    typer.Argument(metavar="USER", help="A Slack user id (U012AB3CD), or a name as an imported file has it."),
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would go, and erase nothing.")]
_Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]


def privacy(
    *,
    language: Annotated[Literal["en", "fr"], typer.Option(help="In which language.")] = "en",
) -> None:
    """Print the privacy notice. It says what is kept, who reads it and for how long."""
    import asyncio

    from bot.shell.doing import privacy as doing

    typer.echo(asyncio.run(doing.notice(language)))


def about(
    user: _Person,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it; standard output by default.")
    ] = None,
) -> None:
    """Write all that is kept about one person. `/nps me` gives them the same."""
    import asyncio

    from bot.shell.doing import privacy

    asyncio.run(privacy.about(user, out))


def forget(user: _Person, *, dry_run: _DryRun = False, yes: _Yes = False, as_json: AsJson = False) -> None:
    """Erase all that is kept about one person. What they said in closed waves stays counted in their results."""
    import asyncio

    from bot.shell.doing import privacy

    said = asyncio.run(privacy.forget(user, dry_run=dry_run, yes=yes))
    show(said, as_json=as_json)


def purge(
    *,
    older_than: Annotated[
        str, typer.Option(metavar="AGE", help="How long ago the wave closed: 90d, 26w, 18m or 2y.")
    ],
    dry_run: _DryRun = False,
    yes: _Yes = False,
    as_json: AsJson = False,
) -> None:
    """Erase what was said in waves of long ago. Their results stay."""
    import asyncio

    from bot.privacy.rules.ages import days_in
    from bot.shell.doing import privacy

    days = days_in(older_than)
    if days is None:
        message = f"“{older_than}” is no age: write 90d, 26w, 18m or 2y."
        raise WrongInput(message)
    said = asyncio.run(privacy.purge(days, dry_run=dry_run, yes=yes))
    show(said, as_json=as_json)


def scrub() -> None:
    """Rewrite the database without traces of what was erased. Stop nps-bot before."""
    import asyncio

    from bot.shell.doing import privacy

    typer.echo(asyncio.run(privacy.scrub()).text)
