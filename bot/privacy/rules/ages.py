"""How long something is kept, as people write it."""

import re

SHORTEST = 30
"""Days that what was said is kept at least: a wave that was closed early may be reopened within a week."""

_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_AGE = re.compile(r"(\d{1,4})\s*([dwmy])")


def days_in(age: str) -> int | None:
    """Read days, weeks, months of thirty days, or years; None where that is not what it says.

    >>> days_in("2y"), days_in("90d"), days_in("18m"), days_in("soon"), days_in("0d")
    (730, 90, 540, None, None)
    """
    found = _AGE.fullmatch(age.strip().casefold())
    return int(found[1]) * _DAYS[found[2]] or None if found else None
