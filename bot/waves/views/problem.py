"""What the manager hears when a wave stopped by itself, and when it goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.ids import COMMAND
from bot.kit.views.remedy import remedy_for_all
from bot.message import Message, code, escaped, sentence
from bot.waves.views.left_out import left_out_line
from bot.wording import Words
from storage.words import QUARANTINE_DAYS, LeftOutBecause


class WaveProblem(StrEnum):
    """What has happened."""

    AUDIENCE_UNREAD = "audience_unread"  # Slack would not tell who is in the audience
    SENDING_STOPPED = "sending_stopped"  # Slack takes no message at all
    CHANNEL_CLOSED = "channel_closed"  # the one open question could not be posted
    QUESTION_UNCERTAIN = "question_uncertain"  # Slack never said whether the open question was posted
    NOBODY_TO_ASK = "nobody_to_ask"  # everybody in the audience is left out
    RESUMED = "resumed"  # it works again


@dataclass(frozen=True, slots=True)
class WaveProblemFacts:
    """One wave's trouble.

    `error` is Slack's code, if it gave one; `left_out` counts the people that the wave may not ask, by why;
    `is_told_once` says that later waves which find nobody are not told of.
    """

    survey_name: str
    wave_number: int
    problem: WaveProblem
    error: str | None = None
    left_out: Mapping[LeftOutBecause, int] = field(default_factory=dict)
    quarantine_days: int = QUARANTINE_DAYS
    is_told_once: bool = False


def render(facts: WaveProblemFacts, words: Words) -> Message:
    """Say what happened to the wave, what to do, and that it goes on by itself where it does."""
    return sentence(" ".join(filter(None, [_what_happened(facts, words), *_what_to_do(facts, words)])))


def _what_happened(facts: WaveProblemFacts, words: Words) -> str:
    named = {"number": facts.wave_number, "survey": escaped(facts.survey_name)}
    told = {
        WaveProblem.AUDIENCE_UNREAD: words(
            "Wave {number} of “{survey}” waits: I could not read who is in its audience.", **named
        ),
        WaveProblem.SENDING_STOPPED: words("Sending wave {number} of “{survey}” has stopped.", **named),
        WaveProblem.CHANNEL_CLOSED: words(
            "Wave {number} of “{survey}” waits: I could not post its question in the channel.", **named
        ),
        WaveProblem.QUESTION_UNCERTAIN: words(
            "Slack never told whether it posted the question of wave {number} of “{survey}”. Please look in the "
            "channel.",
            **named,
        ),
        WaveProblem.NOBODY_TO_ASK: words(
            "Wave {number} of “{survey}” found nobody to ask, so I took it back.", **named
        ),
        WaveProblem.RESUMED: words(
            "Wave {number} of “{survey}” goes on where it stopped. Nobody gets the question twice.", **named
        ),
    }
    return told[facts.problem]


def _what_to_do(facts: WaveProblemFacts, words: Words) -> list[str]:
    if facts.problem is WaveProblem.RESUMED:
        return []
    if facts.problem is WaveProblem.QUESTION_UNCERTAIN:
        close = f"`{COMMAND} close {code(facts.survey_name)}`"
        return [
            words(
                "If it is there, all is well. If not, close the wave with {command} and open the next: I never post "
                "the same question twice.",
                command=close,
            )
        ]
    if facts.problem is WaveProblem.NOBODY_TO_ASK:
        told = left_out_line(facts.left_out, facts.quarantine_days, words)
        if not facts.is_told_once:
            return [told]
        again = words(
            "It will happen again while waves open more often than people may be asked; I say it this once."
        )
        return [told, again]
    goes_on = words("Nothing is lost; I go on by myself as soon as it works again.")
    mend = [remedy_for_all(facts.error, words)] if facts.error else []
    return [*mend, goes_on]


_STOPPED = WaveProblemFacts(
    survey_name="Team pulse", wave_number=3, problem=WaveProblem.SENDING_STOPPED, error="token_revoked"
)

EXAMPLES = {
    "token revoked": _STOPPED,
    "app removed": replace(_STOPPED, error="account_inactive"),
    "user group gone": replace(_STOPPED, problem=WaveProblem.AUDIENCE_UNREAD, error="no_such_subteam"),
    "channel archived": replace(_STOPPED, problem=WaveProblem.CHANNEL_CLOSED, error="is_archived"),
    "question uncertain": replace(_STOPPED, problem=WaveProblem.QUESTION_UNCERTAIN, error=None),
    "nobody to ask": replace(
        _STOPPED,
        problem=WaveProblem.NOBODY_TO_ASK,
        error=None,
        left_out={LeftOutBecause.OPTED_OUT: 1, LeftOutBecause.QUARANTINED: 39},
    ),
    "nobody to ask, told once": replace(
        _STOPPED,
        problem=WaveProblem.NOBODY_TO_ASK,
        error=None,
        left_out={LeftOutBecause.QUARANTINED: 40},
        is_told_once=True,
    ),
    "nobody at all": replace(_STOPPED, problem=WaveProblem.NOBODY_TO_ASK, error=None),
    "goes on": replace(_STOPPED, problem=WaveProblem.RESUMED, error=None),
}
