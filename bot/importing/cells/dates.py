"""One cell's moment, however the service wrote it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from bot.importing.cells.keys import key
from bot.importing.cells.months import MONTHS
from bot.importing.cells.zones import zone_of
from bot.importing.errors import short
from bot.importing.options import DateOrder

NUMBERS = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?(?!\d)")

_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:de\s+)?([^\W\d]+)\.?[\s,-]+(?:de\s+)?(\d{4})"
)
_MONTH_DAY = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_BEFORE_CLOCK = re.compile(r"^(?:[,T\s]|(?:at|à|um|kl)\b\.?)*", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?P<before>am|pm)?\s*(?P<hour>\d{1,2})(?:[:.h]\s?(?P<minute>\d{2}))?(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?"
    r"\s*(?P<after>am|pm)?\s*(?:uhr\b)?\s*(?P<zone>[^\d\s].*)?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^[^\W\d]+\.?,\s*")
_HALVES = {
    "am": re.compile(r"\ba\.\s?m\.|上午|午前|오전|\bvorm\.", re.IGNORECASE),
    "pm": re.compile(r"\bp\.\s?m\.|下午|午後|오후|\bnachm\.", re.IGNORECASE),
}
_SERIAL = re.compile(r"[2-8]\d{4}(?:[.,]\d+)?")
_SERIAL_FROM = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel counts days on a wall's calendar
_EPOCH = re.compile(r"(1\d{9})(?:\.?\d{3})?")
_PLAIN_ISO = len("2024-10-14 09:10:00")
_PLAIN_CLOCKS = {len("09:10"), len("09:10:00")}
_CENTURY = 2000
_YEAR_DIGITS = 4
_NOON = 12
_DAYS = 1 << 12  # how many are remembered: days and times of day repeat in a column
_CLOCKS = 1 << 17

Moment = Callable[[str], datetime | None]


class NotADate(ValueError):  # noqa: N818
    """The message is a sentence."""


class Undecided(NotADate):
    """Whether the day or the month comes first is not known."""


def reader(order: DateOrder | None, zone: tzinfo) -> Moment:
    """Give the function from a cell to its moment in UTC, None for a blank cell; it raises NotADate.

    `order` reads 03/04/2024; `zone` is that of times which name none.

    >>> reader(DateOrder.DAY_FIRST, UTC)("14/10/2024 9:10:05 p.m. GMT+2")
    datetime.datetime(2024, 10, 14, 19, 10, 5, tzinfo=datetime.timezone.utc)
    """
    day = lru_cache(maxsize=_DAYS)(lambda text: _numbered_day(text, order))

    def moment(cell: str) -> datetime | None:
        try:
            found: datetime | None
            try:
                if len(cell) == _PLAIN_ISO and cell[4] == "-":
                    found = fromisoformat(cell + offset)
                elif cell[10:11] == "T":
                    found = fromisoformat(cell)
                else:
                    begin, _, rest = cell.partition(" ")
                    clock = _clock(rest)
                    found = combine(day(begin), clock, clock.tzinfo or zone)
            except Undecided:
                raise
            except ValueError:
                found = _read_slowly(cell, day)
                if found is None:
                    return None
            if found.tzinfo is UTC:
                return found
            return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
        except Undecided:
            raise
        except (ValueError, OverflowError):
            message = f"“{short(cell)}” is not a date that can be read."
            raise NotADate(message) from None

    offset = "+00:00" if zone is UTC else ""  # parsed along, it costs a tenth of setting the zone afterwards
    combine, fromisoformat = datetime.combine, datetime.fromisoformat
    return moment


def _read_slowly(cell: str, day: Callable[[str], date]) -> datetime | None:
    text = " ".join(unicodedata.normalize("NFKC", cell).strip().lstrip("'").split())
    if not text:
        return None
    for half, written in _HALVES.items():
        text = written.sub(half, text)
    text = _WEEKDAY.sub("", text)
    if found := NUMBERS.match(text):
        on = day(found[0].rstrip("."))
    elif found := _CJK.match(text):
        on = date(int(found[1]), int(found[2]), int(found[3]))
    elif found := _DAY_MONTH.match(text):
        on = date(int(found[3]), _month(found[2]), int(found[1]))
    elif found := _MONTH_DAY.match(text):
        on = date(int(found[3]), _month(found[1]), int(found[2]))
    else:
        return _counted(text)
    return datetime.combine(on, _clock(_BEFORE_CLOCK.sub("", text[found.end() :])))


def _counted(text: str) -> datetime:
    """Read a spreadsheet's days since 1899 or the seconds (or milliseconds) since 1970."""
    if _SERIAL.fullmatch(text):
        return _SERIAL_FROM + timedelta(seconds=round(float(text.replace(",", ".")) * 86400))
    if found := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    raise ValueError(text)


def _month(name: str) -> int:
    if (number := MONTHS.get(key(name))) is None:
        raise ValueError(name)
    return number


def _numbered_day(text: str, order: DateOrder | None) -> date:
    found = NUMBERS.fullmatch(text.replace(" ", ""))
    if not found:
        raise ValueError(text)
    first, second, last = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == _YEAR_DIGITS:
        return date(first, second, last)
    year = last if len(found[4]) == _YEAR_DIGITS else _CENTURY + last
    if order is None and first != second and max(first, second) <= _NOON:
        message = f"“{text}” could begin with the day or with the month: say which with --dates."
        raise Undecided(message)
    day_first = order is DateOrder.DAY_FIRST or (order is None and first > _NOON)
    return date(year, second, first) if day_first else date(year, first, second)


@lru_cache(maxsize=_CLOCKS)
def _clock(text: str) -> time:
    """Read a time of day, with its zone where it names one; nothing at all is midnight."""
    if not text:
        return time()
    if len(text) in _PLAIN_CLOCKS and text[2] == ":" and text.replace(":", "").isdigit():
        return time.fromisoformat(text)
    found = _CLOCK.fullmatch(text.strip())
    if not found or not (found["minute"] or found["before"] or found["after"]):
        raise ValueError(text)
    hour, half = int(found["hour"]), (found["before"] or found["after"] or "").lower()
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    zone = zone_of(found["zone"].strip("() ")) if found["zone"] else None
    if found["zone"] and zone is None:
        raise ValueError(text)
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0), tzinfo=zone)
