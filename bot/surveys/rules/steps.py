"""The form's three steps: which fields stand in each, which of them bring others, and what counts of what was typed."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

from bot.ids import Field
from storage.words import FollowUp, Kind, Rhythm

OWN_WORDS, LANGUAGES, REASONS = "question", "languages", "reasons"
MORE = (OWN_WORDS, LANGUAGES, REASONS)
PEOPLE, CHANNEL = "people", "channel"
ASKS = (PEOPLE, CHANNEL)
ANONYMOUS, NAMED = "anonymous", "named"

Written = Mapping[Field, Sequence[str]]


class FormStep(IntEnum):
    """One page of the form."""

    WHAT = 1
    WHO = 2
    NEWS = 3


_WORDED = {Field.QUESTION, Field.QUESTION_EN, Field.QUESTION_FR}
_TRANSLATED = {Field.SUBJECT_EN, Field.SUBJECT_FR, Field.QUESTION_EN, Field.QUESTION_FR}
_PEOPLE = {Field.CHANNELS, Field.USER_GROUPS, Field.PEOPLE, Field.WHOLE}
FIELDS = {
    FormStep.WHAT: frozenset(
        {Field.NAME, Field.SUBJECT, Field.LANGUAGE, Field.KIND, Field.MORE, Field.REASONS, Field.ANONYMITY}
        | _WORDED
        | _TRANSLATED
    ),
    FormStep.WHO: frozenset(
        {
            Field.ASKS,
            Field.OPEN_CHANNEL,
            Field.RHYTHM,
            Field.EVERY_WEEKS,
            Field.WAVE_DAYS,
            Field.REMINDERS,
        }
        | _PEOPLE
    ),
    FormStep.NEWS: frozenset(
        {
            Field.DIGEST_CHANNEL,
            Field.RESULT,
            Field.DIGEST_COMMENTS,
            Field.DIGEST_WEEKDAY,
            Field.DIGEST_HOUR,
            Field.TIME_ZONE,
            Field.KEEP,
            Field.FOLLOW_UP_CHANNEL,
            Field.FOLLOW_UP_WITH,
            Field.LINKS,
            Field.MINIMUM,
        }
    ),
}
CHOICES = (
    Field.KIND,
    Field.LANGUAGE,
    Field.MORE,
    Field.ASKS,
    Field.RHYTHM,
    Field.DIGEST_CHANNEL,
    Field.FOLLOW_UP_CHANNEL,
)
"""Other fields come and go with these."""


def step_of(field: Field) -> FormStep:
    """Return the step in which a field stands."""
    return next(step for step, fields in FIELDS.items() if field in fields)


def in_sight(field: Field, written: Written) -> Field:
    """Return the field; where the form does not show it, the field of the audience that stands in its place."""
    is_open = _first(written, Field.ASKS) == CHANNEL
    if field is Field.OPEN_CHANNEL and not is_open:
        return Field.ASKS
    return Field.OPEN_CHANNEL if field is Field.CHANNELS and is_open else field


def new_form(language: str, time_zone: str) -> dict[Field, list[str]]:
    """Fill in a new form with what most want."""
    return {
        Field.KIND: [Kind.EMPLOYEES],
        Field.LANGUAGE: [language],
        Field.ASKS: [PEOPLE],
        Field.RHYTHM: [Rhythm.ONCE],
        Field.EVERY_WEEKS: ["4"],
        Field.WAVE_DAYS: ["14"],
        Field.REMINDERS: ["1"],
        Field.DIGEST_WEEKDAY: ["0"],
        Field.DIGEST_HOUR: ["9"],
        Field.RESULT: ["digest"],
        Field.KEEP: ["0"],
        Field.FOLLOW_UP_WITH: [FollowUp.DETRACTORS],
        Field.TIME_ZONE: [time_zone],
    }


def anonymity(written: Written, *, can_seal: bool) -> str:
    """Say how people answer: as was chosen; else employees anonymously, where the app can seal what they say.

    One open question in a channel is never anonymous, unless somebody chose so: then the form says that it cannot be.
    """
    if chosen := _first(written, Field.ANONYMITY):
        return chosen
    of_employees = _first(written, Field.KIND) == Kind.EMPLOYEES
    is_usual = of_employees and can_seal and _first(written, Field.ASKS) != CHANNEL
    return ANONYMOUS if is_usual else NAMED


def as_shown(written: Written, *, can_seal: bool) -> dict[Field, Sequence[str]]:
    """Leave out what was typed into fields that the choices made since do not show."""
    more, asks = written.get(Field.MORE, ()), _first(written, Field.ASKS) or PEOPLE
    rhythm = _first(written, Field.RHYTHM) or Rhythm.ONCE
    hidden = _PEOPLE if asks == CHANNEL else {Field.OPEN_CHANNEL}
    hidden = (
        hidden | (set() if OWN_WORDS in more else _WORDED) | (set() if LANGUAGES in more else _TRANSLATED)
    )
    how = anonymity(written, can_seal=can_seal)
    if how == ANONYMOUS:
        hidden |= {Field.FOLLOW_UP_CHANNEL, Field.LINKS}
    if how == ANONYMOUS or not _first(written, Field.DIGEST_CHANNEL):
        hidden |= {Field.DIGEST_COMMENTS}
    said = {field: [] if field in hidden else texts for field, texts in written.items()}
    said[Field.ANONYMITY] = [how]
    said[Field.MINIMUM] = [_first(written, Field.MINIMUM) or "0"]  # cleared, it is the usual number
    said[Field.REASONS] = written.get(Field.REASONS, ()) if REASONS in more else ()
    if rhythm == Rhythm.CONTINUOUS:
        said[Field.WAVE_DAYS] = ["14"]  # it lasts a calendar month, whatever was typed before
    if rhythm != Rhythm.WEEKS:
        said[Field.EVERY_WEEKS] = []
    return said


def _first(written: Written, field: Field) -> str:
    return next(iter(written.get(field, ())), "")
