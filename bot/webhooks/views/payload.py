"""What a webhook says, as JSON. Its first version: fields may be added to it, and none is taken away or means another thing."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from bot.kit.views.json_part import JsonPart
from storage.words import CaseCause, CaseState, Event

VERSION: Literal["1"] = "1"


class About(JsonPart):
    """Which wave of which survey it is about."""

    survey: str = Field(description="The survey's name.")
    survey_id: int
    wave: int | None = Field(description="The wave's number; null where there is none.")


class Score(JsonPart):
    """What somebody answered. Nobody is named."""

    score: int = Field(ge=0, le=10)
    category: Literal["promoter", "passive", "detractor"]


class AnswerGiven(About):
    """Somebody answered, or changed an answer."""

    answer: Score | None = Field(
        description="Null where a single answer may not leave: of employees it never does."
    )


class WaveOpened(About):
    """A wave opened."""

    subject: str = Field(description="What people would recommend.")
    closes_at: datetime


class WaveClosed(About):
    """A wave closed."""

    closed_at: datetime
    result: dict[str, Any] = Field(
        description="As `nps-bot report --json` tells a wave, with what everyone may read; the rest is null."
    )


class DigestPosted(About):
    """The weekly digest was posted."""

    channel: str = Field(description="Slack's id of the channel.")


class CaseMoved(About):
    """A case opened, opened again, was taken, or closed. Neither the person nor what they said is told, nor who has it."""

    case: int = Field(description="By which the three events of one case belong together.")
    state: CaseState = Field(description="How it stands now.")
    due_at: datetime | None = Field(description="Until when somebody should have made contact.")
    cause: CaseCause | None = Field(
        description="What was behind it, as those say who closed it; null where a single answer may not leave, or none was given."
    )


Data = AnswerGiven | WaveOpened | WaveClosed | DigestPosted | CaseMoved
DATA: dict[Event, type[Data]] = {
    Event.ANSWER_GIVEN: AnswerGiven,
    Event.WAVE_OPENED: WaveOpened,
    Event.WAVE_CLOSED: WaveClosed,
    Event.DIGEST_POSTED: DigestPosted,
    Event.CASE_OPENED: CaseMoved,
    Event.CASE_TAKEN: CaseMoved,
    Event.CASE_CLOSED: CaseMoved,
}


def body(event: Event, happened_at: datetime, data: Data) -> bytes:
    """Write one event as it is sent: its type, the version of its form, its time, and what it is about."""
    return _Sent(type=event, timestamp=happened_at, data=data).model_dump_json().encode()


def body_of_a_trial(now: datetime) -> bytes:
    """Write what `nps-bot webhook test` sends."""
    return _Test(timestamp=now).model_dump_json().encode()


def schemas() -> dict[str, Any]:
    """Return the JSON schema of each event's data, by its type."""
    return {event.value: model.model_json_schema() for event, model in DATA.items()}


class _Sent(JsonPart):
    type: Event
    version: Literal["1"] = VERSION
    timestamp: datetime
    data: Data


class _Test(JsonPart):
    type: Literal["test"] = "test"
    version: Literal["1"] = VERSION
    timestamp: datetime
    data: dict[str, Any] = Field(default={})
