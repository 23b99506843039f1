"""What people said."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from scoring.scale import HIGHEST, LOWEST
from storage.database.columns import UtcDateTime, index_where


class Answer(SQLModel, table=True):
    """A score: of an invitation, editable until its wave closes, or imported and nobody's."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("invitation_id", name="one_answer_per_invitation"),
        UniqueConstraint("import_key", name="one_answer_per_imported_row"),
        CheckConstraint("(invitation_id IS NULL) <> (import_key IS NULL)", name="asked_or_imported"),
        CheckConstraint(f"score BETWEEN {LOWEST} AND {HIGHEST}", name="score_0_to_10"),
        Index("answers_by_wave_and_score", "wave_id", "score"),
        # Of answers that were asked for alone: how many came since a moment within an hour.
        index_where("answers_by_wave_and_time", "invitation_id IS NOT NULL", "wave_id", "answered_at"),
        index_where("comments_by_wave_and_time", "comment IS NOT NULL", "wave_id", "answered_at", "id"),
        # Few have one, and they are asked for by it when somebody wants to know, or to erase, what is kept about them.
        index_where("answers_by_person", "person IS NOT NULL", "workspace_id", "person"),
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
    workspace_id: str = Field(description="that of its wave, which answers for it")
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
    workspace_id: str = Field(description="that of its answer, which answers for it")
