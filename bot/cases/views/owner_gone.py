"""What the follow-up channel reads once when somebody who has a case is here no more."""

from dataclasses import dataclass

from bot.ids import COMMAND
from bot.message import Message, escaped, sentence
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class OwnerGoneFacts:
    """One case, and who has it: somebody with a deactivated account."""

    survey_name: str
    owner: str


def render(facts: OwnerGoneFacts, words: Words) -> Message:
    """Say who has the case, and what to do."""
    return sentence(
        words(
            "{owner} has a case of “{survey}”, and their account is deactivated. Hand it over on its card, so that the person "
            "does not wait in vain. {command} lists the open ones.",
            owner=f"<@{facts.owner}>",
            survey=escaped(facts.survey_name),
            command=f"`{COMMAND} cases`",
        )
    )


EXAMPLES = {"gone": OwnerGoneFacts("Acme <customers>", "U1")}
