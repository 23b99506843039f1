"""How often a survey asks, in words: for the form, and for what it comes to."""

from datetime import datetime
from typing import Literal

from bot.wording import Words, mark

Rhythm = Literal["once", "weeks", "monthly", "quarterly", "continuous"]

RHYTHMS: dict[Rhythm, str] = {
    "once": mark("Once: I open each wave myself"),
    "weeks": mark("Every few weeks"),
    "monthly": mark("Every month"),
    "quarterly": mark("Every three months"),
    "continuous": mark("All the time: each person on a day of their own"),
}
_OFTEN: dict[Rhythm, str] = {
    "once": mark("Once; you open each further wave yourself."),
    "monthly": mark("A new wave opens every month, on the same day."),
    "quarterly": mark("A new wave opens every three months, on the same day."),
    "continuous": mark(
        "A new wave opens with each month; each person is asked on a working day of their own."
    ),
}
_REMINDED = (
    mark("Nobody is reminded."),
    mark("Whoever has not answered by half time is reminded once."),
    mark("Whoever has not answered is reminded twice, at a third and at two thirds of the time."),
)
REMINDERS = range(len(_REMINDED))
# Some months are shorter. That does not matter: a turn that comes a day later means a question a day later.
_DAYS: dict[Rhythm, int] = {"monthly": 30, "quarterly": 90}


def often(rhythm: Rhythm, every_weeks: int, words: Words) -> str:
    """Say when waves open."""
    if rhythm != "weeks":
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
    if rhythm in {"once", "continuous"}:
        return False
    days = 7 * every_weeks if rhythm == "weeks" else _DAYS[rhythm]
    return days < quarantine_days
