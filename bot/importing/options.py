"""What the operator may decide about a file; whatever is left open is read from the file itself."""

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum


class Format(StrEnum):
    """Who wrote the file."""

    SURVEYMONKEY = "surveymonkey"
    GOOGLE_FORMS = "google-forms"
    TYPEFORM = "typeform"
    QUALTRICS = "qualtrics"
    DELIGHTED = "delighted"
    CSV = "csv"


class DateOrder(StrEnum):
    """What comes first in a date such as 03/04/2024."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class Options:
    """None leaves the decision to the file.

    `score_column` is a column's name or its number from 1. `time_zone` is that of times which name none; without
    it they are UTC. `driver_labels` are the choices of the reasons question in their order: they name choices that
    the file gives as numbers, and split joined choices that contain the separator. `keep_all` keeps previews and
    unfinished answers.
    """

    format: Format | None = None
    score_column: str | None = None
    dates: DateOrder | None = None
    time_zone: tzinfo | None = None
    encoding: str | None = None
    driver_labels: tuple[str, ...] = ()
    keep_all: bool = False
