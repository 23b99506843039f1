"""A survey: what is asked, who is asked, and when."""

from datetime import UTC, datetime

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from storage.audience import Audience, AudienceColumn
from storage.database.columns import (
    LONG_AGO,
    NamesColumn,
    OrNone,
    UtcDateTime,
    Word,
    WordingColumn,
    by_default,
    index_where,
    one_of,
)
from storage.question import Question, Wording, usual
from storage.words import (
    HOURS,
    MOST_REMINDERS,
    MOST_WAVE_DAYS,
    MOST_WEEKS,
    WEEKDAYS,
    FollowUp,
    Kind,
    Rhythm,
)

# The ids of surveys, waves and invitations stand in Slack messages for good, so SQLite may not hand one out again.
NEVER_REUSED = {"sqlite_autoincrement": True}

_AT_WORK = "paused_at IS NULL AND ended_at IS NULL"
_AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)


class Survey(SQLModel, table=True):
    """The question, its audience and its rhythm."""

    __tablename__ = "surveys"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key", name="one_survey_per_name"),
        CheckConstraint(f"wave_days BETWEEN 1 AND {MOST_WAVE_DAYS}", name="wave_days_in_a_year"),
        CheckConstraint(
            f"digest_weekday BETWEEN {WEEKDAYS[0]} AND {WEEKDAYS[-1]}", name="digest_weekday_in_the_week"
        ),
        CheckConstraint(f"digest_hour BETWEEN {HOURS[0]} AND {HOURS[-1]}", name="digest_hour_in_the_day"),
        CheckConstraint(f"every_weeks BETWEEN 1 AND {MOST_WEEKS}", name="every_weeks_in_a_year"),
        CheckConstraint(f"reminders BETWEEN 0 AND {MOST_REMINDERS}", name="two_reminders_at_most"),
        index_where("surveys_by_opening", _AT_WORK, "workspace_id", "next_opening_at"),
        index_where("surveys_by_digest", _AT_WORK, "workspace_id", "next_digest_at"),
        NEVER_REUSED,
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    name: str
    key: str = Field(
        default="", description="set by add_survey: two names may not differ in case or spaces alone"
    )
    subject: str
    wording: Wording | None = Field(
        default=None, sa_type=WordingColumn, description="the question's other words and languages"
    )
    kind: Kind = Field(sa_type=one_of(Kind, "survey_kind"))
    audience: Audience = Field(sa_type=AudienceColumn, description="who is asked")
    wave_days: int
    digest_channel: str | None = Field(
        default=None,
        sa_type=OrNone,
        nullable=False,
        description="where digests go; none goes where there is none",
    )
    digest_weekday: int = Field(description="0 is Monday")
    digest_hour: int
    time_zone: str
    created_by: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    rhythm: Rhythm = Field(
        default=Rhythm.ONCE, sa_type=one_of(Rhythm, "survey_rhythm"), sa_column_kwargs=by_default("'once'")
    )
    every_weeks: int = Field(default=1, sa_column_kwargs=by_default("1"), description="of the rhythm weeks")
    reminders: int = Field(default=1, sa_column_kwargs=by_default("1"))
    starts_at: datetime = Field(
        sa_type=UtcDateTime,
        sa_column_kwargs=by_default(LONG_AGO),
        description="the first opening; the later ones keep its clock",
    )
    next_opening_at: datetime | None = Field(
        default=_AT_ONCE,
        sa_type=UtcDateTime,
        sa_column_kwargs=by_default(LONG_AGO),
        description="when the clock next looks whether a wave is due: not before one is; none: it opens none",
    )
    next_digest_at: datetime = Field(
        default=_AT_ONCE,
        sa_type=UtcDateTime,
        sa_column_kwargs=by_default(LONG_AGO),
        description="likewise of the digest",
    )
    paused_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="since when nothing of it is sent, posted or opened"
    )
    ended_at: datetime | None = Field(
        default=None,
        sa_type=UtcDateTime,
        description="since when it opens no wave and posts no digest for good",
    )
    result_at_closing: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="whether the digest's channel reads a wave's result when it closes, not with the next digest",
    )
    is_anonymous: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="whether its waves take ballots; it stays so once a wave has opened",
    )
    follow_up_channel: str | None = Field(
        default=None, description="where those are followed up who said that somebody may contact them"
    )
    follow_up_with: FollowUp = Field(
        default=FollowUp.DETRACTORS,
        sa_type=Word(FollowUp),
        sa_column_kwargs=by_default("'detractors'"),
        description="who is asked that",
    )

    keep_days: int | None = Field(
        default=None,
        description="how long after a wave closes its answers, comments and names are kept; none: for good",
    )
    minimum: int | None = Field(
        default=None, description="the fewest answers that a result shows from; none: the usual number"
    )
    digest_comments: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="whether the digest shows some comments, without names",
    )
    comments_read_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when a manager last looked at the newest comments"
    )

    @property
    def question(self) -> Question:
        """What it asks from its next wave on, but for drivers of its own: those are rows."""
        return Question(self.kind, self.subject, self.wording, usual(self.kind))


class SurveyDriver(SQLModel, table=True):
    """A driver of a survey's own. It stays when it is offered no more, for the answers that ticked it."""

    __tablename__ = "survey_drivers"
    __table_args__ = (UniqueConstraint("survey_id", "key", name="one_driver_per_key"), NEVER_REUSED)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    survey_id: int = Field(foreign_key="surveys.id")
    key: str = Field(description="by which answers know it, whatever it is called since: its first name")
    names: tuple[tuple[str, str], ...] = Field(
        sa_type=NamesColumn, description="by language; ours has none, the catalogs name it"
    )
    place: int = Field(description="among those offered, from 0")
    removed_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="since when it is offered no more"
    )


class FormDraft(SQLModel, table=True):
    """What a manager has typed into a survey's form so far. Nothing of it is a survey before they agree."""

    __tablename__ = "form_drafts"
    __table_args__ = NEVER_REUSED

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    user_id: str
    survey_id: int | None = Field(
        default=None, foreign_key="surveys.id", description="the one that it changes, if it makes no new one"
    )
    written: dict[str, list[str]] = Field(sa_type=JSON, description="by field, as it was typed")
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Deletion(SQLModel, table=True):
    """A survey that is being deleted, until it is gone: any process goes on with it. It says what those hear who had to do with it."""

    __tablename__ = "deletions"

    survey_id: int = Field(primary_key=True, foreign_key="surveys.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspaces.id")
    ordered_by: str = Field(description="the user id of the manager")
    ordered_at: datetime = Field(sa_type=UtcDateTime)
    waves: int
    answers: int
    managers: list[str] = Field(sa_type=JSON, description="its maker, and who opened its waves")
