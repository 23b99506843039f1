"""What a manager hears when Slack would not tell who is in an audience."""

from dataclasses import dataclass

from bot.kit.views.remedy import remedy
from bot.message import Message, escaped, sentence
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class AudienceProblemFacts:
    """`error` is Slack's code."""

    survey_name: str
    error: str


def render(facts: AudienceProblemFacts, words: Words) -> Message:
    """Say that nobody was asked, and what to do about Slack's error code."""
    unread = words(
        "I could not look up who to ask for “{survey}”, so nobody was asked.",
        survey=escaped(facts.survey_name),
    )
    return sentence(f"{unread} {remedy(facts.error, words)}")


EXAMPLES = {"private channel": AudienceProblemFacts(survey_name="Team pulse", error="channel_not_found")}
