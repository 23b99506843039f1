"""How often a survey asks, in words: for the form, and for what it comes to."""

from datetime import datetime

from bot.mark import mark
from bot.wording import Words
from storage.words import Rhythm

RHYTHMS = {
    Rhythm.ONCE: mark("Once: I open each wave myself"),
    Rhythm.WEEKS: mark("Every few weeks"),
    Rhythm.MONTHLY: mark("Every month"),
    Rhythm.QUARTERLY: mark("Every three months"),
    Rhythm.CONTINUOUS: mark("All the time: each person on a day of their own"),
}
_OFTEN = {
    Rhythm.ONCE: mark("Once; you open each further wave yourself."),
    Rhythm.MONTHLY: mark("A new wave opens every month, on the same day."),
    Rhythm.QUARTERLY: mark("A new wave opens every three months, on the same day."),
    Rhythm.CONTINUOUS: mark(
        "A new wave opens with each month; each person is asked on a working day of their own."
    ),
}
_REMINDED = (
    mark("Nobody is reminded."),
    mark("Those who have not answered by half time are reminded once."),
    mark("Those who have not answered are reminded twice, at a third and at two thirds of the time."),
)
# Some months are shorter. That does not matter: a turn that comes a day later means a question a day later.
_DAYS = {Rhythm.MONTHLY: 30, Rhythm.QUARTERLY: 90}


def often(rhythm: Rhythm, every_weeks: int, words: Words) -> str:
    """Say when waves open."""
    if rhythm is not Rhythm.WEEKS:
        return words(_OFTEN[rhythm])
    if every_weeks == 1:
        return words("A new wave opens every week.")
    return words("A new wave opens every {weeks} weeks.", weeks=every_weeks)


def next_wave(opens_at: datetime, words: Words) -> str:
    """Say when the wave after this one opens; `opens_at` is in the reader's zone."""
    return words("The next one opens on {moment}.", moment=words.moment(opens_at))


def reminded(reminders: int, words: Words) -> str:
    """Say how often those who have not answered are reminded."""
    return words(_REMINDED[reminders])


def is_shorter_than(quarantine_days: int, rhythm: Rhythm, every_weeks: int) -> bool:
    """Whether waves come too fast to ask everybody in each. A continuous one draws people by their turn anyway."""
    if rhythm in {Rhythm.ONCE, Rhythm.CONTINUOUS}:
        return False
    days = 7 * every_weeks if rhythm is Rhythm.WEEKS else _DAYS[rhythm]
    return days < quarantine_days
