"""What managers may set for a workspace, and what not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bot.ids import Field
from bot.kit.rules.public_holidays import known_place
from bot.kit.rules.working_hours import WorkingTime
from bot.workspace.rules.parts import SettingsPart
from storage.words import MOST_QUARANTINE_DAYS, WEEKDAYS

LONGEST_DAY = 12 * 60
"""Minutes: people have a night between two days, and no reminder comes on the day of its question."""


class WishError(StrEnum):
    """What may be wrong; the words for it are in the view of the settings."""

    QUARANTINE_OUT_OF_RANGE = "quarantine_out_of_range"
    NO_WORKING_DAY = "no_working_day"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    DAY_TOO_LONG = "day_too_long"
    NO_CLOCK_TIME = "no_clock_time"
    NO_SUCH_COUNTRY = "no_such_country"
    NO_SUCH_REGION = "no_such_region"


@dataclass(frozen=True)
class Wishes:
    """What a manager wants for the workspace, and what is to go `back`."""

    quarantine_days: int
    working: WorkingTime
    managers: tuple[str, ...] = ()
    manager_groups: tuple[str, ...] = ()
    back: frozenset[SettingsPart] = frozenset()


class WrongWishes(Exception):  # noqa: N818 - shown beside the fields, as a form's errors are
    """What is wrong, field by field."""

    def __init__(self, errors: Mapping[Field, WishError]) -> None:
        super().__init__(", ".join(f"{field.value}: {error.value}" for field, error in errors.items()))
        self.errors = dict(errors)


def wishes(written: Mapping[Field, Sequence[str]]) -> Wishes:
    """Check what was written, a list of texts a field. Raises WrongWishes with every error at once."""
    back = frozenset(SettingsPart(one) for one in written.get(Field.BACK, ()) if one in set(SettingsPart))
    days = tuple(sorted({int(one) for one in written.get(Field.WORKING_DAYS, ()) if _is_weekday(one)}))
    quarantine = _quarantine(written)
    opens, closes = (minute_of(_one(written, field)) for field in (Field.OPENS, Field.CLOSES))
    errors = dict[Field, WishError]()
    if quarantine is None:
        errors[Field.QUARANTINE] = WishError.QUARANTINE_OUT_OF_RANGE
    if not days:
        errors[Field.WORKING_DAYS] = WishError.NO_WORKING_DAY
    if opens is None:
        errors[Field.OPENS] = WishError.NO_CLOCK_TIME
    if closes is None:
        errors[Field.CLOSES] = WishError.NO_CLOCK_TIME
    elif opens is not None and closes <= opens:
        errors[Field.CLOSES] = WishError.ENDS_BEFORE_IT_BEGINS
    elif opens is not None and closes - opens > LONGEST_DAY:
        errors[Field.CLOSES] = WishError.DAY_TOO_LONG
    countries = [known_place(one) for one in written.get(Field.HOLIDAYS, ())]
    regions = [known_place(one) for one in _one(written, Field.REGIONS).split(",") if one.strip()]
    if None in countries:
        errors[Field.HOLIDAYS] = WishError.NO_SUCH_COUNTRY
    if None in regions:
        errors[Field.REGIONS] = WishError.NO_SUCH_REGION
    places = tuple(sorted({place for place in (*countries, *regions) if place}))
    if errors or quarantine is None or opens is None or closes is None:
        raise WrongWishes(errors)
    return Wishes(
        quarantine,
        WorkingTime(days, time(*divmod(opens, 60)), time(*divmod(closes, 60)), places),
        tuple(written.get(Field.MANAGERS, ())),
        tuple(written.get(Field.MANAGER_GROUPS, ())),
        back,
    )


def minute_of(clock: str) -> int | None:
    """Read "08:30" as minutes after midnight; None for what is no clock time.

    >>> minute_of("08:30"), minute_of("8:30"), minute_of("24:00"), minute_of("noon")
    (510, 510, None, None)
    """
    hour, _, minute = clock.partition(":")
    if not all(part.isascii() and part.isdigit() for part in (hour, minute)):
        return None
    return int(hour) * 60 + int(minute) if int(hour) <= 23 and int(minute) <= 59 else None  # noqa: PLR2004 - of a clock


def _quarantine(written: Mapping[Field, Sequence[str]]) -> int | None:
    typed = _one(written, Field.QUARANTINE)
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_QUARANTINE_DAYS))):
        return None
    return int(typed) if int(typed) <= MOST_QUARANTINE_DAYS else None


def _is_weekday(text: str) -> bool:
    return text in {str(day) for day in WEEKDAYS}


def _one(written: Mapping[Field, Sequence[str]], field: Field) -> str:
    texts = written.get(field) or [""]
    return texts[0]
