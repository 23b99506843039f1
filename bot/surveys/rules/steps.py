"""The form's three steps: which fields stand in each, which of them bring others, and what counts of what was typed."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

from bot.ids import Field
from storage.words import Kind, Rhythm

OWN_WORDS, LANGUAGES, REASONS = "question", "languages", "reasons"
MORE = (OWN_WORDS, LANGUAGES, REASONS)
PEOPLE, CHANNEL = "people", "channel"
ASKS = (PEOPLE, CHANNEL)

Written = Mapping[Field, Sequence[str]]


class Step(IntEnum):
    """One page of the form."""

    WHAT = 1
    WHO = 2
    NEWS = 3


_WORDED = {Field.QUESTION, Field.QUESTION_EN, Field.QUESTION_FR}
_TRANSLATED = {Field.SUBJECT_EN, Field.SUBJECT_FR, Field.QUESTION_EN, Field.QUESTION_FR}
_PEOPLE = {Field.CHANNELS, Field.USER_GROUPS, Field.PEOPLE, Field.WHOLE}
FIELDS = {
    Step.WHAT: frozenset(
        {Field.NAME, Field.SUBJECT, Field.LANGUAGE, Field.KIND, Field.MORE, Field.REASONS}
        | _WORDED
        | _TRANSLATED
    ),
    Step.WHO: frozenset(
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
    Step.NEWS: frozenset(
        {
            Field.DIGEST_CHANNEL,
            Field.RESULT,
            Field.DIGEST_WEEKDAY,
            Field.DIGEST_HOUR,
            Field.TIME_ZONE,
            Field.KEEP,
        }
    ),
}
CHOICES = (Field.KIND, Field.LANGUAGE, Field.MORE, Field.ASKS, Field.RHYTHM, Field.DIGEST_CHANNEL)
"""Other fields come and go with these."""


def step_of(field: Field) -> Step:
    """Return the step in which a field stands."""
    return next(step for step, fields in FIELDS.items() if field in fields)


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
        Field.TIME_ZONE: [time_zone],
    }


def as_shown(written: Written) -> dict[Field, Sequence[str]]:
    """Leave out what was typed into fields that the choices made since do not show."""
    more, asks = written.get(Field.MORE, ()), (written.get(Field.ASKS) or [PEOPLE])[0]
    rhythm = (written.get(Field.RHYTHM) or [Rhythm.ONCE])[0]
    hidden = _PEOPLE if asks == CHANNEL else {Field.OPEN_CHANNEL}
    hidden = (
        hidden | (set() if OWN_WORDS in more else _WORDED) | (set() if LANGUAGES in more else _TRANSLATED)
    )
    said = {field: [] if field in hidden else texts for field, texts in written.items()}
    said[Field.REASONS] = written.get(Field.REASONS, ()) if REASONS in more else ()
    if rhythm == Rhythm.CONTINUOUS:
        said[Field.WAVE_DAYS] = ["14"]  # it lasts a calendar month, whatever was typed before
    if rhythm != Rhythm.WEEKS:
        said[Field.EVERY_WEEKS] = []
    return said
