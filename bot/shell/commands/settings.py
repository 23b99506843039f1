"""`nps-bot settings`: what counts for the whole workspace, shown and changed."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from bot.ids import Field
from bot.shell.kit.sentences import AsJson, show
from bot.workspace.rules.parts import SettingsPart

settings = typer.Typer(
    help="Show and change what counts for the whole workspace.", rich_markup_mode=None, no_args_is_help=False
)


class Day(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@settings.callback(invoke_without_command=True)
def show_settings(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Show and change what counts for the whole workspace."""
    if context.invoked_subcommand:
        return
    from bot.shell.doing import settings
    from bot.shell.kit import with_app

    said = with_app.run(settings.show)
    show(said, as_json=as_json)


@settings.command("show")
def show_again(*, as_json: AsJson = False) -> None:
    """Show what counts now."""
    from bot.shell.doing import settings
    from bot.shell.kit import with_app

    said = with_app.run(settings.show)
    show(said, as_json=as_json)


@settings.command("set")
def change(  # noqa: PLR0913 - one parameter an option
    *,
    quarantine: Annotated[
        str | None, typer.Option(metavar="DAYS", help="From one question to a person to the next: 0 to 365.")
    ] = None,
    working_day: Annotated[
        list[Day] | None, typer.Option(help="A day on which people may be asked. May be repeated.")
    ] = None,
    opens: Annotated[str | None, typer.Option("--from", metavar="HH:MM", help="When the day begins.")] = None,
    closes: Annotated[str | None, typer.Option("--to", metavar="HH:MM", help="When the day ends.")] = None,
    holiday: Annotated[
        list[str] | None,
        typer.Option(
            help="A country whose holidays are kept, as FR, or a region, as CA-QC; instead of those before. May be repeated."
        ),
    ] = None,
    manager: Annotated[
        list[str] | None,
        typer.Option(help="Who manages too: a user id, instead of those before. May be repeated."),
    ] = None,
    manager_group: Annotated[
        list[str] | None,
        typer.Option(
            help="Whose members manage too: a user group, instead of those before. May be repeated."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change what is told here, and leave the rest."""
    from bot.shell.doing import settings
    from bot.shell.kit import with_app

    said: dict[Field, list[str] | None] = {
        Field.QUARANTINE: None if quarantine is None else [quarantine],
        Field.WORKING_DAYS: [str(list(Day).index(day)) for day in working_day or ()],
        Field.OPENS: None if opens is None else [opens],
        Field.CLOSES: None if closes is None else [closes],
        Field.HOLIDAYS: holiday,
        Field.MANAGERS: manager,
        Field.MANAGER_GROUPS: manager_group,
    }
    changes = {field: value for field, value in said.items() if value}
    done = with_app.run(partial(settings.change, changes=changes))
    show(done, as_json=as_json)


@settings.command()
def reset(
    part: Annotated[list[SettingsPart], typer.Argument(help="What goes back to what it was at first.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Go back to what the environment says; with managers, to admins and NPS_MANAGERS alone."""
    from bot.shell.doing import settings
    from bot.shell.kit import with_app

    done = with_app.run(partial(settings.change, changes={Field.BACK: list(part)}))
    show(done, as_json=as_json)
