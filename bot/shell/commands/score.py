"""`nps-bot score`: the NPS of some answers, how sure it is, and whether it moved."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for what computes it

from typing import Annotated

import typer

from bot.shell.kit.sentences import AsJson
from scoring.confidence import DEFAULT_CONFIDENCE

ThreeCounts = tuple[int, int, int]


def score(  # noqa: PLR0913 - one parameter an option
    *,
    promoters: Annotated[int | None, typer.Option(help="How many gave 9 or 10.")] = None,
    passives: Annotated[int | None, typer.Option(help="How many gave 7 or 8.")] = None,
    detractors: Annotated[int | None, typer.Option(help="How many gave 0 to 6.")] = None,
    scores: Annotated[
        str | None, typer.Option(metavar="FILE", help="A file with one score a line; - is standard input.")
    ] = None,
    members: Annotated[int | None, typer.Option(help="How many could have answered, if you know.")] = None,
    confidence: Annotated[
        float, typer.Option(help="How sure the interval should be, between 0 and 1.")
    ] = DEFAULT_CONFIDENCE,
    versus: Annotated[
        ThreeCounts | None,
        typer.Option(metavar="P PA D", help="The promoters, passives and detractors of the wave before."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Give the NPS of counts or scores, with its interval."""
    from bot.shell.doing.score import say

    counts = {"promoters": promoters, "passives": passives, "detractors": detractors}
    say(counts, scores, confidence, members, versus, as_json=as_json)
