"""Which wave an imported answer belongs to, by its date."""

from datetime import datetime
from enum import StrEnum
from functools import cache

EVERYTHING = "Imported"


class Period(StrEnum):
    """How long a wave of imported answers lasts."""

    MONTH = "month"
    QUARTER = "quarter"
    ALL = "all"


def label_of(period: Period, at: datetime | None) -> str | None:
    """Give the label of the wave that an answer at this moment belongs to, alike in every language; None for none.

    >>> label_of(Period.QUARTER, datetime(2024, 10, 14)), label_of(Period.MONTH, datetime(2024, 10, 14))
    ('2024-Q4', '2024-10')
    """
    if period is Period.ALL:
        return EVERYTHING
    return None if at is None else _label_of_month(period, at.year, at.month)


@cache
def _label_of_month(period: Period, year: int, month: int) -> str:
    return f"{year}-Q{(month + 2) // 3}" if period is Period.QUARTER else f"{year}-{month:02}"
