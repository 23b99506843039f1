"""A wave: one time of asking."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from storage.database.columns import (
    CountsBy,
    OfferedColumn,
    UtcDateTime,
    Word,
    WordingColumn,
    by_default,
    index_where,
)
from storage.question import ONCE_OFFERED, Offered, Question, Wording
from storage.tables.surveys import NEVER_REUSED, Survey
from storage.words import (
    Kind,
    LeftOutBecause,
)


class Wave(SQLModel, table=True):
    """One run of a survey: open until `closed_at` is set."""

    __tablename__ = "waves"
    __table_args__ = (
        UniqueConstraint("survey_id", "number", name="one_wave_per_number"),
        # A survey asks one question at a time, whatever two managers click in the same second.
        index_where("one_open_wave_per_survey", "closed_at IS NULL", "survey_id", unique=True),
        Index("one_wave_per_label", "survey_id", "label", unique=True),
        Index("waves_by_opening", "opens_at", "survey_id"),
        index_where("waves_by_closing", "closed_at IS NOT NULL", "closed_at"),
        index_where("waves_to_redraw", "redraw_after IS NOT NULL", "workspace_id"),
        NEVER_REUSED,
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    survey_id: int = Field(foreign_key="surveys.id")
    number: int = Field(description="1 is the first that was asked in Slack; imported ones count down from 0")
    label: str | None = Field(default=None, description="what an imported wave is called instead")
    subject: str | None = Field(
        default=None,
        description="what its people were asked about; the survey's in a wave of an older release",
    )
    kind: Kind | None = Field(default=None, sa_type=Word(Kind), description="likewise")
    wording: Wording | None = Field(default=None, sa_type=WordingColumn, description="likewise")
    drivers: tuple[Offered, ...] | None = Field(
        default=None,
        sa_type=OfferedColumn,
        description="what its people may tick; the customers' five in a wave of an older release",
    )
    is_anonymous: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="whether it takes ballots; its people were told so",
    )
    opened_by: str
    opens_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    was_to_close_at: datetime | None = Field(
        default=None,
        sa_type=UtcDateTime,
        description="while it is being closed: when it would have closed; from then on it takes no answers",
    )
    paused_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="since when nothing of it is sent"
    )
    paused_for: str | None = Field(
        default=None, description="Slack's error code, when that is what stopped it, and not a manager"
    )
    planned_at: datetime | None = Field(
        default=None,
        sa_type=UtcDateTime,
        description="when all its invitations stood; none while they are planned",
    )
    left_out: dict[LeftOutBecause, int] = Field(
        default_factory=dict,
        sa_type=CountsBy(LeftOutBecause),
        sa_column_kwargs=by_default("'{}'"),
        description="how many, and why, once planned",
    )
    planning_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when a process last worked on the planning"
    )
    notice_channel: str | None = Field(default=None, description="where the manager reads how it goes")
    notice_ts: str | None = Field(default=None, description="Slack's name of that message")
    notice_shown: str | None = Field(default=None, description="a fingerprint of what that message says")
    question_channel: str | None = Field(
        default=None, description="where the open question stands, if it has one"
    )
    question_ts: str | None = Field(default=None, description="Slack's name of that message")
    redraw_after: int | None = Field(
        default=None,
        description="the last invitation whose message looks as the wave now is; none where they all do",
    )
    redrawn_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when a process last worked on that"
    )

    keep_days: int | None = Field(
        default=None, description="as its people were told; the survey's may be shorter since"
    )
    minimum: int | None = Field(
        default=None, description="the fewest answers that its result shows from, as its people were told"
    )
    digest_comments: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="whether its people were told that the digest may show some comments",
    )

    def question(self, survey: Survey) -> Question:
        """Return what its people were asked; what its survey says since does not count."""
        offered = self.drivers or ONCE_OFFERED
        if self.subject is None or self.kind is None:
            return replace(survey.question, drivers=offered)
        return Question(self.kind, self.subject, self.wording, offered)


class PersonLeftOut(SQLModel, table=True):
    """One person that a wave does not ask. Kept only while it is planned, so that nobody is counted twice."""

    __tablename__ = "left_out"

    wave_id: int = Field(primary_key=True, foreign_key="waves.id")
    user_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    because: LeftOutBecause = Field(sa_type=Word(LeftOutBecause))
