"""What the form of a survey starts with."""

from dataclasses import dataclass

from storage.question import Wording
from storage.words import Kind, Rhythm


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the form starts with; `time_zone` is the manager's own, or that of the survey `survey_id` that is changed.

    `user_groups_offered` pairs the id of each group with its name; `guests` are asked too, if they are in the audience.
    `anonymity` is the value chosen, empty for none yet; `can_be_anonymous` is false where nothing could seal answers.
    """

    time_zone: str
    survey_id: int | None = None
    name: str = ""
    subject: str = ""
    wording: Wording | None = None
    reasons: tuple[str, ...] = ()
    kind: Kind = Kind.EMPLOYEES
    channels: tuple[str, ...] = ()
    user_groups_offered: tuple[tuple[str, str], ...] = ()
    user_groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    everyone: bool = False
    guests: bool = False
    open_channel: str | None = None
    rhythm: Rhythm = Rhythm.ONCE
    every_weeks: int = 4
    wave_days: int = 14
    reminders: int = 1
    digest_channel: str | None = None
    digest_weekday: int = 0
    digest_hour: int = 9
    result_at_closing: bool = False
    keep_days: int | None = None
    anonymity: str = ""
    can_be_anonymous: bool = False
