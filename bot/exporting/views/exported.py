"""What a manager reads when the answers of a survey arrive as a file."""

from dataclasses import dataclass, replace

from bot.message import Message, escaped, sentence
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class ExportedFacts:
    """A file with so many `answers`, which stands in the manager's messages."""

    survey_name: str
    answers: int
    is_anonymous: bool = False


def render(facts: ExportedFacts, words: Words) -> Message:
    """Say, where the manager asked, that the file has arrived."""
    return sentence(
        words.plural(
            "{n} answer of “{survey}” is in my messages to you, as a file.",
            "{n} answers of “{survey}” are in my messages to you, as a file.",
            facts.answers,
            survey=escaped(facts.survey_name),
        )
    )


def caption(facts: ExportedFacts, words: Words) -> str:
    """Say what is in the file, in mrkdwn, above it."""
    if facts.is_anonymous:
        return words(
            "The scores of “{survey}”, of each closed wave of which they may be shown, in random order. The survey is "
            "anonymous: neither name nor time, comment or reason stands beside a score.",
            survey=escaped(facts.survey_name),
        )
    return words(
        "All answers of “{survey}”, with wave, date, score, category, comment, drivers and time. The file holds no names, "
        "but a comment may tell who wrote it: pass it on with care.",
        survey=escaped(facts.survey_name),
    )


_MANY = ExportedFacts(survey_name="Team pulse", answers=1234)

EXAMPLES = {
    "many answers": _MANY,
    "one answer": replace(_MANY, answers=1),
    "anonymous": replace(_MANY, is_anonymous=True),
}
