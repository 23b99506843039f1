"""What a manager reads after saving an action."""

from dataclasses import dataclass

from bot.kit.views.acted import DONE, YouSaid, you_said
from bot.message import Message, escaped, sentence
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class SavedFacts:
    """The action as it stands now, None when it is deleted; `is_told` as in the list."""

    survey_name: str
    acted: YouSaid | None
    is_told: bool


def render(facts: SavedFacts, words: Words) -> Message:
    """Say what people read of it from now on."""
    named = {"survey": escaped(facts.survey_name)}
    if facts.acted is None:
        return sentence(words("It is deleted, and nobody reads it any more."))
    if facts.is_told:
        where = words("From now on it stands above each question of “{survey}” that goes out.", **named)
    else:
        where = words("Above the next question of “{survey}” stands another one, or none.", **named)
    return sentence(f"{you_said(facts.acted, words)}\n{where}")


EXAMPLES = {
    "told": SavedFacts("Acme <customers>", DONE, is_told=True),
    "not told": SavedFacts("Acme <customers>", DONE, is_told=False),
    "deleted": SavedFacts("Acme <customers>", None, is_told=False),
}
