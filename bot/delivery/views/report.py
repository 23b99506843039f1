"""What the manager hears when Slack would not take a message, and how to mend it."""

from dataclasses import dataclass, replace

from bot.kit.views.remedy import remedy_for_person
from bot.message import Message, escaped, sentence
from bot.wording import Words

LISTED = 10


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """What became of one wave's invitations.

    `failures` pairs each error code of Slack with how many people it kept from being asked;
    `uncertain` counts the messages that Slack never confirmed or refused.
    """

    survey_name: str
    wave_number: int
    invitations: int
    failures: tuple[tuple[str, int], ...] = ()
    uncertain: int = 0


def render(facts: DeliveryFacts, words: Words) -> Message:
    """Tell of the people who could not be asked, grouped by what to do about it."""
    lines = [
        words("Wave {number} of “{survey}”:", number=facts.wave_number, survey=escaped(facts.survey_name))
    ]
    failed = sum(people for _, people in facts.failures)
    if failed:
        lines.append(
            words.plural(
                "{n} of {invitations} could not be asked.",
                "{n} of {invitations} could not be asked.",
                failed,
                invitations=facts.invitations,
            )
        )
    lines += failure_lines(facts.failures, words)
    if facts.uncertain:
        lines.append(uncertain_line(facts.uncertain, words))
    return sentence("\n".join(lines))


def failure_lines(failures: tuple[tuple[str, int], ...], words: Words) -> list[str]:
    """Say of each error how many people it concerns and what to do about it."""
    return [
        words(
            "• {people}: {remedy}",
            people=words.plural("{n} person", "{n} people", people),
            remedy=remedy_for_person(error, words),
        )
        for error, people in failures[:LISTED]
    ]


def uncertain_line(uncertain: int, words: Words) -> str:
    """Say how many people's messages Slack never confirmed, and that their App Home has the question."""
    return words.plural(
        "For {n} person Slack never confirmed the message. It may have arrived; the question stands in "
        "their App Home either way.",
        "For {n} people Slack never confirmed the message. It may have arrived; the question stands in "
        "their App Home either way.",
        uncertain,
    )


_SOME = DeliveryFacts(
    survey_name="Team pulse",
    wave_number=2,
    invitations=40,
    failures=(("account_inactive", 2), ("missing_scope", 1), ("made_up_error", 1)),
    uncertain=3,
)

EXAMPLES = {
    "some failed, some uncertain": _SOME,
    "one failed": replace(_SOME, failures=(("user_not_found", 1),), uncertain=0),
    "one uncertain": replace(_SOME, failures=(), uncertain=1),
}
