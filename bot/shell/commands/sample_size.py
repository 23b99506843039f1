"""`nps-bot sample-size`: how many answers a team needs, and what it could notice at all."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for what computes it

from typing import Annotated

import typer

from bot.shell.kit.sentences import AsJson, Output, WrongInput, as_sentence, show
from scoring.confidence import DEFAULT_CONFIDENCE


def sample_size(
    *,
    margin: Annotated[float, typer.Option(help="How many points the NPS may be off, either way.")],
    members: Annotated[int | None, typer.Option(help="How many could answer, if you know.")] = None,
    confidence: Annotated[
        float, typer.Option(help="How sure you want to be, between 0 and 1.")
    ] = DEFAULT_CONFIDENCE,
    as_json: AsJson = False,
) -> None:
    """Say how many answers a survey needs. So many put the NPS within the margin, whatever people may think."""
    from scoring.sample_size import answers_needed, detectable_change

    try:
        needed = answers_needed(margin, members, confidence=confidence)
        # The most that can answer: nothing smaller shows in two waves, however well they go.
        most = needed if members is None else members
        noticed = detectable_change(most, most, confidence=confidence)
    except (ValueError, OverflowError) as wrong:
        raise WrongInput(as_sentence(wrong)) from None
    data = {
        "margin": margin,
        "members": members,
        "confidence": confidence,
        "answers": needed,
        "detectable_change": noticed,
    }
    of_members = "" if members is None else f" of {members}"
    text = (
        f"{needed}{of_members} answers put the NPS within ±{margin:g} points, with {100 * confidence:g}% confidence.\n"
        f"Two waves of {most} answers tell a change of about {noticed:.0f} points from chance."
    )
    show(Output(data, text), as_json=as_json)
