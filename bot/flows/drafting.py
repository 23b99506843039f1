"""A survey as somebody wrote it, in Slack's form or on the command line, under the same rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from bot.ids import Field
from bot.rules.command import RESERVED
from bot.views.message import NAME_LENGTH
from bot.views.survey_form import MOST_WAVE_DAYS, FormError
from storage.tables import Kind


@dataclass(frozen=True)
class Draft:
    """A survey that keeps the rules, except that its name may be taken."""

    name: str
    subject: str
    kind: Kind
    channels: tuple[str, ...]
    people: tuple[str, ...]
    wave_days: int
    digest_channel: str
    digest_weekday: int
    digest_hour: int
    time_zone: str


class WrongDraft(Exception):  # noqa: N818 - shown beside the fields, as a form's errors are
    """What is wrong, field by field."""

    def __init__(self, errors: Mapping[Field, FormError]) -> None:
        super().__init__(", ".join(f"{field.value}: {error.value}" for field, error in errors.items()))
        self.errors = dict(errors)


def draft(written: Mapping[Field, Sequence[str]]) -> Draft:
    """Check what was written, a list of texts a field. Raises WrongDraft with every error at once."""
    name, subject = (
        " ".join(_one(written, Field.NAME).split()),
        " ".join(_one(written, Field.SUBJECT).split()),
    )
    channels, people = tuple(written.get(Field.CHANNELS, ())), tuple(written.get(Field.PEOPLE, ()))
    days, weekday, hour = (
        _number(written, field) for field in (Field.WAVE_DAYS, Field.DIGEST_WEEKDAY, Field.DIGEST_HOUR)
    )
    errors = {}
    if not name or len(name) > NAME_LENGTH:
        errors[Field.NAME] = FormError.NAME_MISSING
    elif name.split()[0].casefold() in RESERVED:
        errors[Field.NAME] = FormError.NAME_RESERVED
    if not subject or len(subject) > NAME_LENGTH:
        errors[Field.SUBJECT] = FormError.SUBJECT_MISSING
    if not channels and not people:
        errors[Field.CHANNELS] = FormError.AUDIENCE_MISSING
    if days is None or not 1 <= days <= MOST_WAVE_DAYS:
        errors[Field.WAVE_DAYS] = FormError.WAVE_DAYS_OUT_OF_RANGE
    if _one(written, Field.TIME_ZONE) not in _time_zones():
        errors[Field.TIME_ZONE] = FormError.TIME_ZONE_UNKNOWN
    if errors:
        raise WrongDraft(errors)
    assert days is not None  # noqa: S101 - an error above otherwise
    return Draft(
        name=name,
        subject=subject,
        kind=Kind(_one(written, Field.KIND)),
        channels=channels,
        people=people,
        wave_days=days,
        digest_channel=_one(written, Field.DIGEST_CHANNEL),
        digest_weekday=(weekday or 0) % 7,
        digest_hour=(hour or 0) % 24,
        time_zone=_one(written, Field.TIME_ZONE),
    )


def _one(written: Mapping[Field, Sequence[str]], field: Field) -> str:
    texts = written.get(field) or [""]
    return texts[0]


def _number(written: Mapping[Field, Sequence[str]], field: Field) -> int | None:
    try:
        return int(_one(written, field))
    except ValueError:
        return None


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
