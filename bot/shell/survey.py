"""`nps-bot survey`: make, list, open and close surveys, under the same rules as in Slack."""
# ruff: noqa: PLC0415 - importing Slack and SQL takes a second, which `nps-bot --help` need not wait for

import asyncio
from functools import partial
from typing import Annotated, Literal, get_args

import typer

from bot.ids import Field
from bot.shell.sentences import AsJson, show

Kind = Literal["employees", "customers"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Manager = Annotated[
    str,
    typer.Option("--as", metavar="USER", help="The Slack user id of the manager who does this: U012AB3CD."),
]
Name = Annotated[str, typer.Argument(help="Which survey; not needed when only one is meant.")]

survey = typer.Typer(
    help="Make, list, open and close surveys, under the same rules as in Slack.", no_args_is_help=True
)


@survey.command()
def create(  # noqa: PLR0913 - one parameter an option
    name: Annotated[str, typer.Argument(help="What the report and the digest call it.")],
    *,
    manager: Manager,
    subject: Annotated[str, typer.Option(help="What people would recommend.")],
    kind: Annotated[Kind, typer.Option(help="Who answers.")],
    digest_channel: Annotated[str, typer.Option(help="Where the digest goes: an id or #name.")],
    channel: Annotated[
        list[str] | None, typer.Option(help="Ask everyone there: an id or #name. May be repeated.")
    ] = None,
    person: Annotated[
        list[str] | None, typer.Option(help="Ask this person: a user id. May be repeated.")
    ] = None,
    days: Annotated[int, typer.Option(help="How many days people can answer.")] = 14,
    digest_weekday: Annotated[Weekday, typer.Option(help="The digest's day.")] = "monday",
    digest_hour: Annotated[int, typer.Option(min=0, max=23, help="The digest's hour.")] = 9,
    time_zone: Annotated[
        str, typer.Option(help="The digest's time zone, such as Europe/Paris; the manager's own by default.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Make a survey. Nobody is asked yet."""
    from bot.shell import surveys, working

    written: dict[Field, list[str]] = {
        Field.NAME: [name],
        Field.SUBJECT: [subject],
        Field.KIND: [kind],
        Field.CHANNELS: channel or [],
        Field.PEOPLE: person or [],
        Field.WAVE_DAYS: [str(days)],
        Field.DIGEST_CHANNEL: [digest_channel],
        Field.DIGEST_WEEKDAY: [str(get_args(Weekday).index(digest_weekday))],
        Field.DIGEST_HOUR: [str(digest_hour)],
        Field.TIME_ZONE: [time_zone],
    }
    said = asyncio.run(working.at_work(partial(surveys.create, user_id=manager, written=written)))
    show(said.data, said.text, as_json=as_json)


@survey.command("list")
def list_all(*, as_json: AsJson = False) -> None:
    """Show every survey and how it stands."""
    from bot.shell import surveys, working

    said = asyncio.run(working.at_work(surveys.list_all))
    show(said.data, said.text, as_json=as_json)


@survey.command("open")
def open_wave(name: Name = "", *, manager: Manager, as_json: AsJson = False) -> None:
    """Open a survey's next wave. The clock sends the questions."""
    from bot.shell import surveys, working

    said = asyncio.run(working.at_work(partial(surveys.open_wave, user_id=manager, name=name)))
    show(said.data, said.text, as_json=as_json)


@survey.command("close")
def close_wave(name: Name = "", *, manager: Manager, as_json: AsJson = False) -> None:
    """Close a survey's open wave and show its result."""
    from bot.shell import surveys, working

    said = asyncio.run(working.at_work(partial(surveys.close_wave, user_id=manager, name=name)))
    show(said.data, said.text, as_json=as_json)
