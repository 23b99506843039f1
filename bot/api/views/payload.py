"""What programs send and get, as JSON. Version 1: fields may be added, and none is taken away or means another thing."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from bot.kit.views.json_part import JsonPart


class Asking(JsonPart):
    """Ask one person one survey's question."""

    survey: str = Field(min_length=1, max_length=200, description="The survey's whole name, in any case.")
    user: str = Field(pattern="^[UW][A-Z0-9]{2,20}$", description="Slack's id of the person.")


class Asked(JsonPart):
    """The question is planned. Nobody is told whether, or what, the person answers."""

    survey: str
    wave: int
    user: str
    send_after: datetime = Field(
        description="The beginning of the working hours of theirs in which they are asked."
    )


class Told(JsonPart):
    """One wave's result, as everyone may read it; what is hidden is null, and `hidden` says why."""

    survey: str
    wave: int | str = Field(description="Its number, or the label of an imported one.")
    is_open: bool
    closes: date = Field(description="The day of its end, in the survey's time zone.")
    invited: int | None
    hidden: list[str]
    responses: int | None
    promoters: int | None = None
    passives: int | None = None
    detractors: int | None = None
    nps: float | None
    display: str | None = Field(description="The NPS as people read it: a whole number with its sign.")
    low: float | None = None
    high: float | None = None
    confidence: float | None = None
    method: Literal["adjusted_wald", "predictive"] | None = Field(
        default=None, description="How the interval is worked out: docs/numbers.md."
    )
    population: int | None = None
    worst_case_low: float | None = None
    worst_case_high: float | None = None
    change: float | None = Field(default=None, description="Since the wave before, in points.")
    change_low: float | None = None
    change_high: float | None = None
    z: float | None = None
    p_value: float | None = None
    verdict: str | None = Field(default=None, description="Whether the change is more than chance.")


class Refusal(JsonPart):
    """Why it was not done, as RFC 9457 has it."""

    title: str = Field(description="A sentence.")
    status: int
    code: str = Field(description="A word that stays the same.")
    because: str | None = Field(
        default=None, description="Why somebody may not be asked, or which part of the request is wrong."
    )
