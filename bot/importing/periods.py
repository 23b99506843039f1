"""Which wave an imported answer belongs to, by its date."""

import re
from datetime import datetime
from enum import StrEnum
from functools import cache

EVERYTHING = "Imported"

_NUMBER_OF_ASKED = re.compile(r"[1-9]\d{0,2}", re.ASCII)  # 2024 is a year, and a label


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


def own_label(wave: str) -> str:
    """Give the label of the wave that our own export calls so: a number is that of one asked in Slack.

    >>> own_label("2"), own_label("2024"), own_label("2024-Q1")
    ('Wave 2', '2024', '2024-Q1')
    """
    return f"Wave {wave}" if _NUMBER_OF_ASKED.fullmatch(wave) else wave
