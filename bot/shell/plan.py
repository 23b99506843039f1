"""`nps-bot plan`: how many answers a team needs, and what it could notice at all."""

from typing import Annotated

import typer

from bot.shell.sentences import AsJson, WrongInput, show
from scoring.interval import DEFAULT_CONFIDENCE
from scoring.planning import answers_needed, detectable_change


def plan(
    *,
    margin: Annotated[float, typer.Option(help="How many points the NPS may be off, either way.")],
    members: Annotated[int | None, typer.Option(help="How many could answer, if you know.")] = None,
    confidence: Annotated[
        float, typer.Option(help="How sure you want to be, between 0 and 1.")
    ] = DEFAULT_CONFIDENCE,
    as_json: AsJson = False,
) -> None:
    """Say how many answers put the NPS within so many points, whatever people may think."""
    try:
        needed = answers_needed(margin, members, confidence=confidence)
        # The most that can answer: nothing smaller shows in two waves, however well they go.
        most = needed if members is None else members
        noticed = detectable_change(most, most, confidence=confidence)
    except (ValueError, OverflowError) as wrong:
        message = f"{str(wrong)[0].upper()}{str(wrong)[1:]}."
        raise WrongInput(message) from None
    data = {
        "margin": margin,
        "members": members,
        "confidence": confidence,
        "answers": needed,
        "detectable_change": noticed,
    }
    show(data, lambda: _say(data, most), as_json=as_json)


def _say(data: dict[str, float | int | None], most: int) -> None:
    members = data["members"]
    team = "" if members is None else f" of {members}"
    typer.echo(
        f"{data['answers']}{team} answers put the NPS within ±{data['margin']:g} points, "
        f"with {100 * (data['confidence'] or 0):g}% confidence."
    )
    typer.echo(
        f"Two waves of {most} answers tell a change of about {data['detectable_change']:.0f} points from chance."
    )
