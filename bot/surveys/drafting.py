"""A survey as somebody wrote it, in Slack's form or on the command line, under the same rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from bot.ids import Field
from bot.kit.rules.command import RESERVED
from bot.surveys.rules.limits import longest_wave
from bot.surveys.rules.links import WrongLinks, links
from bot.surveys.rules.steps import ANONYMOUS
from bot.surveys.views.form_errors import FormError
from bot.wording import DEFAULT_LANGUAGE
from scoring.disclosure import LOWEST_MINIMUM_WHEN_ANONYMOUS, MINIMUM_ANSWERS, lowest_minimum
from storage.audience import Audience
from storage.question import ANY_LANGUAGE, QUESTION_LENGTH, Offered, QuestionText, Wording
from storage.words import (
    MOST_MINIMUM,
    MOST_REMINDERS,
    MOST_WAVE_DAYS,
    MOST_WEEKS,
    NAME_LENGTH,
    FollowUp,
    Kind,
    Rhythm,
)

# In which field each language has its subject and its question, where it is not the survey's own.
OTHERS = {
    "en": (Field.SUBJECT_EN, Field.QUESTION_EN),
    "fr": (Field.SUBJECT_FR, Field.QUESTION_FR),
}
RESULT_AT_CLOSING, RESULT_WITH_DIGEST = "closing", "digest"


@dataclass(frozen=True)
class SurveyDraft:
    """A survey that keeps the rules, except that its name may be taken."""

    name: str
    subject: str
    wording: Wording | None
    kind: Kind
    audience: Audience
    rhythm: Rhythm
    every_weeks: int
    reminders: int
    wave_days: int
    digest_channel: str | None
    digest_weekday: int
    digest_hour: int
    time_zone: str
    result_at_closing: bool = False
    follow_up_channel: str | None = None
    follow_up_with: FollowUp = FollowUp.DETRACTORS
    reasons: tuple[str, ...] | None = None
    """A line each; None leaves them as they are."""
    keep_days: int | None = None
    is_anonymous: bool = False
    minimum: int | None = None
    """0 is the usual number; None leaves it as it is."""
    links: tuple[Offered, ...] | None = None
    """What promoters are offered; None leaves them as they are."""
    digest_comments: bool | None = None
    """None leaves it as it is."""


class WrongDraft(Exception):  # noqa: N818 - shown beside the fields, as a form's errors are
    """What is wrong, field by field; `longest_wave` is how many days one may be open."""

    def __init__(self, errors: Mapping[Field, FormError], longest_wave: int = MOST_WAVE_DAYS) -> None:
        super().__init__(", ".join(f"{field.value}: {error.value}" for field, error in errors.items()))
        self.errors = dict(errors)
        self.longest_wave = longest_wave


def draft(written: Mapping[Field, Sequence[str]]) -> SurveyDraft:
    """Check what was written, a list of texts a field. Raises WrongDraft with every error at once."""
    name, subject = _line(written, Field.NAME), _line(written, Field.SUBJECT)
    audience = _audience(written)
    days, weekday, hour = (
        _number(written, field) for field in (Field.WAVE_DAYS, Field.DIGEST_WEEKDAY, Field.DIGEST_HOUR)
    )
    rhythm, weeks = Rhythm(_one(written, Field.RHYTHM) or Rhythm.ONCE), _number(written, Field.EVERY_WEEKS)
    longest = longest_wave(rhythm, weeks)
    errors = dict[Field, FormError]()
    if not name or len(name) > NAME_LENGTH:
        errors[Field.NAME] = FormError.NAME_MISSING
    elif name.split()[0].casefold() in RESERVED:
        errors[Field.NAME] = FormError.NAME_RESERVED
    if not subject or len(subject) > NAME_LENGTH:
        errors[Field.SUBJECT] = FormError.SUBJECT_MISSING
    is_anonymous = _one(written, Field.ANONYMITY) == ANONYMOUS
    errors |= _too_long(written)
    errors |= _errors_of(audience)
    errors |= _impossible(written) if is_anonymous else {}
    errors |= _wrong_minimum(written, is_anonymous=is_anonymous)
    offered, wrong_links = _links(written)
    errors |= wrong_links
    if rhythm is Rhythm.WEEKS and (weeks is None or not 1 <= weeks <= MOST_WEEKS):
        errors[Field.EVERY_WEEKS] = FormError.EVERY_WEEKS_OUT_OF_RANGE
    if days is None or not 1 <= days <= MOST_WAVE_DAYS:
        errors[Field.WAVE_DAYS] = FormError.WAVE_DAYS_OUT_OF_RANGE
    elif days > longest:
        errors[Field.WAVE_DAYS] = FormError.WAVE_LONGER_THAN_RHYTHM
    if _one(written, Field.TIME_ZONE) not in _time_zones():
        errors[Field.TIME_ZONE] = FormError.TIME_ZONE_UNKNOWN
    if errors:
        raise WrongDraft(errors, longest)
    assert days is not None  # noqa: S101 - an error above otherwise
    return SurveyDraft(
        name=name,
        subject=subject,
        wording=_wording(written),
        kind=Kind(_one(written, Field.KIND)),
        audience=audience,
        rhythm=rhythm,
        every_weeks=weeks or 1,
        reminders=min(max(_number(written, Field.REMINDERS) or 0, 0), MOST_REMINDERS),
        wave_days=days,
        digest_channel=_one(written, Field.DIGEST_CHANNEL) or None,
        digest_weekday=(weekday or 0) % 7,
        digest_hour=(hour or 0) % 24,
        time_zone=_one(written, Field.TIME_ZONE),
        result_at_closing=_one(written, Field.RESULT) == RESULT_AT_CLOSING,
        follow_up_channel=_one(written, Field.FOLLOW_UP_CHANNEL) or None,
        follow_up_with=FollowUp(_one(written, Field.FOLLOW_UP_WITH) or FollowUp.DETRACTORS),
        reasons=tuple(written[Field.REASONS]) if Field.REASONS in written else None,
        links=offered,
        is_anonymous=is_anonymous,
        keep_days=_number(written, Field.KEEP) or None,
        minimum=_number(written, Field.MINIMUM),
        digest_comments=bool(_one(written, Field.DIGEST_COMMENTS))
        if Field.DIGEST_COMMENTS in written
        else None,
    )


def _impossible(written: Mapping[Field, Sequence[str]]) -> dict[Field, FormError]:
    """Name what an anonymous survey cannot have."""
    named_only = {
        Field.OPEN_CHANNEL: FormError.ANONYMOUS_IN_A_CHANNEL,
        Field.FOLLOW_UP_CHANNEL: FormError.ANONYMOUS_AND_FOLLOWED_UP,
        Field.DIGEST_COMMENTS: FormError.ANONYMOUS_AND_QUOTED,
        Field.LINKS: FormError.ANONYMOUS_AND_LINKS,
    }
    return {field: error for field, error in named_only.items() if _one(written, field)}


def _links(
    written: Mapping[Field, Sequence[str]],
) -> tuple[tuple[Offered, ...] | None, dict[Field, FormError]]:
    """Read the links for promoters; None where nothing is said of them."""
    if Field.LINKS not in written:
        return None, {}
    own = _line(written, Field.LANGUAGE) or ANY_LANGUAGE
    try:
        return links(written[Field.LINKS], DEFAULT_LANGUAGE if own == ANY_LANGUAGE else own), {}
    except WrongLinks as wrong:
        return None, {Field.LINKS: FormError(f"links_{wrong}")}


def _wrong_minimum(written: Mapping[Field, Sequence[str]], *, is_anonymous: bool) -> dict[Field, FormError]:
    """Say from how many answers on a result may show; nothing written is as before, 0 the usual number."""
    said = _line(written, Field.MINIMUM)
    customers = _one(written, Field.KIND) == Kind.CUSTOMERS
    lowest = max(1, lowest_minimum(anonymous=is_anonymous, customers=customers))
    minimum = _number(written, Field.MINIMUM)
    if not said or minimum == 0 or (minimum is not None and lowest <= minimum <= MOST_MINIMUM):
        return {}
    return {
        Field.MINIMUM: {
            LOWEST_MINIMUM_WHEN_ANONYMOUS: FormError.MINIMUM_WHEN_ANONYMOUS,
            MINIMUM_ANSWERS: FormError.MINIMUM_OF_EMPLOYEES,
        }.get(lowest, FormError.MINIMUM_OUT_OF_RANGE)
    }


def _wording(written: Mapping[Field, Sequence[str]]) -> Wording | None:
    """Read the question's own words and other languages; None where it is called the same in all, and has neither."""
    own = _line(written, Field.LANGUAGE) or ANY_LANGUAGE
    others = {
        language: QuestionText(*(_line(written, field) for field in fields))
        for language, fields in OTHERS.items()
        if language != own
    }
    said = tuple((language, told) for language, told in others.items() if told != QuestionText())
    wording = Wording(own, _line(written, Field.QUESTION), said)
    return None if wording == Wording(ANY_LANGUAGE) else wording


def _too_long(written: Mapping[Field, Sequence[str]]) -> dict[Field, FormError]:
    subjects, questions = zip(*OTHERS.values(), strict=True)
    return {
        field: error
        for fields, most, error in (
            (subjects, NAME_LENGTH, FormError.SUBJECT_TOO_LONG),
            ((Field.QUESTION, *questions), QUESTION_LENGTH, FormError.QUESTION_TOO_LONG),
        )
        for field in fields
        if len(_line(written, field)) > most
    }


def _audience(written: Mapping[Field, Sequence[str]]) -> Audience:
    whole = written.get(Field.WHOLE, ())
    return Audience(
        channels=tuple(written.get(Field.CHANNELS, ())),
        user_groups=tuple(written.get(Field.USER_GROUPS, ())),
        people=tuple(written.get(Field.PEOPLE, ())),
        everyone="everyone" in whole,
        guests="guests" in whole,
        open_channel=_one(written, Field.OPEN_CHANNEL) or None,
    )


def _errors_of(audience: Audience) -> dict[Field, FormError]:
    if audience.asks_people and audience.open_channel:
        return {Field.OPEN_CHANNEL: FormError.AUDIENCE_BOTH}
    return (
        {} if audience.asks_people or audience.open_channel else {Field.CHANNELS: FormError.AUDIENCE_MISSING}
    )


def _one(written: Mapping[Field, Sequence[str]], field: Field) -> str:
    texts = written.get(field) or [""]
    return texts[0]


def _line(written: Mapping[Field, Sequence[str]], field: Field) -> str:
    return " ".join(_one(written, field).split())


def _number(written: Mapping[Field, Sequence[str]], field: Field) -> int | None:
    try:
        return int(_one(written, field))
    except ValueError:
        return None


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())
