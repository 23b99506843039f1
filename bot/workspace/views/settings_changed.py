"""What a manager reads after the settings were changed: what is so from now on."""

from dataclasses import dataclass
from datetime import time

from bot.kit.rules.working_hours import WorkingTime
from bot.message import Message, escaped, sentence
from bot.wording import Words
from bot.workspace.views.places import place_name
from bot.workspace.views.working_days import days_and_hours
from storage.words import ANONYMOUS_DAYS


@dataclass(frozen=True, slots=True)
class Managing:
    """Who manages beside the admins and owners: user ids, and the names of user groups."""

    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedFacts:
    """What is new; None for what is as it was."""

    quarantine_days: int | None = None
    working: WorkingTime | None = None
    holidays: tuple[str, ...] | None = None
    managing: Managing | None = None


def render(facts: ChangedFacts, words: Words) -> Message:
    """Say what changed, and what becomes of questions that wait."""
    lines = [*_asking(facts, words), *_managing(facts.managing, words)]
    if not lines:
        return sentence(words("Nothing was changed."))
    return sentence("\n".join([words("The settings are changed."), *lines]))


def _asking(facts: ChangedFacts, words: Words) -> list[str]:
    lines = []
    if facts.quarantine_days == 0:
        lines.append(words("There is no quarantine: each survey asks in its own rhythm."))
    elif facts.quarantine_days is not None:
        lines.append(
            words.plural(
                "Nobody is asked again within {n} day, whichever survey asks. Who is left out of an open wave stays left out.",
                "Nobody is asked again within {n} days, whichever survey asks. Who is left out of an open wave stays left out.",
                facts.quarantine_days,
            )
        )
    if facts.quarantine_days is not None and facts.quarantine_days < ANONYMOUS_DAYS:
        lines.append(
            words("From one anonymous question to the next it is {days} days at least.", days=ANONYMOUS_DAYS)
        )
    if facts.working:
        lines.append(
            words(
                "People are asked in these hours: {hours}. What would come at another time waits for them.",
                hours=days_and_hours(facts.working, words),
            )
        )
    if facts.holidays:
        places = ", ".join(place_name(place, words) for place in facts.holidays)
        lines.append(
            words(
                "Nobody is asked, reminded or told a result on a public holiday of theirs: {places}. "
                "A wave that would close on one closes on the next day of work.",
                places=places,
            )
        )
    elif facts.holidays is not None:
        lines.append(words("Public holidays are days like any other."))
    return lines


def _managing(managing: Managing | None, words: Words) -> list[str]:
    if managing is None:
        return []
    who = [f"<@{user_id}>" for user_id in managing.people]
    who += [escaped(name) for name in managing.groups]
    if not who:
        return [words("Admins, owners and those named in NPS_MANAGERS manage.")]
    return [words("Beside admins and owners, these manage: {people}.", people=", ".join(who))]


EXAMPLES = {
    "nothing": ChangedFacts(),
    "everything": ChangedFacts(
        30,
        WorkingTime((0, 1, 2, 3, 6), time(8), time(16)),
        ("CA-QC", "FR"),
        Managing(("U2",), ("People team",)),
    ),
    "no quarantine, managers taken away": ChangedFacts(0, holidays=(), managing=Managing()),
    "other hours": ChangedFacts(working=WorkingTime((0, 2, 4), time(9, 30), time(18))),
    "a day": ChangedFacts(quarantine_days=1),
}
