"""What the operator may decide about a file; whatever is left open is read from the file itself."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum


class Format(StrEnum):
    """Who wrote the file."""

    SURVEYMONKEY = "surveymonkey"
    GOOGLE_FORMS = "google-forms"
    TYPEFORM = "typeform"
    QUALTRICS = "qualtrics"
    DELIGHTED = "delighted"
    LIMESURVEY = "limesurvey"
    NPS_BOT = "nps-bot"
    CSV = "csv"


class DateOrder(StrEnum):
    """What comes first in a date such as 03/04/2024, or 25-01-14."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    YEAR_FIRST = "year-first"


@dataclass(frozen=True, slots=True)
class Options:
    """None leaves the decision to the file.

    A column is named by its header, its number from 1 or its letter; "none" leaves that kind out. `time_zone` is that
    of times which name none, and `day_zone` that in which a day without a clock begins: the survey's own. Without them
    both are UTC. `now` tells what lies in the future; without it nothing does. `driver_labels` are the choices of the
    reasons question in their order: they name choices that the file gives as numbers, and split joined choices that
    contain the separator. `keep_all` keeps previews and unfinished answers. `any_scale` takes scores as they are,
    though they look like another scale's. `days_swapped` tells whether a spreadsheet took days for months. With `ids_repeat` the ids are persons' and not rows'. `table` says which of several files in an archive, or sheets, is meant.
    """

    format: Format | None = None
    score_column: str | None = None
    date_column: str | None = None
    comment_columns: tuple[str, ...] = ()
    reason_column: str | None = None
    id_column: str | None = None
    person_column: str | None = None
    properties: tuple[str, ...] = ()
    count_column: str | None = None
    dates: DateOrder | None = None
    time_zone: tzinfo | None = None
    day_zone: tzinfo | None = None
    now: datetime | None = None
    encoding: str | None = None
    driver_labels: tuple[str, ...] = ()
    keep_all: bool = False
    any_scale: bool = False
    days_swapped: bool | None = None
    ids_repeat: bool = False
    table: str | None = None
