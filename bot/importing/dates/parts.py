"""What stands in several cells written as one date: a clock behind its day; year, month and day."""

import re
from collections.abc import Sequence
from datetime import UTC, time

from bot.importing.cells.months import month_key, months
from bot.importing.cells.words import NO_WORDS
from bot.importing.dates.moment import NotADate, reader
from bot.importing.options import DateOrder

_HOURS = 24
_MONTHS = 12
_DAYS = 31
_WEEK = 7
_MANY = 20
_SECONDS_OF_DAY = 86_400

_MIDNIGHT = re.compile(r"[\sT](?:0?0:00(?::00(?:\.0{1,9})?)?|12:00(?::00)?\s?AM)$", re.IGNORECASE)
_FRACTION = re.compile(r"0?[.,]\d{1,20}|0[.,]?0{0,9}")
_NO_DAY = re.compile(
    r"^(?:\d{1,2}[./-]\d{1,2}[./-](?:1899|190[04])|(?:1899|190[04])-\d\d-\d\d|0 days)[T\s]+(?=\d)"
)
"""The day that spreadsheets and programs write before a clock that has none."""

_HOURS_MINUTES = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_SERIAL = re.compile(r"[2-8]\d{4}")
_POINT_NOTHING = re.compile(r"\.0+$")
_YEAR = re.compile(r"(?:19|20|25)\d\d")
_read = reader(DateOrder.DAY_FIRST, UTC, named=True)


def with_clock(day: str, clock: str) -> str:
    """Write the day with its clock; the day alone where there is no clock, nothing where there is no day.

    >>> with_clock("14/01/2025 00:00", "1899-12-31 14:05"), with_clock("14/01/2025", ".25"), with_clock("", "14:05")
    ('14/01/2025 14:05', '14/01/2025 06:00:00', '')
    """
    day = _MIDNIGHT.sub("", day.strip())
    at = clock_in(clock)
    if not at or not day or day.casefold() in NO_WORDS:
        return day
    if _SERIAL.fullmatch(day) and (counted := _read(day)):
        day = counted.date().isoformat()
    return f"{day} {at}"


def clock_in(cell: str) -> str:
    """Give the clock as people write it, without a day that means nothing and from a part of a day; blank for none."""
    text = _NO_DAY.sub("", cell.strip())
    if text.casefold() in NO_WORDS:
        return ""
    if _FRACTION.fullmatch(text):
        seconds = round(float(text.replace(",", ".")) * _SECONDS_OF_DAY) % _SECONDS_OF_DAY
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60).isoformat()
    found = _HOURS_MINUTES.fullmatch(text)
    return f"{found[1]}:{found[2]}" if found else text


def are_clocks(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are times of day. Where no hour has begun in any, they say how long something took."""
    clocks = [found for cell in cells if (found := _clock(cell))]
    return 10 * len(clocks) >= 9 * len(cells) > 0 and any(one.hour for one in clocks)


def _clock(cell: str) -> time | None:
    text = clock_in(cell)
    if not text or text.isdigit():
        return None
    try:
        at = _read(f"2024-01-15 {text}")
    except NotADate:
        return None
    return at.time() if at else None


def have_no_day(cells: Sequence[str]) -> bool:
    """Whether each cell has the day that spreadsheets write before a clock that has none."""
    return bool(cells) and all(_NO_DAY.match(cell.strip()) for cell in cells)


def are_days_alone(cells: Sequence[str]) -> bool:
    """Whether the dates have no clock, or midnight each."""
    return bool(cells) and all(map(_is_day, cells))


def _is_day(cell: str) -> bool:
    try:
        at = _read(cell)
    except NotADate:  # the month may come first
        return ":" not in _MIDNIGHT.sub("", cell.strip())
    return at is None or at.time() == time()


def of_parts(year: str, month: str, day: str) -> str:
    """Write the date of its parts; nothing where one is blank.

    >>> of_parts("2025", "januari", "14.0"), of_parts("2025", "1", "")
    ('2025-1-14', '')
    """
    parts = [_number(part) for part in (year, month, day)]
    if any(not part or part.casefold() in NO_WORDS for part in parts):
        return ""
    if not parts[1].isdigit():
        parts[1] = str(months().get(month_key(parts[1]), parts[1]))
    return "-".join(parts)


def of_hours(hour: str, minute: str) -> str:
    """Write the clock of its hour and minute; nothing where the hour is blank.

    >>> of_hours("9", "5.0")
    '09:05'
    """
    hour, minute = _number(hour), _number(minute) or "0"
    return f"{hour:0>2}:{minute:0>2}" if hour and hour.casefold() not in NO_WORDS else ""


def are_years(cells: Sequence[str]) -> bool:
    return _mostly(cells, [_YEAR.fullmatch(_number(cell)) is not None for cell in cells])


def are_months(cells: Sequence[str]) -> bool:
    """Whether the cells are months, by number or by name."""
    return _mostly(
        cells,
        [_is_below(cell, _MONTHS, first=1) or month_key(_number(cell)) in months() for cell in cells],
    )


def are_days_of_month(cells: Sequence[str]) -> bool:
    """Whether the cells are days of a month; many of them, and none above seven, are days of the week."""
    days = [_is_below(cell, _DAYS, first=1) for cell in cells]
    of_week = len(cells) >= _MANY and all(_is_below(cell, _WEEK) for cell in cells)
    return _mostly(cells, days) and not of_week


def are_hours(cells: Sequence[str]) -> bool:
    return _mostly(cells, [_is_below(cell, _HOURS - 1) for cell in cells])


def are_minutes(cells: Sequence[str]) -> bool:
    return _mostly(cells, [_is_below(cell, 59) for cell in cells])


def _mostly(cells: Sequence[str], fit: Sequence[bool]) -> bool:
    return 10 * sum(fit) >= 9 * len(cells) > 0


def _is_below(cell: str, most: int, first: int = 0) -> bool:
    number = _number(cell)
    return number.isdecimal() and len(number) < 3 and first <= int(number) <= most  # noqa: PLR2004 - two digits


def _number(cell: str) -> str:
    """Give a whole number without the point that programs write behind it where cells are blank."""
    return _POINT_NOTHING.sub("", cell.strip())
