"""How many people a wave does not ask, and why, in words."""

from collections import Counter
from collections.abc import Mapping

from bot.wording import Words


def left_out_line(counts: Mapping[str, int], quarantine_days: int, words: Words) -> str:
    """Give "Left out: 2 bots, 3 guests."; nothing when nobody is left out.

    `counts` is by reason: bot, deactivated, guest, opted_out, quarantined, unknown or not_their_turn.
    """
    found = ", ".join(
        told for reason, told in _told(counts, quarantine_days, words).items() if counts.get(reason)
    )
    return words("Left out: {left_out}.", left_out=found) if found else ""


def _told(counts: Mapping[str, int], quarantine_days: int, words: Words) -> dict[str, str]:
    n = Counter(counts)
    return {
        "bot": words.plural("{n} bot", "{n} bots", n["bot"]),
        "deactivated": words.plural("{n} deactivated account", "{n} deactivated accounts", n["deactivated"]),
        "guest": words.plural("{n} guest", "{n} guests", n["guest"]),
        "opted_out": words.plural(
            "{n} who asked not to be asked", "{n} who asked not to be asked", n["opted_out"]
        ),
        "quarantined": words.plural(
            "{n} asked less than {days} days ago",
            "{n} asked less than {days} days ago",
            n["quarantined"],
            days=quarantine_days,
        ),
        "unknown": words.plural(
            "{n} of whom Slack tells nothing", "{n} of whom Slack tells nothing", n["unknown"]
        ),
        "not_their_turn": words.plural(
            "{n} whose turn is in another month", "{n} whose turn is in another month", n["not_their_turn"]
        ),
    }
