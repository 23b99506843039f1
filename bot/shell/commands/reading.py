"""`nps-bot trend` and its kin: what `/nps` tells in Slack, told on a terminal, to the operator, who may read it all."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from functools import partial
from typing import Annotated

import typer

from bot.shell.kit.sentences import AsJson, show

Which = Annotated[str, typer.Argument(help="Which survey; without it the one with the newest wave.")]


def report(
    name: Which = "",
    *,
    wave: Annotated[str, typer.Option(help="Which wave: its number, or an imported one's label.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show the result of a survey's newest wave, or of any other."""
    from bot.shell.doing import reading
    from bot.shell.kit import with_app

    said = with_app.run(partial(reading.report, name=name, wave=wave))
    show(said, as_json=as_json)


def drivers(name: Which = "", *, as_json: AsJson = False) -> None:
    """Show what people ticked, and its part in the NPS."""
    from bot.shell.doing import reading
    from bot.shell.kit import with_app

    said = with_app.run(partial(reading.drivers, name=name))
    show(said, as_json=as_json)


def segments(
    name: Which = "",
    *,
    by: Annotated[
        str,
        typer.Option(
            help="A column of the imported file; without it the audience's channels and user groups."
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show a survey's last closed wave by groups of people. Channels, user groups and imported columns make them."""
    from bot.shell.doing import reading
    from bot.shell.kit import with_app

    said = with_app.run(partial(reading.segments, name=name, by=by))
    show(said, as_json=as_json)


def compare(
    first: Annotated[str, typer.Argument(help="A survey; with --survey a wave: its number or label.")],
    second: Annotated[str, typer.Argument(help="Another one.")],
    *,
    survey: Annotated[str, typer.Option(help="Compare two waves of this survey.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show two surveys, or two waves of one, side by side."""
    from bot.shell.doing import reading
    from bot.shell.kit import with_app

    said = with_app.run(partial(reading.compare, first=first, second=second, survey=survey))
    show(said, as_json=as_json)


def trend(name: Which = "", *, as_json: AsJson = False) -> None:
    """Show a survey's closed waves side by side."""
    from bot.shell.doing import reading
    from bot.shell.kit import with_app

    said = with_app.run(partial(reading.trend, name=name))
    show(said, as_json=as_json)
