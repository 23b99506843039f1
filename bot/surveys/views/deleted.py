"""What managers hear when a survey was deleted."""

from dataclasses import dataclass

from bot.message import Message, escaped, sentence
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class DeletedFacts:
    """A survey that is gone; `shared_by` is the user id of the person who deleted it."""

    survey_name: str
    waves: int
    answers: int
    shared_by: str


def render(facts: DeletedFacts, words: Words) -> Message:
    """Say who deleted what."""
    waves = words.plural("{n} wave", "{n} waves", facts.waves)
    answers = words.plural("{n} answer", "{n} answers", facts.answers)
    return sentence(
        words(
            "{person} deleted “{name}”, with {waves} and {answers}.",
            person=f"<@{facts.shared_by}>",
            name=escaped(facts.survey_name),
            waves=waves,
            answers=answers,
        )
    )


EXAMPLES = {"with answers": DeletedFacts("Team pulse", 4, 1204, "U1")}
