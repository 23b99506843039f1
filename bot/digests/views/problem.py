"""What the manager hears when a digest was not, or perhaps not, posted."""

from dataclasses import dataclass, replace

from bot.kit.views.remedy import remedy
from bot.message import Message, escaped, sentence
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class DigestProblemFacts:
    """A digest with the error code that Slack gave; None when Slack's reply never came."""

    survey_name: str
    channel_id: str
    error: str | None


def render(facts: DigestProblemFacts, words: Words) -> Message:
    """Say that the digest was refused and what to do, or, without an error code, that it may be there."""
    named = {"survey": escaped(facts.survey_name), "channel": f"<#{facts.channel_id}>"}
    if facts.error is None:
        return sentence(
            words(
                "Slack never confirmed the digest of “{survey}” in {channel}. Please look whether it is there; "
                "I will not post it a second time.",
                **named,
            )
        )
    refused = words("The digest of “{survey}” could not be posted in {channel}.", **named)
    return sentence(f"{refused} {remedy(facts.error, words)}")


_REFUSED = DigestProblemFacts(survey_name="Team pulse", channel_id="C1", error="not_in_channel")

EXAMPLES = {"refused": _REFUSED, "uncertain": replace(_REFUSED, error=None)}
