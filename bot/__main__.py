"""The commands of `nps-bot`: each one asks another module to do the work, and says what went wrong in a sentence."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from bot import logs, settings
from bot.errors import NpsBotError
from bot.shell import serving
from storage import migrate as migrations
from storage.errors import StorageError

cli = typer.Typer(
    help="Net Promoter Score inside Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@contextmanager
def sentences() -> Iterator[None]:
    """Turn an expected failure into its sentence and exit code 1."""
    try:
        yield
    except (NpsBotError, StorageError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


@cli.command()
def demo(
    *,
    once: Annotated[bool, typer.Option(help="Play the journey in the terminal, check it, and end.")] = False,
    port: Annotated[int, typer.Option(help="Where the pretend Slack listens; 0 takes a free port.")] = 3001,
) -> None:
    """Open a small pretend workspace in the browser: nothing to install or sign up for."""
    # Only the demo needs the pretend Slack.
    from bot.shell.demo import browser, journey  # noqa: PLC0415

    logs.configure(quiet=True)
    with sentences():
        asyncio.run(journey.run() if once else browser.run(port))


@cli.command()
def serve(
    *, clock: Annotated[bool, typer.Option(help="Run the clock in this process too.")] = True
) -> None:
    """Listen to Slack, and run the clock."""
    logs.configure()
    with sentences():
        asyncio.run(serving.serve(settings.load(), with_clock=clock))


@cli.command()
def clock() -> None:
    """Run the clock alone: send invitations, close waves, post digests."""
    logs.configure()
    with sentences():
        asyncio.run(serving.run_clock(settings.load()))


@cli.command()
def migrate() -> None:
    """Bring the database up to date."""
    with sentences():
        url = settings.load().database_url
        waiting = migrations.pending(url)
        migrations.upgrade(url)
    for revision in waiting:
        typer.echo(f"Applied {revision}")
    typer.echo("The database is up to date.")


def main() -> None:
    cli()


if __name__ == "__main__":
    main()
