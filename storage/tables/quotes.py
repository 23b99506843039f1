"""What people said and may be quoted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.database.columns import UtcDateTime, index_of_state, one_of
from storage.tables.surveys import NEVER_REUSED
from storage.words import QuoteState


class Quote(SQLModel, table=True):
    """One person's consent to quote the comment of their answer as it stands. It goes when they take it back, or say something else."""

    __tablename__ = "quotes"
    __table_args__ = (
        UniqueConstraint("answer_id", name="one_quote_per_answer"),
        CheckConstraint("(state = 'offered') = (picked_at IS NULL)", name="picked_quotes_say_when"),
        Index("quotes_by_survey", "survey_id"),
        Index("quotes_by_person", "workspace_id", "user_id"),
        index_of_state("quotes_to_post", "picked", "workspace_id", "id"),
        NEVER_REUSED,
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    survey_id: int = Field(foreign_key="surveys.id", ondelete="CASCADE")
    answer_id: int = Field(foreign_key="answers.id", ondelete="CASCADE")
    user_id: str = Field(description="who said it")
    with_name: bool = Field(description="whether their name may stand beside it")
    given_at: datetime = Field(sa_type=UtcDateTime)
    state: QuoteState = Field(default=QuoteState.OFFERED, sa_type=one_of(QuoteState, "quote_state"))
    picked_by: str | None = Field(default=None, description="the manager who picked it last")
    picked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    channel_id: str | None = Field(
        default=None, description="where it is to stand, or stands; none: with the next digest"
    )
    message_ts: str | None = Field(default=None, description="Slack's name of the message in that channel")
