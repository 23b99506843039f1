"""What a manager hears when a file of answers was not, or perhaps not, sent."""

from dataclasses import dataclass, replace

from bot.kit.views.remedy import remedy
from bot.message import Message, escaped, sentence
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class ExportProblemFacts:
    """The error code that Slack gave; None when Slack's reply never came."""

    survey_name: str
    error: str | None


def render(facts: ExportProblemFacts, words: Words) -> Message:
    """Say that the file was refused and what to do, or, without an error code, that it may have arrived."""
    name = escaped(facts.survey_name)
    if facts.error is None:
        return sentence(
            words(
                "Slack never confirmed the file with the answers of “{survey}”. Please look whether it is in my "
                "messages to you before you ask for it again.",
                survey=name,
            )
        )
    refused = words("I could not send you the file with the answers of “{survey}”.", survey=name)
    return sentence(f"{refused} {remedy(facts.error, words)}")


_REFUSED = ExportProblemFacts(survey_name="Team pulse", error="missing_scope")

EXAMPLES = {
    "refused": _REFUSED,
    "uploads switched off": replace(_REFUSED, error="file_uploads_disabled"),
    "uncertain": replace(_REFUSED, error=None),
}
