"""What came from elsewhere, and how to take it back."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from storage.database.columns import (
    UtcDateTime,
)
from storage.tables.surveys import NEVER_REUSED


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


class Property(SQLModel, table=True):
    """What an imported file tells of one answer beside it, such as the plan or the country: a segment to read by."""

    __tablename__ = "properties"
    __table_args__ = {"sqlite_with_rowid": False}

    answer_id: int = Field(primary_key=True, foreign_key="answers.id", ondelete="CASCADE")
    name: str = Field(primary_key=True)
    value: str
    workspace_id: str = Field(description="that of its answer, which answers for it")


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
