"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps in two dialects."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Values = Mapping[str, Any]
Insert = sqlite.Insert | postgresql.Insert


def table_of(model: type[SQLModel]) -> Table:
    """Return the table itself: statements about it skip the work that objects need."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


async def insert_if_absent(session: AsyncSession, model: type[SQLModel], row: Values) -> bool:
    """Insert the row unless a unique constraint stands against it; say whether it was inserted."""
    return (await session.exec(_doing_nothing(_dialect(session), model), params=row)).rowcount == 1


async def insert_absent(session: AsyncSession, model: type[SQLModel], rows: Sequence[Values]) -> int:
    """Insert those rows that no unique constraint stands against, and return how many those were."""
    if not rows:
        return 0
    return (await session.exec(_doing_nothing(_dialect(session), model), params=rows)).rowcount


async def insert_or_update(
    session: AsyncSession,
    model: type[SQLModel],
    rows: Sequence[Values],
    *,
    change: tuple[str, ...],
    unique: tuple[str, ...] = (),
) -> None:
    """Insert the rows; where the unique columns stand already, change the named ones to the row's.

    The primary key is what is unique unless said otherwise.
    """
    if rows:
        await session.exec(_updating(_dialect(session), model, change, unique), params=rows)


def _dialect(session: AsyncSession) -> str:
    return session.get_bind().dialect.name


# Made once each, and run often.
@cache
def _doing_nothing(dialect: str, model: type[SQLModel]) -> Insert:
    return _insert(dialect, model).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _updating(
    dialect: str, model: type[SQLModel], change: tuple[str, ...], unique: tuple[str, ...]
) -> Insert:
    statement = _insert(dialect, model)
    return statement.on_conflict_do_update(
        index_elements=unique or list(table_of(model).primary_key),
        set_={name: statement.excluded[name] for name in change},
    )


def _insert(dialect: str, model: type[SQLModel]) -> Insert:
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table_of(model))
