"""How many people a wave does not ask, and why, in words."""

from collections import Counter
from collections.abc import Mapping

from bot.wording import Words
from storage.words import LeftOutBecause


def left_out_line(counts: Mapping[LeftOutBecause, int], quarantine_days: int, words: Words) -> str:
    """Give "Left out: 2 bots, 3 guests."; nothing when nobody is left out."""
    told = _told(Counter(counts), quarantine_days, words)
    found = ", ".join(told[because] for because in LeftOutBecause if counts.get(because))
    return words("Left out: {left_out}.", left_out=found) if found else ""


def _told(n: Counter[LeftOutBecause], quarantine_days: int, words: Words) -> dict[LeftOutBecause, str]:
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
        because.OPTED_OUT: words.plural(
            "{n} who asked not to be asked", "{n} who asked not to be asked", n[because.OPTED_OUT]
        ),
        because.QUARANTINED: words.plural(
            "{n} asked less than {days} days ago",
            "{n} asked less than {days} days ago",
            n[because.QUARANTINED],
            days=quarantine_days,
        ),
        because.UNKNOWN: words.plural(
            "{n} of whom Slack tells nothing", "{n} of whom Slack tells nothing", n[because.UNKNOWN]
        ),
        because.NOT_THEIR_TURN: words.plural(
            "{n} whose turn is in another month",
            "{n} whose turn is in another month",
            n[because.NOT_THEIR_TURN],
        ),
    }
