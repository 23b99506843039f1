"""What a manager hears once Slack takes messages again, after an hour in which it took none."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.kit.views.remedy import remedy_for_all
from bot.message import Message, sentence
from bot.wording import Words


@dataclass(frozen=True, slots=True)
class OutageFacts:
    """Since when nothing was sent, in the reader's time zone, and the code for why."""

    stopped_at: datetime
    code: str


def render(facts: OutageFacts, words: Words) -> Message:
    """Say since when nothing was sent, why, and that it goes on."""
    stopped = words(
        "Slack has taken no message of mine since {moment}.", moment=words.moment(facts.stopped_at)
    )
    goes_on = words("It does again. Everything goes on where it stopped, and nobody is asked twice.")
    return sentence(" ".join([stopped, remedy_for_all(facts.code, words), goes_on]))


_GATEWAY = OutageFacts(datetime(2026, 11, 23, 10, 5, tzinfo=UTC), "unreadable_reply")

EXAMPLES = {
    "a gateway": _GATEWAY,
    "a token revoked": replace(_GATEWAY, code="token_revoked"),
    "the network": replace(_GATEWAY, code="cannot_connect"),
}
