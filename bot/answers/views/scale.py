"""The scale from 0 to 10: eleven buttons, and what its ends mean."""

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
)

from bot.ids import ActionId
from bot.wording import Words
from scoring.scale import HIGHEST, LOWEST

ROWS = (range(LOWEST, 6), range(6, HIGHEST + 1))


def score_rows(action: ActionId, about: int, words: Words) -> list[Block]:
    """Make the eleven buttons in two rows; `about` is the id of what is answered, which their values carry."""
    return [ActionsBlock([_button(action, about, score, words) for score in row]) for row in ROWS]


def the_ends(words: Words) -> str:
    """Name both ends of the scale."""
    return words("0 = not at all likely · 10 = extremely likely")


def _button(action: ActionId, about: int, score: int, words: Words) -> Button:
    return Button(
        text=str(score),
        action_id=f"{action}.{score}",
        value=f"{about}:{score}",
        accessibility_label=_spoken(score, words),
    )


def _spoken(score: int, words: Words) -> str:
    if score == LOWEST:
        return words("{score} out of {highest}: not at all likely", score=score, highest=HIGHEST)
    if score == HIGHEST:
        return words("{score} out of {highest}: extremely likely", score=score, highest=HIGHEST)
    return words("{score} out of {highest}", score=score, highest=HIGHEST)
