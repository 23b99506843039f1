"""How many people a wave does not ask, and why, in words."""

from collections import Counter
from collections.abc import Mapping

from bot.kit.rules.asking import NOT_NOW, told_left_out
from bot.wording import Words
from storage.words import LeftOutBecause


def left_out_line(counts: Mapping[LeftOutBecause, int], quarantine_days: int, words: Words) -> str:
    """Give "Left out: 2 bots, 3 guests."; nothing when nobody is left out."""
    people = Counter(told_left_out(counts))
    found = ", ".join(
        one for because, one in _told(people, quarantine_days, words).items() if people[because]
    )
    return words("Left out: {left_out}.", left_out=found) if found else ""


def _told(n: Counter[str], quarantine_days: int, words: Words) -> dict[str, str]:
    because = LeftOutBecause
    return {
        because.BOT: words.plural("{n} bot", "{n} bots", n[because.BOT]),
        because.DEACTIVATED: words.plural(
            "{n} deactivated account", "{n} deactivated accounts", n[because.DEACTIVATED]
        ),
        because.NEVER_SIGNED_IN: words.plural(
            "{n} who never signed in", "{n} who never signed in", n[because.NEVER_SIGNED_IN]
        ),
        because.STRANGER: words.plural(
            "{n} of another company", "{n} of other companies", n[because.STRANGER]
        ),
        because.GUEST: words.plural("{n} guest", "{n} guests", n[because.GUEST]),
        NOT_NOW: _not_now(n[NOT_NOW], quarantine_days, words),
        because.UNKNOWN: words.plural(
            "{n} of whom Slack tells nothing", "{n} of whom Slack tells nothing", n[because.UNKNOWN]
        ),
        because.NOT_THEIR_TURN: words.plural(
            "{n} whose turn is in another month",
            "{n} whose turn is in another month",
            n[because.NOT_THEIR_TURN],
        ),
    }


def _not_now(people: int, quarantine_days: int, words: Words) -> str:
    if not quarantine_days:
        return words.plural(
            "{n} who was asked lately or wants no questions",
            "{n} who were asked lately or want no questions",
            people,
        )
    return words.plural(
        "{n} who was asked less than {days} days ago or wants no questions",
        "{n} who were asked less than {days} days ago or want no questions",
        people,
        days=quarantine_days,
    )
