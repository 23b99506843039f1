"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps in two dialects.

Many rows go to PostgreSQL as one statement that takes an array for each column, and what all of them share once: a
statement a row costs it more than the rows do, and lets its triggers fire once a row.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import JSON, Table, TypeDecorator, Update, bindparam, column, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Values = Mapping[str, Any]
_GIVEN = "given_"
"""Before the name of what is given: SQLAlchemy would take one that is called as a column for that column's new value."""


class _Columns(NamedTuple):
    """The columns of many rows: those that differ go as an array each, those that all rows share go once."""

    differing: tuple[str, ...]
    shared: tuple[str, ...]

    def given(self, rows: Sequence[Values]) -> dict[str, Any]:
        arrays = {_GIVEN + name: [row[name] for row in rows] for name in self.differing}
        return arrays | {_GIVEN + name: rows[0][name] for name in self.shared}


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
    statement = _of_arrays_doing_nothing(model, columns)
    return (await session.exec(statement, params=columns.given(rows))).rowcount


async def insert_or_update(  # noqa: PLR0913 - what, where, and what goes along
    session: AsyncSession,
    model: type[SQLModel],
    rows: Sequence[Values],
    *,
    change: tuple[str, ...],
    unique: tuple[str, ...] = (),
    also: tuple[Update, Values] | None = None,
) -> None:
    """Insert the rows; where the unique columns stand already, change the named ones to the row's.

    The primary key is what is unique unless said otherwise. No two of the rows may be the same in that. `also` is another
    statement and what it is given: it goes to PostgreSQL along with many rows, and is not waited for by itself.
    """
    if not rows:
        return
    dialect = _dialect(session)
    other, given = also or (None, {})
    if (columns := _in_arrays(dialect, model, rows)) is not None:
        statement = _of_arrays_updating(model, columns, change, unique, other)
        await session.exec(statement, params=columns.given(rows) | dict(given))
        return
    await session.exec(_updating(dialect, model, change, unique), params=rows)
    if other is not None:
        await session.exec(other, params=given)


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
def _of_arrays_doing_nothing(model: type[SQLModel], columns: _Columns) -> Insert:
    return _of_arrays(model, columns).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


@cache
def _of_arrays_updating(
    model: type[SQLModel],
    columns: _Columns,
    change: tuple[str, ...],
    unique: tuple[str, ...],
    also: Update | None,
) -> Insert:
    statement = _changing(_of_arrays(model, columns), model, change, unique)
    return statement if also is None else statement.add_cte(also.cte())


def _of_arrays(model: type[SQLModel], columns: _Columns) -> postgresql.Insert:
    """Insert rows that come as one array for each column in which they differ."""
    type_of = {one.name: one.type for one in table_of(model).columns}
    arrays = [bindparam(_GIVEN + name, type_=postgresql.ARRAY(type_of[name])) for name in columns.differing]
    rows = func.unnest(*arrays).table_valued(*map(column, columns.differing)).render_derived()
    shared = [bindparam(_GIVEN + name, type_=type_of[name]) for name in columns.shared]
    return postgresql.insert(table_of(model)).from_select(
        columns.differing + columns.shared, select(*rows.c, *shared)
    )


def _in_arrays(dialect: str, model: type[SQLModel], rows: Sequence[Values]) -> _Columns | None:
    """Return the columns of rows that go as arrays; None where they do not: one row, another database, or JSON."""
    if dialect == "sqlite" or len(rows) == 1:
        return None
    columns = table_of(model).c
    if any(_is_json(columns[name].type) for name in rows[0]):
        return None
    differs = {name: any(row[name] != first for row in rows) for name, first in rows[0].items()}
    differs[next(iter(differs))] = True  # else nothing would say how many rows there are
    return _Columns(
        tuple(name for name, does in differs.items() if does),
        tuple(name for name, does in differs.items() if not does),
    )


def _is_json(kind: TypeEngine[Any]) -> bool:
    return isinstance(kind.impl if isinstance(kind, TypeDecorator) else kind, JSON)


def _changing(
    statement: Insert, model: type[SQLModel], change: tuple[str, ...], unique: tuple[str, ...]
) -> Insert:
    return statement.on_conflict_do_update(
        index_elements=unique or list(table_of(model).primary_key),
        set_={name: statement.excluded[name] for name in change},
    )


def _insert(dialect: str, model: type[SQLModel]) -> Insert:
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table_of(model))
