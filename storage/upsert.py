"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps in two dialects."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Row = Mapping[str, Any]


def table_of(model: type[SQLModel]) -> Table:
    """Return the table itself: statements about it skip the work that objects need."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


async def insert_if_absent(session: AsyncSession, model: type[SQLModel], row: Row) -> bool:
    """Insert the row unless a unique constraint stands against it; say whether it was inserted."""
    statement = _insert(session, model).on_conflict_do_nothing()
    return (await session.exec(statement, params=row)).rowcount == 1


async def insert_absent(session: AsyncSession, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert those rows that no unique constraint stands against."""
    if rows:
        await session.exec(_insert(session, model).on_conflict_do_nothing(), params=rows)


async def insert_or_update(
    session: AsyncSession, model: type[SQLModel], rows: Sequence[Row], *, change: Sequence[str]
) -> None:
    """Insert the rows; where the primary key stands already, change the named columns to the row's."""
    if not rows:
        return
    statement = _insert(session, model)
    key = list(table_of(model).primary_key)
    await session.exec(
        statement.on_conflict_do_update(
            index_elements=key, set_={name: statement.excluded[name] for name in change}
        ),
        params=rows,
    )


def _insert(session: AsyncSession, model: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return insert(table_of(model))
