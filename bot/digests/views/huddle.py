"""The lines of a digest about the follow-up."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.kit.views.causes import CAUSES
from bot.message import Message, sentence
from bot.wording import Words
from storage.words import CaseCause

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HuddleFacts:
    """Cases: `open` and `overdue` now; since the digest before closed by cause, and `ended` by their people.

    `first_contact` is the median time to it, None where there was none. Of the wave's `consenting` people so many were
    `reached`. `unread` comments no manager has read yet. `is_news` is whether it is worth a digest.
    """

    open: int = 0
    overdue: int = 0
    closed: tuple[tuple[CaseCause | None, int], ...] = ()
    ended: int = 0
    first_contact: timedelta | None = None
    consenting: int = 0
    reached: int = 0
    unread: int = 0
    is_news: bool = False


def huddle_lines(facts: HuddleFacts, words: Words) -> list[str]:
    """Say in mrkdwn how the follow-up stands: a line of what there is, one of how it went, one of what is unread."""
    lines = []
    if stands := _stands(facts, words):
        lines.append(words("*Follow-up:* {cases}.", cases=", ".join(stands)))
    if facts.closed:
        lines.append(words("Causes: {causes}.", causes=_causes(facts, words)))
    if facts.consenting:
        reached = words(
            "Reached: {reached} of {consenting} who said that they may be contacted ({rate}).",
            reached=facts.reached,
            consenting=facts.consenting,
            rate=words.percent(facts.reached, facts.consenting),
        )
        lines.append(" ".join(filter(None, [reached, _pace(facts.first_contact, words)])))
    if facts.unread:
        lines.append(
            words.plural(
                "{n} comment that no manager has read yet.",
                "{n} comments that no manager has read yet.",
                facts.unread,
            )
        )
    return lines


def _stands(facts: HuddleFacts, words: Words) -> list[str]:
    parts = []
    if facts.open:
        parts.append(words.plural("{n} case open", "{n} cases open", facts.open))
    if facts.overdue:
        parts.append(words.plural("{n} of them overdue", "{n} of them overdue", facts.overdue))
    if closed := sum(many for _, many in facts.closed):
        parts.append(
            words.plural("{n} closed since the last digest", "{n} closed since the last digest", closed)
        )
    if facts.ended:
        parts.append(words.plural("{n} ended by the person", "{n} ended by the person", facts.ended))
    return parts


def _causes(facts: HuddleFacts, words: Words) -> str:
    none = words("no cause given")
    named = [(words(CAUSES[cause]) if cause else none, words.number(many)) for cause, many in facts.closed]
    return " · ".join(f"{name} ({many})" for name, many in named)


def _pace(median: timedelta | None, words: Words) -> str:
    if median is None:
        return ""
    if median < 2 * _DAY:
        hours = max(1, round(median / _HOUR))
        return words.plural(
            "Half of the latest first contacts came within {n} hour.",
            "Half of the latest first contacts came within {n} hours.",
            hours,
        )
    return words.plural(
        "Half of the latest first contacts came within {n} day.",
        "Half of the latest first contacts came within {n} days.",
        round(median / _DAY),
    )


def render(facts: HuddleFacts, words: Words) -> Message:
    """Make a message of these lines."""
    return sentence("\n".join(huddle_lines(facts, words)))


WEEK = HuddleFacts(
    open=3,
    overdue=1,
    closed=((CaseCause.SLOW, 2), (None, 1)),
    ended=1,
    first_contact=timedelta(hours=5, minutes=20),
    consenting=15,
    reached=12,
    unread=4,
    is_news=True,
)

EXAMPLES = {
    "a week": WEEK,
    "quiet": HuddleFacts(open=1, consenting=1),
    "slow": replace(WEEK, first_contact=timedelta(days=4), unread=0),
    "unread alone": HuddleFacts(unread=1),
}
