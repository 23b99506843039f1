"""Who a wave would ask, counted before it opens, in words."""

from bot.waves.rules.eligibility import AudienceCount
from bot.waves.views.left_out import left_out_line
from bot.wording import Words
from scoring.disclosure import minimum_answers
from storage.words import Rhythm


def who_is_asked(audience: AudienceCount, quarantine_days: int, rhythm: Rhythm, words: Words) -> list[str]:
    """Give "38 people get one direct message each." and, where somebody is, who is left out and why."""
    left_out = left_out_line(audience.left_out, quarantine_days, words)
    return [line for line in (_asked(audience, quarantine_days, rhythm, words), left_out) if line]


def anonymous_lines(audience: AudienceCount, minimum: int | None, words: Words) -> list[str]:
    """Say of an anonymous wave who reads what, and when too few are asked for any result. `minimum` is None for the usual."""
    fewest = minimum_answers(minimum, anonymous=True, customers=False)
    told = words(
        "They answer anonymously: nobody sees who chose what, and one result comes when the wave closes, from {fewest} answers on.",
        fewest=fewest,
    )
    if audience.people >= fewest or not audience.may_open:
        return [told]
    return [
        told,
        words("No result will be shown: fewer than {fewest} people are asked.", fewest=fewest),
    ]


def _asked(audience: AudienceCount, quarantine_days: int, rhythm: Rhythm, words: Words) -> str:
    if not audience.people and audience.may_open:
        return words("Nobody has their turn this month; the next wave asks.")
    if not audience.people:
        return words("Nobody can be asked. If a channel is private, invite me there.")
    asked = words.plural(
        "{n} person gets one direct message.", "{n} people get one direct message each.", audience.people
    )
    if not audience.later:
        return asked
    if rhythm is Rhythm.CONTINUOUS:  # drawn to a day of their own, with or without a quarantine
        later = words.plural(
            "{n} of them later in the wave, on a day of their own.",
            "{n} of them later in the wave, each on a day of their own.",
            audience.later,
        )
    else:
        later = words.plural(
            "{n} of them later in the wave, when {days} days have passed since the last question.",
            "{n} of them later in the wave, when {days} days have passed since the last question.",
            audience.later,
            days=quarantine_days,
        )
    return f"{asked} {later}"
