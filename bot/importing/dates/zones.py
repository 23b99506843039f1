"""Time zones as exports write them."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Hours from UTC of the abbreviations that mean one thing; CST, IST and their like mean several and are not here.
_ABBREVIATIONS = {
    "Z": 0, "UTC": 0, "TU": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BRT": -3,
}  # fmt: skip
_OFFSET = re.compile(
    r"\(?(?:UTC|GMT)?\s?([+\u2212-])\s?(\d{1,2})(?::?(\d{2}))?\)?(?:\s[^\d:]*)?", re.IGNORECASE
)
_NAME = re.compile(r"[A-Za-z]\w*(?:/[A-Za-z][\w+-]*){1,2}", re.ASCII)
_LETTERS = re.compile(r"[A-Za-z]{2,6}|[A-Za-z]+(?: [A-Za-z]+){1,4}")
_HOURS = re.compile(r"([+-]?)(\d{1,2})(?:[.,](0|00|25|5|50|75))?")
_HOURS_OR_MINUTES = re.compile(r"[+\u2212-]?\d{3}")
_FARTHEST = 14
_LONGEST = 64
_BRACKETS = {")": "(", "]": "["}


@lru_cache(maxsize=1024)
def zone_of(text: str) -> tzinfo | None:
    """Read a zone's name, its abbreviation or its distance from UTC; None for anything else.

    >>> zone_of("GMT+5:30"), zone_of("Europe/Paris"), zone_of("soon")
    (datetime.timezone(datetime.timedelta(seconds=19800)), zoneinfo.ZoneInfo(key='Europe/Paris'), None)
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    hours = _ABBREVIATIONS.get(text.upper())
    if hours is not None:
        return timezone(timedelta(hours=hours)) if hours else UTC
    if found := _OFFSET.fullmatch(text):
        sign, whole, minutes = found.groups()
        distance = timedelta(hours=int(whole), minutes=int(minutes or 0))
        return timezone(distance if sign == "+" else -distance) if distance < timedelta(days=1) else None
    if not _NAME.fullmatch(text):
        return None
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_in_cell(text: str) -> tzinfo | None:
    """Read the zone of a row, of which its column says that it is one: there, bare hours are a distance from UTC.

    Of -300 nobody knows whether it is three hours, or minutes.

    >>> zone_in_cell("5.5"), zone_in_cell("-300")
    (datetime.timezone(datetime.timedelta(seconds=19800)), None)
    """
    text = text.strip()
    found = _HOURS.fullmatch(text)
    if found is None:
        return None if _HOURS_OR_MINUTES.fullmatch(text) else zone_of(text)
    sign, whole, part = found.groups()
    hours = float(f"{sign}{whole}.{part or 0}")
    return timezone(timedelta(hours=hours)) if abs(hours) <= _FARTHEST else None


def may_be_zone(text: str) -> bool:
    """Whether these may be a zone's letters, of which nobody can tell which zone is meant: CST, IST, Eastern Time."""
    return len(text) <= _LONGEST and _LETTERS.fullmatch(text) is not None


def in_brackets(name: str) -> tuple[str, str]:
    """Split a column's name from what stands in the brackets at its end.

    >>> in_brackets("Submit Date (UTC)"), in_brackets("Score")
    (('Submit Date', 'UTC'), ('Score', ''))
    """
    text = name.strip()
    opening = _BRACKETS.get(text[-1:])
    at = text.rfind(opening) if opening else -1
    return (text[:at].rstrip(), text[at + 1 : -1].strip()) if at > 0 else (name, "")


def zone_in_header(name: str) -> tuple[str, tzinfo | None]:
    """Split a column's name from the zone in brackets after it.

    >>> zone_in_header("Submit Date (UTC)")
    ('Submit Date', datetime.timezone.utc)
    """
    begun, inside = in_brackets(name)
    zone = zone_of(inside) if inside else None
    return (begun, zone) if zone else (name, None)
