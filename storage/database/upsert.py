"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike but SQLAlchemy keeps in two dialects.

Many rows go as one statement, and what all of them share goes once. PostgreSQL takes an array for each column: a
statement a row costs it more than the rows do, and lets its triggers fire once a row. SQLite takes the rows as JSON, but
for bytes: SQLAlchemy would look at each value of each row.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    Dialect,
    LargeBinary,
    SelectBase,
    Table,
    TypeDecorator,
    Update,
    bindparam,
    column,
    func,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

Values = Mapping[str, Any]
_GIVEN = "given_"
"""Before the name of what is given: SQLAlchemy would take one that is called as a column for that column's new value."""


class _Columns(NamedTuple):
    """The columns of many rows: those in which they differ, and those that all of them share."""

    differing: tuple[str, ...]
    shared: tuple[str, ...]

    def given(self, dialect: Dialect, model: type[SQLModel], rows: Sequence[Values]) -> dict[str, Any]:
        shared = {_GIVEN + name: rows[0][name] for name in self.shared}
        columns = {name: [row[name] for row in rows] for name in self.differing}
        if dialect.name == "sqlite":
            kept = [_as_kept(dialect, model, name, column) for name, column in columns.items()]
            return shared | {_GIVEN: json.dumps(list(zip(*kept, strict=True)))}
        return shared | {_GIVEN + name: column for name, column in columns.items()}


Insert = sqlite.Insert | postgresql.Insert
_APART: Mapping[str, tuple[type[TypeEngine[Any]], ...]] = {
    "sqlite": (JSON, LargeBinary),
    "postgresql": (JSON,),
}
"""What no array, and no JSON, takes."""


def table_of(model: type[SQLModel]) -> Table:
    """Return the table itself: statements about it skip the work that objects need."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


async def insert_if_absent(session: AsyncSession, model: type[SQLModel], row: Values) -> bool:
    """Insert the row unless a unique constraint stands against it; say whether it was inserted."""
    statement = _doing_nothing(session.get_bind().dialect.name, model)
    return (await session.exec(statement, params=row)).rowcount == 1


async def insert_absent(session: AsyncSession, model: type[SQLModel], rows: Sequence[Values]) -> int:
    """Insert those rows that no unique constraint stands against, and return how many those were."""
    if not rows:
        return 0
    dialect = session.get_bind().dialect
    if (columns := _as_one(dialect, model, rows)) is None:
        return (await session.exec(_doing_nothing(dialect.name, model), params=rows)).rowcount
    statement = _of_many_doing_nothing(dialect.name, model, columns)
    return (await session.exec(statement, params=columns.given(dialect, model, rows))).rowcount


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
    dialect = session.get_bind().dialect
    other, given = also or (None, {})
    columns = _as_one(dialect, model, rows)
    goes_along = columns is not None and dialect.name == "postgresql"
    if columns is None:
        await session.exec(_updating(dialect.name, model, change, unique), params=rows)
    else:
        along = other if goes_along else None
        statement = _of_many_updating(dialect.name, model, columns, change, unique, along)
        values = columns.given(dialect, model, rows)
        await session.exec(statement, params={**values, **given} if goes_along else values)
    if other is not None and not goes_along:
        await session.exec(other, params=given)


async def insert_latest(session: AsyncSession, model: type[SQLModel], rows: SelectBase, time: str) -> None:
    """Insert what a query gives of each column, in the table's order; where a row stands already, keep the later time."""
    table = table_of(model)
    statement = _insert(session.get_bind().dialect.name, model).from_select(list(table.columns), rows)
    later = statement.excluded[time]
    await session.exec(
        statement.on_conflict_do_update(
            index_elements=list(table.primary_key), set_={time: later}, where=later > table.c[time]
        )
    )


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
def _of_many_doing_nothing(dialect: str, model: type[SQLModel], columns: _Columns) -> Insert:
    statement = _of_many(dialect, model, columns).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)


@cache
def _of_many_updating(  # noqa: PLR0913, PLR0917 - what, where, and what goes along
    dialect: str,
    model: type[SQLModel],
    columns: _Columns,
    change: tuple[str, ...],
    unique: tuple[str, ...],
    along: Update | None,
) -> Insert:
    statement = _changing(_of_many(dialect, model, columns), model, change, unique)
    return statement if along is None else statement.add_cte(along.cte())


def _of_many(dialect: str, model: type[SQLModel], columns: _Columns) -> Insert:
    """Insert rows that come as one value for each column in which they differ, or as one for all of these."""
    type_of = {one.name: one.type for one in table_of(model).columns}
    if dialect == "sqlite":
        row = func.json_each(bindparam(_GIVEN)).table_valued("value").c.value
        differing = [row.op("->>")(place) for place in range(len(columns.differing))]
    else:
        arrays = [
            bindparam(_GIVEN + name, type_=postgresql.ARRAY(type_of[name])) for name in columns.differing
        ]
        differing = [*func.unnest(*arrays).table_valued(*map(column, columns.differing)).render_derived().c]
    shared = [bindparam(_GIVEN + name, type_=type_of[name]) for name in columns.shared]
    # Without a condition SQLite takes the ON of ON CONFLICT for a join's.
    rows = select(*differing, *shared).where(true())
    return _insert(dialect, model).from_select(columns.differing + columns.shared, rows)


def _as_one(dialect: Dialect, model: type[SQLModel], rows: Sequence[Values]) -> _Columns | None:
    """Return the columns of rows that go as one statement; None where they do not: one row, or what no array takes."""
    apart = _APART[dialect.name]
    if len(rows) == 1 or any(isinstance(_stored_as(model, name), apart) for name in rows[0]):
        return None
    differs = {name: any(row[name] != first for row in rows) for name, first in rows[0].items()}
    differs[next(iter(differs))] = True  # else nothing would say how many rows there are
    return _Columns(
        tuple(name for name, does in differs.items() if does),
        tuple(name for name, does in differs.items() if not does),
    )


@cache
def _stored_as(model: type[SQLModel], name: str) -> TypeEngine[Any]:
    kind = table_of(model).c[name].type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def _as_kept(dialect: Dialect, model: type[SQLModel], name: str, column: list[Any]) -> list[Any]:
    """Give a column's values as the database keeps them: numbers and text."""
    kept = _keeping(dialect, model, name)
    return list(map(kept, column)) if kept else column


@cache
def _keeping(dialect: Dialect, model: type[SQLModel], name: str) -> Callable[[Any], Any] | None:
    return table_of(model).c[name].type.dialect_impl(dialect).bind_processor(dialect)


def _changing(
    statement: Insert, model: type[SQLModel], change: tuple[str, ...], unique: tuple[str, ...]
) -> Insert:
    return statement.on_conflict_do_update(
        index_elements=unique or list(table_of(model).primary_key),
        set_={name: statement.excluded[name] for name in change},
    )


def _insert(dialect: str, model: type[SQLModel]) -> Insert:
    return (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table_of(model))
