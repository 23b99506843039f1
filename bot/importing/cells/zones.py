"""Time zones as exports write them."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Hours from UTC of the abbreviations that mean one thing; CST, IST and their like mean several and are not here.
_ABBREVIATIONS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BRT": -3,
}  # fmt: skip
_OFFSET = re.compile(
    r"\(?(?:UTC|GMT)?\s*([+\u2212-])\s*(\d{1,2})(?::?(\d{2}))?\)?(?:\s+[^\d:]*)?", re.IGNORECASE
)
_IN_HEADER = re.compile(r"\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")


@lru_cache(maxsize=1024)
def zone_of(text: str) -> tzinfo | None:
    """Read a zone's name, its abbreviation or its distance from UTC; None for anything else.

    >>> zone_of("GMT+5:30"), zone_of("Europe/Paris"), zone_of("soon")
    (datetime.timezone(datetime.timedelta(seconds=19800)), zoneinfo.ZoneInfo(key='Europe/Paris'), None)
    """
    text = text.strip()
    hours = _ABBREVIATIONS.get(text.upper())
    if hours is not None:
        return timezone(timedelta(hours=hours)) if hours else UTC
    if found := _OFFSET.fullmatch(text):
        sign, whole, minutes = found.groups()
        distance = timedelta(hours=int(whole), minutes=int(minutes or 0))
        return timezone(distance if sign == "+" else -distance) if distance < timedelta(days=1) else None
    if "/" not in text:
        return None
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_in_header(name: str) -> tuple[str, tzinfo | None]:
    """Split a column's name from the zone in parentheses after it.

    >>> zone_in_header("Submit Date (UTC)")
    ('Submit Date', datetime.timezone.utc)
    """
    found = _IN_HEADER.search(name)
    zone = zone_of(found[1]) if found else None
    return (name[: found.start()], zone) if found and zone else (name, None)
