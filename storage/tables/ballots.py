"""Answers of anonymous waves: sealed while the wave is open, and read by nobody before it is closed. Nothing here names a person.

That somebody took part stands in their invitation. Between that and a ballot there is no key, no order and no time.
"""

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field, SQLModel

from scoring.scale import HIGHEST, LOWEST
from storage.database.columns import OptionalJson


class BallotKey(SQLModel, table=True):
    """An anonymous wave's pair of keys. What is sealed with the public one, only the private one opens."""

    __tablename__ = "ballot_keys"

    wave_id: int = Field(primary_key=True, foreign_key="waves.id")
    workspace_id: str = Field(foreign_key="workspaces.id")
    public_key: bytes
    private_key: bytes | None = Field(
        default=None,
        description="encrypted under NPS_SECRET; none once the wave is closed, until the file is wiped",
    )


class SealedBallot(SQLModel, table=True):
    """One ballot, as long as every other. Its key is random and says nothing."""

    __tablename__ = "sealed_ballots"
    # In the order of the random key, not of arrival.
    __table_args__ = {"sqlite_with_rowid": False}

    wave_id: int = Field(primary_key=True, foreign_key="waves.id")
    key: bytes = Field(primary_key=True, sa_type=LargeBinary)
    workspace_id: str = Field(foreign_key="workspaces.id")
    sealed: bytes


class Ballot(SQLModel, table=True):
    """One opened ballot of a wave that takes no more, under another key than it had while it was sealed."""

    __tablename__ = "ballots"
    __table_args__ = (
        CheckConstraint(f"score BETWEEN {LOWEST} AND {HIGHEST}", name="ballot_score_0_to_10"),
        {"sqlite_with_rowid": False},
    )

    wave_id: int = Field(primary_key=True, foreign_key="waves.id")
    key: bytes = Field(primary_key=True, sa_type=LargeBinary)
    workspace_id: str = Field(foreign_key="workspaces.id")
    score: int
    comment: str | None = None
    drivers: list[str] | None = Field(
        default=None, sa_type=OptionalJson, description="those ticked, by name; none where nothing was"
    )
    thread_key: bytes | None = Field(
        default=None, sa_type=LargeBinary, description="of the conversation, where its person allowed one"
    )
