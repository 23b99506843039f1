"""For how long what people say is kept, as they are told."""

from bot.wording import Words

_YEAR, _MONTH = 365, 30


def time_span(days: int, words: Words) -> str:
    """Say so many days as people do: years of 365 days, months of 30, or days."""
    if days % _YEAR == 0:
        return words.plural("{n} year", "{n} years", days // _YEAR)
    if days % _MONTH == 0:
        return words.plural("{n} month", "{n} months", days // _MONTH)
    return words.plural("{n} day", "{n} days", days)


def kept_for(days: int | None, words: Words) -> str:
    """Promise when an answer goes; nothing where it is kept for good."""
    if days is None:
        return ""
    return words(
        "Your answer, comment and name are erased {time_span} after it closes; the totals stay.",
        time_span=time_span(days, words),
    )
