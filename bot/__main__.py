"""The commands of `nps-bot`: each one asks another module to do the work, and says what went wrong in a sentence."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs: `score` need not wait for Slack and SQL

import io
import sys
from typing import Annotated

import typer

from bot.errors import NotReadyError
from bot.kit.garbage import imports, in_a_command
from bot.shell.commands.actions import actions
from bot.shell.commands.backup import backup, restore
from bot.shell.commands.cases import cases
from bot.shell.commands.digest import digest
from bot.shell.commands.doctor import doctor, recount
from bot.shell.commands.export import export
from bot.shell.commands.import_file import import_file
from bot.shell.commands.manifest import manifest
from bot.shell.commands.privacy import about, forget, privacy, purge, scrub
from bot.shell.commands.reading import compare, drivers, report, segments, trend
from bot.shell.commands.sample_size import sample_size
from bot.shell.commands.score import score
from bot.shell.commands.settings import settings as settings_command
from bot.shell.commands.survey import survey
from bot.shell.commands.token import token
from bot.shell.commands.webhook import webhook
from bot.shell.kit.sentences import Sentences, as_sentence

cli = typer.Typer(
    cls=Sentences,
    help="Net Promoter Score inside Slack.",
    rich_markup_mode=None,  # rich takes half of the time of `nps-bot --help`
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _show_version(is_asked: bool) -> None:  # noqa: FBT001 - Typer calls it
    if is_asked:
        from bot.version import version

        typer.echo(f"nps-bot {version()}")
        raise typer.Exit


@cli.callback()
def _every(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show which release this is."),
    ] = False,
) -> None:
    """Take what may stand before any command."""


@cli.command()
def demo(
    *,
    once: Annotated[bool, typer.Option(help="Play the journey in the terminal, check it, and end.")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the pretend Slack listens; 0 takes a free port.")
    ] = 3001,
) -> None:
    """Open a small pretend workspace in the browser. There is nothing to install or sign up for."""
    import asyncio

    from bot import logs
    from bot.shell.demo import browser, journey

    logs.configure(quiet=True)
    asyncio.run(journey.run() if once else browser.run(port))


@cli.command()
def serve(*, clock: Annotated[bool, typer.Option(help="Run the clock in this process too.")] = True) -> None:
    """Listen to Slack at HOST and PORT, and run the clock. In a container set HOST=0.0.0.0."""
    with imports():
        import asyncio

        from bot import logs, settings
        from bot.shell.doing import serving

    logs.configure()
    asyncio.run(serving.serve(settings.load(), with_clock=clock))


@cli.command()
def clock() -> None:
    """Run the clock alone. It sends invitations, closes waves and posts digests."""
    with imports():
        import asyncio

        from bot import logs, settings
        from bot.shell.doing import serving

    logs.configure()
    asyncio.run(serving.run_clock(settings.load()))


@cli.command()
def migrate() -> None:
    """Bring the database up to date."""
    from bot import settings
    from storage import migrate as migrations
    from storage.database import revisions

    url = settings.load_database().database_url
    try:
        waiting = revisions.pending(url)
        migrations.upgrade(url)
    except ValueError as wrong:
        raise NotReadyError(as_sentence(wrong)) from None
    for revision in waiting:
        typer.echo(f"Applied {revision}")
    typer.echo("The database is up to date.")


cli.command()(backup)
cli.command()(restore)
cli.command()(doctor)
cli.command()(recount)
cli.command()(manifest)
cli.add_typer(survey, name="survey")
cli.add_typer(settings_command, name="settings")
cli.command()(report)
cli.command()(trend)
cli.command()(drivers)
cli.command()(segments)
cli.command()(compare)
cli.command()(cases)
cli.add_typer(actions, name="actions")
cli.command()(digest)
cli.command()(export)
cli.add_typer(webhook, name="webhook")
cli.add_typer(token, name="token")
cli.command("import")(import_file)
cli.command()(privacy)
cli.command()(about)
cli.command()(forget)
cli.command()(purge)
cli.command()(scrub)
cli.command()(score)
cli.command()(sample_size)
cli.command("plan", hidden=True)(sample_size)  # what it was called first


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot write "−6" gets an escape, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    with in_a_command():
        cli()


if __name__ == "__main__":
    main()
