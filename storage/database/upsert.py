"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps in two dialects.

Many rows go to PostgreSQL as one statement that takes an array for each column: a statement a row costs it more than the
rows do, and lets its triggers fire once a row.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import JSON, Table, TypeDecorator, bindparam, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine
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
    dialect = _dialect(session)
    if (columns := _in_arrays(dialect, model, rows)) is None:
        return (await session.exec(_doing_nothing(dialect, model), params=rows)).rowcount
    return (await session.exec(_of_arrays_doing_nothing(model, columns), params=_arrays(rows))).rowcount


async def insert_or_update(
    session: AsyncSession,
    model: type[SQLModel],
    rows: Sequence[Values],
    *,
    change: tuple[str, ...],
    unique: tuple[str, ...] = (),
) -> None:
    """Insert the rows; where the unique columns stand already, change the named ones to the row's.

    The primary key is what is unique unless said otherwise. No two of the rows may be the same in that.
    """
    if not rows:
        return
    dialect = _dialect(session)
    if (columns := _in_arrays(dialect, model, rows)) is None:
        await session.exec(_updating(dialect, model, change, unique), params=rows)
    else:
        await session.exec(_of_arrays_updating(model, columns, change, unique), params=_arrays(rows))


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
    return _changing(_insert(dialect, model), model, change, unique)


@cache
def _of_arrays_doing_nothing(model: type[SQLModel], columns: tuple[str, ...]) -> Insert:
    return _of_arrays(model, columns).on_conflict_do_nothing()


@cache
def _of_arrays_updating(
    model: type[SQLModel], columns: tuple[str, ...], change: tuple[str, ...], unique: tuple[str, ...]
) -> Insert:
    return _changing(_of_arrays(model, columns), model, change, unique)


def _of_arrays(model: type[SQLModel], columns: tuple[str, ...]) -> postgresql.Insert:
    """Insert rows that come as one array for each column."""
    types = [table_of(model).c[name].type for name in columns]
    arrays = [
        bindparam(name, type_=postgresql.ARRAY(kind)) for name, kind in zip(columns, types, strict=True)
    ]
    rows = func.unnest(*arrays).table_valued(*(column(name) for name in columns)).render_derived()
    return postgresql.insert(table_of(model)).from_select(columns, select(rows))


def _in_arrays(dialect: str, model: type[SQLModel], rows: Sequence[Values]) -> tuple[str, ...] | None:
    """Return the columns of rows that go as arrays; None where they do not: few rows, another database, or JSON."""
    if dialect == "sqlite" or len(rows) == 1:
        return None
    columns = table_of(model).c
    return None if any(_is_json(columns[name].type) for name in rows[0]) else tuple(rows[0])


def _is_json(kind: TypeEngine[Any]) -> bool:
    return isinstance(kind.impl if isinstance(kind, TypeDecorator) else kind, JSON)


def _arrays(rows: Sequence[Values]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in rows[0]}


def _changing(
    statement: Insert, model: type[SQLModel], change: tuple[str, ...], unique: tuple[str, ...]
) -> Insert:
    return statement.on_conflict_do_update(
        index_elements=unique or list(table_of(model).primary_key),
        set_={name: statement.excluded[name] for name in change},
    )


def _insert(dialect: str, model: type[SQLModel]) -> Insert:
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table_of(model))
