"""What the database of an office holds, read by a way that the app knows nothing of."""

from typing import NamedTuple, TypeVar

from sqlmodel import SQLModel, col, select

from storage.database.engine import Database
from storage.database.upsert import table_of
from storage.tables import Answer, Invitation, Mention, Wave

Row = TypeVar("Row", bound=SQLModel)


class Said(NamedTuple):
    """One answer as it stands in the database."""

    score: int
    comment: str | None
    drivers: tuple[str, ...]


class Stored:
    """An office's rows, whole or as a test asks for them."""

    books: Database

    async def rows(self, table: type[Row]) -> list[Row]:
        async with self.books.reading() as session:
            # In the order of their keys: PostgreSQL gives rows in that of their last change.
            ordered = select(table).order_by(*table_of(table).primary_key)
            return list((await session.exec(ordered)).all())

    async def invited(self) -> list[set[str]]:
        """Return the people that each wave asks, the oldest wave first."""
        waves = sorted(await self.rows(Wave), key=lambda wave: wave.id)
        rows = await self.rows(Invitation)
        return [{row.user_id for row in rows if row.wave_id == wave.id} for wave in waves]

    async def newest_wave(self) -> Wave:
        return max(await self.rows(Wave), key=lambda wave: wave.id)

    async def invitations(self) -> dict[str, Invitation]:
        """Return the newest invitation of each person."""
        return {row.user_id: row for row in sorted(await self.rows(Invitation), key=lambda row: row.id)}

    async def answers(self) -> dict[str, Said]:
        """Return what each person has said, by user id."""
        people = {row.id: row.user_id for row in await self.rows(Invitation)}
        mentions = await self.rows(Mention)
        return {
            people[row.invitation_id]: Said(
                row.score,
                row.comment,
                tuple(sorted(one.driver for one in mentions if one.answer_id == row.id)),
            )
            for row in await self.rows(Answer)
            if row.invitation_id is not None
        }


async def stored_scores(database: Database) -> dict[str, int]:
    """Return each person's score, by user id."""
    async with database.reading() as session:
        asked = select(Invitation, Answer).join(Answer, col(Answer.invitation_id) == Invitation.id)
        return {invitation.user_id: answer.score for invitation, answer in await session.exec(asked)}
