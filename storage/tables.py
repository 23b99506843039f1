"""Every table, in the order of the story: a workspace, its people, a survey, its waves, who was asked, what they said.

Every table is keyed by workspace. Scores stand in `answers` and nowhere else; categories are computed, never stored.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from scoring.scale import HIGHEST, LOWEST
from storage.audience import Audience, AudienceColumn
from storage.columns import (
    LONG_AGO,
    CountsBy,
    OptionalJson,
    OrNone,
    UtcDateTime,
    Word,
    by_default,
    index_of_state,
    one_of,
)
from storage.words import (
    HOURS,
    MOST_QUARANTINE_DAYS,
    MOST_REMINDERS,
    MOST_WAVE_DAYS,
    MOST_WEEKS,
    QUARANTINE_DAYS,
    WEEKDAYS,
    InvitationState,
    Kind,
    LeftOutBecause,
    ReminderState,
    Rhythm,
    RunState,
)

# One rule for every constraint's name, so that a migration and an error message can both speak of it.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# The ids of surveys, waves and invitations stand in Slack messages for good, so SQLite may not hand one out again.
NEVER_REUSED = {"sqlite_autoincrement": True}

Reason = list[Any]
"""A score, the drivers that were ticked together with it, and by how many: [9, ["quality"], 3], as JSON has it."""

# `id` is typed `int` although a row has none until the database gives it one: storage returns stored rows only.


class Workspace(SQLModel, table=True):
    """One Slack workspace that has installed the app."""

    __tablename__ = "workspaces"
    __table_args__ = (
        CheckConstraint(
            f"quarantine_days BETWEEN 0 AND {MOST_QUARANTINE_DAYS}", name="quarantine_within_a_year"
        ),
    )

    id: str = Field(primary_key=True, description="Slack's team id, T…")
    name: str
    quarantine_days: int = Field(
        default=QUARANTINE_DAYS,
        sa_column_kwargs=by_default(str(QUARANTINE_DAYS)),
        description="from one invitation of a person to the next, over all surveys",
    )


class Pace(SQLModel, table=True):
    """How fast a workspace may be spoken to: what all its clocks together may send, and when that was counted."""

    __tablename__ = "paces"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    tokens: float = Field(
        description="messages that may go at once; negative when their turns are given away"
    )
    speed: float = Field(description="the share of the full rate, below 1 after Slack said to slow down")
    counted_at: datetime = Field(sa_type=UtcDateTime)
    resumes_at: datetime = Field(sa_type=UtcDateTime, description="nothing goes before")


class Person(SQLModel, table=True):
    """What Slack says of one person, kept for a day so that we need not ask again at each click."""

    __tablename__ = "people"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    user_id: str = Field(primary_key=True)
    locale: str = "en-US"
    time_zone: str = "UTC"
    is_bot: bool = False
    is_deactivated: bool = False
    is_admin: bool = Field(default=False, description="of this workspace, or its owner")
    is_guest: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="of one channel or of several",
    )
    is_stranger: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}, description="of another company"
    )
    has_never_signed_in: bool = Field(
        default=False,
        sa_column_kwargs={"server_default": false()},
        description="invited to the workspace; Slack's list of people alone tells",
    )
    refreshed_at: datetime = Field(sa_type=UtcDateTime)


class Preference(SQLModel, table=True):
    """What one person asked of us. It stands apart from `Person`, which Slack's word overwrites each day."""

    __tablename__ = "preferences"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    user_id: str = Field(primary_key=True)
    opted_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


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
        NEVER_REUSED,
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    name: str
    key: str = Field(
        default="", description="set by add_survey: two names may not differ in case or spaces alone"
    )
    subject: str
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


class Wave(SQLModel, table=True):
    """One run of a survey: open until `closed_at` is set."""

    __tablename__ = "waves"
    __table_args__ = (
        UniqueConstraint("survey_id", "number", name="one_wave_per_number"),
        # A survey asks one question at a time, whatever two managers click in the same second.
        Index(
            "one_open_wave_per_survey",
            "survey_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("one_wave_per_label", "survey_id", "label", unique=True),
        Index(
            "waves_to_redraw",
            "workspace_id",
            sqlite_where=text("redraw_after IS NOT NULL"),
            postgresql_where=text("redraw_after IS NOT NULL"),
        ),
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
    opened_by: str
    opens_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
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


class LeftOut(SQLModel, table=True):
    """One person that a wave does not ask. Kept only while it is planned, so that nobody is counted twice."""

    __tablename__ = "left_out"

    wave_id: int = Field(primary_key=True, foreign_key="waves.id")
    user_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    because: LeftOutBecause = Field(sa_type=Word(LeftOutBecause))


class Invitation(SQLModel, table=True):
    """One person in one wave."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("wave_id", "user_id", name="one_invitation_per_wave_and_person"),
        Index("invitations_by_wave_and_state", "wave_id", "state"),
        # With the time, since the quarantine asks a whole audience when each was last reached.
        Index("invitations_by_person", "workspace_id", "user_id", "delivered_at"),
        # What waits and what was claimed are found without reading the history.
        index_of_state("invitations_to_send", "planned", "wave_id", "send_after", "id"),
        index_of_state("invitations_claimed", "claimed", "id"),
        NEVER_REUSED,
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    wave_id: int = Field(foreign_key="waves.id")
    user_id: str
    state: InvitationState = Field(
        default=InvitationState.PLANNED, sa_type=one_of(InvitationState, "invitation_state")
    )
    code: str | None = Field(
        default=None, description="Slack's error code, when failed; opted_out, when that expired it"
    )
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when the question last surely reached the person"
    )
    channel_id: str | None = Field(default=None, description="D…, where the message stands")
    message_ts: str | None = Field(
        default=None, description="Slack's name of the first message in that channel"
    )
    again_ts: str | None = Field(
        default=None, description="that of the last one, where the question came again after it was put off"
    )
    send_after: datetime = Field(
        sa_type=UtcDateTime,
        sa_column_kwargs=by_default(LONG_AGO),
        description="the beginning of the hours of the person's own day in which to send it",
    )
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    time_zone: str = Field(default="UTC", sa_column_kwargs=by_default("'UTC'"), description="as planned")


class Newcomer(SQLModel, table=True):
    """Somebody who answered an open question before Slack has told us who they are. Kept only until it has."""

    __tablename__ = "newcomers"
    __table_args__ = (Index("newcomers_by_person", "workspace_id", "user_id"),)

    invitation_id: int = Field(primary_key=True, foreign_key="invitations.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspaces.id")
    user_id: str


class Reminder(SQLModel, table=True):
    """A second message, or a third, for the same invitation. Planned when the invitation is claimed, whatever comes."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("invitation_id", "number", name="one_reminder_per_invitation_and_number"),
        CheckConstraint(f"number BETWEEN 1 AND {MOST_REMINDERS}", name="first_or_second_reminder"),
        index_of_state("reminders_to_send", "planned", "wave_id", "send_after", "id"),
        index_of_state("reminders_claimed", "claimed", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    wave_id: int = Field(foreign_key="waves.id")
    invitation_id: int = Field(foreign_key="invitations.id")
    number: int = Field(description="1 is the first")
    state: ReminderState = Field(
        default=ReminderState.PLANNED, sa_type=one_of(ReminderState, "reminder_state")
    )
    code: str | None = Field(default=None, description="Slack's error code, when failed")
    send_after: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    message_ts: str | None = Field(
        default=None, description="Slack's name of the message in the person's channel"
    )


class Import(SQLModel, table=True):
    """One file that was carried over: what it brought, so that it can be taken back."""

    __tablename__ = "imports"
    __table_args__ = (Index("imports_by_survey", "survey_id"), NEVER_REUSED)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    survey_id: int = Field(foreign_key="surveys.id")
    file_name: str
    imported_at: datetime = Field(sa_type=UtcDateTime)
    rows: int = Field(default=0, description="that the file had")
    added: int = 0
    updated: int = 0
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Answer(SQLModel, table=True):
    """A score: of an invitation, editable until its wave closes, or imported and nobody's."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("invitation_id", name="one_answer_per_invitation"),
        UniqueConstraint("import_key", name="one_answer_per_imported_row"),
        CheckConstraint("(invitation_id IS NULL) <> (import_key IS NULL)", name="asked_or_imported"),
        CheckConstraint(f"score BETWEEN {LOWEST} AND {HIGHEST}", name="score_0_to_10"),
        Index("answers_by_wave_and_score", "wave_id", "score"),
    )

    id: int = Field(default=None, primary_key=True)
    invitation_id: int | None = Field(default=None, foreign_key="invitations.id")
    import_key: bytes | None = Field(
        default=None, description="a fingerprint, by which the row is known when it comes again"
    )
    import_id: int | None = Field(
        default=None, description="which of the imports brought it, since those are kept"
    )
    person: str | None = Field(default=None, description="who gave it, as the imported file names them")
    workspace_id: str = Field(foreign_key="workspaces.id")
    wave_id: int = Field(foreign_key="waves.id")
    score: int
    comment: str | None = None
    answered_at: datetime = Field(sa_type=UtcDateTime, description="when the first score was tapped")
    changed_at: datetime = Field(sa_type=UtcDateTime, description="when the score or the reason last changed")


class Mention(SQLModel, table=True):
    """One driver ticked in one answer."""

    __tablename__ = "mentions"
    # Its key is all there is to it: SQLite need not keep it twice.
    __table_args__ = {"sqlite_with_rowid": False}

    answer_id: int = Field(primary_key=True, foreign_key="answers.id", ondelete="CASCADE")
    driver: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")


class Property(SQLModel, table=True):
    """What an imported file tells of one answer beside it, such as the plan or the country: a segment to read by."""

    __tablename__ = "properties"
    __table_args__ = {"sqlite_with_rowid": False}

    answer_id: int = Field(primary_key=True, foreign_key="answers.id", ondelete="CASCADE")
    name: str = Field(primary_key=True)
    value: str
    workspace_id: str = Field(foreign_key="workspaces.id")


class ImportChange(SQLModel, table=True):
    """What an answer said before an import changed it."""

    __tablename__ = "import_changes"

    import_id: int = Field(primary_key=True, foreign_key="imports.id")
    answer_id: int = Field(primary_key=True, foreign_key="answers.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspaces.id")
    score: int
    comment: str | None = None
    drivers: list[str] = Field(sa_type=JSON)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Counted(SQLModel):
    """The answers of a closed wave, counted, with all that its reports need. What an older release did not count is none."""

    promoters: int
    passives: int
    detractors: int
    comments: int
    invited: int | None = Field(description="nobody knows how many were asked in an imported wave")
    scores: list[int] | None = Field(
        default=None, sa_type=OptionalJson, description="how many gave 0, 1 … 10: eleven numbers"
    )
    late: list[int] | None = Field(
        default=None,
        sa_type=OptionalJson,
        description="promoters, passives and detractors among those who answered after a reminder",
    )
    reasons: list[Reason] | None = Field(
        default=None, sa_type=OptionalJson, description="score, the drivers ticked together, and how often"
    )
    before_id: int | None = Field(default=None, description="the wave that closed before this one")
    both: list[int] | None = Field(
        default=None,
        sa_type=OptionalJson,
        description="of those who answered that one too: how many, what they sum to in each, and their products",
    )
    frozen_at: datetime = Field(sa_type=UtcDateTime)


class Result(Counted, table=True):
    """A closed wave, frozen: written when it closes, and again only when its answers change."""

    __tablename__ = "results"
    __table_args__ = (
        CheckConstraint("promoters >= 0 AND passives >= 0 AND detractors >= 0", name="counts_not_negative"),
        CheckConstraint("promoters + passives + detractors <= invited", name="no_more_answers_than_invited"),
    )

    wave_id: int = Field(primary_key=True, foreign_key="waves.id")
    workspace_id: str = Field(foreign_key="workspaces.id")


class Publication(Counted, table=True):
    """A result as it stood at one time, kept when it changes: few new answers may not show by comparing the two."""

    __tablename__ = "publications"
    __table_args__ = (Index("publications_by_wave", "wave_id", "id"),)

    id: int = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="waves.id")
    workspace_id: str = Field(foreign_key="workspaces.id")


class Run(SQLModel, table=True):
    """The ledger: one row for each thing that is to happen once at a due time."""

    __tablename__ = "runs"
    __table_args__ = (
        UniqueConstraint(
            "workspace_id", "job", "subject", "due_at", name="one_run_per_job_subject_and_due_time"
        ),
        Index("runs_by_state", "state"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    job: str = Field(description="weekly_digest, delivery_report …")
    subject: int = Field(description="the id of the survey or wave it is about")
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: RunState = Field(default=RunState.CLAIMED, sa_type=one_of(RunState, "run_state"))
    code: str | None = Field(default=None, description="Slack's error code, when failed")
    claimed_at: datetime = Field(sa_type=UtcDateTime)
    speaking_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="committed just before Slack is spoken to"
    )
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SeenRequest(SQLModel, table=True):
    """A signature of Slack's that was accepted, kept while it is fresh, so that no process accepts it again."""

    __tablename__ = "seen_requests"
    __table_args__ = {"sqlite_with_rowid": False}

    minute: int = Field(primary_key=True, description="of the signature's own time, in minutes since 1970")
    signature: bytes = Field(primary_key=True)
    admitted_by: int = Field(sa_type=BigInteger, description="a number of its own for each batch that asked")


class Heartbeat(SQLModel, table=True):
    """When a process last said that it lives and can write."""

    __tablename__ = "heartbeats"

    process: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    runs_clock: bool
    beat_at: datetime = Field(sa_type=UtcDateTime)


class Outage(SQLModel, table=True):
    """Slack takes no message, or did not take the last few. One row a workspace, gone when a message is taken again."""

    __tablename__ = "outages"

    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    code: str = Field(
        description="Slack's error code for the latest trouble, or ours where Slack said nothing"
    )
    troubles: int = Field(description="messages in a row that were not taken")
    began_at: datetime = Field(sa_type=UtcDateTime)
    stopped_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="since when nothing is sent; none while they are few"
    )
    probes: int = Field(default=0, description="how often it was tried since")
    probe_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when one process may try the next time"
    )


class Notice(SQLModel, table=True):
    """What a manager is to be told once about one matter. It waits until Slack takes it."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("workspace_id", "user_id", "about", name="one_notice_per_person_and_matter"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    user_id: str
    about: str = Field(description="outage:2026-11-23T08:00:00+00:00 …")
    text: str = Field(description="what it says, in mrkdwn; empty once it is said")
    written_at: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    said_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="when Slack took it, refused it, or left us in doubt"
    )
    code: str | None = Field(
        default=None, description="Slack's error code, or ours, where it did not take it"
    )
