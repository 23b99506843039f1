"""One cell's moment, however the service wrote it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from bot.importing.cells.months import is_thai, month_key, months
from bot.importing.cells.words import NO_DATE
from bot.importing.dates import forms
from bot.importing.dates.zones import may_be_zone, zone_of
from bot.importing.errors import short
from bot.importing.options import DateOrder

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""What lies before is no moment of an answer but a program's nothing: 1900, 1970, and LimeSurvey's 1980."""

_PLAIN_ISO = len("2024-10-14 09:10:00")
_PLAIN_DAY = len("2024-10-14")
_PLAIN_CLOCKS = {len("09:10"), len("09:10:00")}
_CENTURY = 2000
_YEAR_DIGITS = 4
_BUDDHIST = 543  # so many years before ours begin those of Thailand
BUDDHIST_FROM = 2500
_BUDDHIST_CENTURY = 2500
_NOON = 12
_LONGEST = 120
_DAYS = 1 << 12  # how many are remembered: days and times of day repeat in a column
_CLOCKS = 1 << 17

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))  # from which side the text is read
_FORMS = (
    forms.CJK, forms.COMPACT, forms.DAY_MONTH, forms.MONTH_DAY, forms.YEAR_MONTH, forms.DAY_VIETNAMESE, forms.YEAR_DAY,
    forms.DAY_THAI, forms.DAY_MONTH_TIGHT,
)  # fmt: skip

Moment = Callable[[str], datetime | None]


class NotADate(ValueError):  # noqa: N818
    """The message is a sentence."""


class Undecided(NotADate):
    """Whether the day or the month comes first is not known."""


class UnknownZone(NotADate):
    """The cell names its zone by letters that mean several, or none known here."""

    def __init__(self, letters: str) -> None:
        super().__init__(f"“{short(letters)}” may mean several time zones: say which with --time-zone.")
        self.letters = letters


def reader(  # noqa: C901, PLR0913 - the ways from fast to slow, and what decides among them
    order: DateOrder | None,
    zone: tzinfo,
    *,
    days: tzinfo | None = None,
    latest: datetime | None = None,
    named: bool = False,
    as_written: bool = False,
) -> Moment:
    """Give the function from a cell to its moment in UTC, None for a blank cell; it raises NotADate.

    `order` reads 03/04/2024; `zone` is that of times which name none. A day without a clock begins in the zone `days`,
    by default the same. What lies after `latest` is refused. Where the operator `named` the zone, it is also meant by
    letters such as CST. With `as_written` the clock stays as the cell has it, whatever zone stands beside it.

    >>> reader(DateOrder.DAY_FIRST, UTC)("14/10/2024 9:10:05 p.m. GMT+2")
    datetime.datetime(2024, 10, 14, 19, 10, 5, tzinfo=datetime.timezone.utc)
    """
    days = days or zone
    day = lru_cache(maxsize=_DAYS)(lambda text: _numbered_day(text, order))
    slowly = lru_cache(maxsize=_DAYS)(lambda text: _slowly(text, day))

    def in_zone(letters: str) -> tzinfo:
        if found := zone_of(letters):
            return found
        if named and may_be_zone(letters):
            return zone
        raise UnknownZone(letters) if may_be_zone(letters) else ValueError(letters)

    def placed(on: date, clock: time | None, letters: str) -> datetime:
        if clock is None:
            return combine(on, midnight, days)
        return combine(on, clock, in_zone(letters) if letters else zone)

    def in_utc(at: datetime) -> datetime:
        if as_written:
            return at.replace(tzinfo=UTC)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)

    def read(cell: str) -> datetime | None:
        if len(cell) == _PLAIN_ISO and cell[4] == "-":
            return fromisoformat(cell + offset)
        if len(cell) == _PLAIN_DAY and cell[4] == "-":
            return combine(date.fromisoformat(cell), midnight, days)
        if cell[10:11] == "T":
            return fromisoformat(cell)
        begin, _, rest = cell.partition(" ")
        return placed(day(begin), *(_clock(rest) if rest else (None, "")))

    def moment(cell: str) -> datetime | None:
        try:
            found: datetime | None
            try:
                found = read(cell)
            except NotADate:
                raise
            except ValueError:
                parts = slowly(cell)
                if parts is None:
                    return None
                found = parts if isinstance(parts, datetime) else placed(*parts)
            assert found is not None  # noqa: S101 - a cell that is read has a moment
            if found.year >= BUDDHIST_FROM:
                found = found.replace(year=found.year - _BUDDHIST)
            if found.tzinfo is not UTC:
                found = in_utc(found)
        except NotADate:
            raise
        except (ValueError, OverflowError):
            message = f"“{short(cell)}” is not a date that can be read."
            raise NotADate(message) from None
        if found < EARLIEST:
            message = f"“{short(cell)}” is too long ago to be the date of an answer."
            raise NotADate(message)
        if latest and found > latest:
            message = f"“{short(cell)}” lies in the future; no answer can have come then."
            raise NotADate(message)
        return found

    offset = "+00:00" if zone is UTC else ""  # parsed along, it costs a tenth of setting the zone afterwards
    combine, fromisoformat, midnight = datetime.combine, datetime.fromisoformat, time()
    return moment


def _slowly(cell: str, day: Callable[[str], date]) -> tuple[date, time | None, str] | datetime | None:
    """Give day, clock and the zone's letters; a moment where the cell counts from a day of its own; None when blank."""
    if len(cell) > _LONGEST:
        raise ValueError(cell)
    text = " ".join(unicodedata.normalize("NFKC", cell).translate(_MARKS).strip().lstrip("'").split())
    if not text or text.casefold() in NO_DATE:
        return None
    text = forms.ZONE_NAME.sub("", text)
    for half, written in forms.HALVES.items():
        text = written.sub(half, text)
    text = forms.JAPANESE_YEAR.sub(_year_of_era, text)
    text = forms.YEAR_BEFORE_CLOCK.sub(" ", text)
    text = forms.CLOCK_IN_WORDS.sub(_clock_in_digits, text)
    if found := forms.CLOCK_FIRST.fullmatch(text):
        text = f"{found['rest']} {found['clock']}"
    begun = _begun(text, day) or _begun(forms.WEEKDAY.sub("", forms.WEEKDAY_THAI.sub("", text)), day)
    if begun is None:
        return _counted(text)
    on, rest = begun
    rest = forms.BEFORE_CLOCK.sub("", rest)
    return (on, *_clock(rest)) if rest else (on, None, "")


def _year_of_era(found: re.Match[str]) -> str:
    year = 1 if found["year"] == "元" else int(found["year"])
    return str(forms.JAPANESE_ERAS[found["era"]] + year)


def _clock_in_digits(found: re.Match[str]) -> str:
    return ":".join(part.zfill(2) for part in found.groups() if part)


def _begun(text: str, day: Callable[[str], date]) -> tuple[date, str] | None:
    """Read the day at the beginning of the text, and give what follows it."""
    if found := forms.NUMBERS.match(text):
        return day(found[0].rstrip(".")), text[found.end() :]
    if found := forms.ASCTIME.fullmatch(text):
        return _day(found["year"], found["month"], found["day"]), f" {found['clock']} {found['zone'] or ''}"
    for form in _FORMS:
        if (found := form.match(text)) and (
            found["month"].isdigit() or month_key(found["month"]) in months()
        ):
            return _day(found["year"], found["month"], found["day"]), text[found.end() :]
    return None


def _day(year: str, month: str, day: str) -> date:
    number = int(month) if month.isdigit() else months()[month_key(month)]
    return date(_year(year, thai=is_thai(month)), number, int(day))


def _year(written: str, *, thai: bool = False) -> int:
    """Give the year, also of one counted from the Buddha: 2568, or 68 beside a Thai month, is 2025."""
    year = int(written)
    if len(written) < _YEAR_DIGITS:
        year += _BUDDHIST_CENTURY if thai and year >= _BUDDHIST % 100 else _CENTURY
    return year - _BUDDHIST if year >= BUDDHIST_FROM else year


def _counted(text: str) -> tuple[date, time | None, str] | datetime:
    """Read a spreadsheet's days since 1899, or the seconds (milliseconds, microseconds) since 1970."""
    if forms.SERIAL.fullmatch(text):
        at = forms.SERIAL_FROM + timedelta(seconds=round(float(text.replace(",", ".")) * 86400))
        return at.date(), at.time() if not text.isdigit() else None, ""
    if found := forms.EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    raise ValueError(text)


def _numbered_day(text: str, order: DateOrder | None) -> date:
    found = forms.NUMBERS.fullmatch(text.replace(" ", ""))
    if not found:
        raise ValueError(text)
    first, second, last = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == _YEAR_DIGITS:
        return date(_year(found[1]), second, last)
    if order is DateOrder.YEAR_FIRST and len(found[1]) == len(found[4]):
        return date(_CENTURY + first, second, last)
    year = _year(found[4])
    if order is None and first != second and max(first, second) <= _NOON:
        message = f"“{text}” could begin with the day or with the month: say which with --dates."
        raise Undecided(message)
    day_first = order is DateOrder.DAY_FIRST or (order is None and first > _NOON)
    return date(year, second, first) if day_first else date(year, first, second)


@lru_cache(maxsize=_CLOCKS)
def _clock(text: str) -> tuple[time, str]:
    """Read a time of day, and the letters of its zone where it names one."""
    if len(text) in _PLAIN_CLOCKS and text[2] == ":" and text.replace(":", "").isdigit():
        return time.fromisoformat(text), ""
    found = forms.CLOCK.fullmatch(text.strip())
    if not found or not (found["minute"] or found["before"] or found["after"]):
        raise ValueError(text)
    hour, half = int(found["hour"]), (found["before"] or found["after"] or "").lower()
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    zone = (found["zone"] or "").strip()
    if zone and any(half.search(text) for half in forms.HALVES.values()):
        raise ValueError(text)
    if not zone_of(zone):
        zone = zone.strip("() ")
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0)), zone
