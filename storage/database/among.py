"""A column is among many numbers or words, told in one value: the statement stays the same however many there are.

`IN` with a place for each of them is another statement for each count, which SQLAlchemy writes and the database plans
afresh.
"""

import json
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Dialect,
    SQLColumnExpression,
    String,
    TableValuedAlias,
    TypeDecorator,
    bindparam,
)
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Many(TypeDecorator[Sequence[Any]]):
    """Many of one type, as a JSON list for SQLite and as an array for PostgreSQL."""

    impl = String
    cache_ok = True

    def __init__(self, one: TypeEngine[Any]) -> None:
        super().__init__()
        self.one = one

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(self.one))

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - as each takes it
        many = list(value or ())
        return json.dumps(many) if dialect.name == "sqlite" else many


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: object = None) -> "_Among":  # noqa: ARG002 - SQLAlchemy's signature
        """Stand as it is: SQLAlchemy would write `= 1` behind it for SQLite, which then reads the whole table."""
        return self


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    column, many = (compiler.process(one, **how) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({many}))"  # noqa: S608 - both as SQLAlchemy wrote them


@compiles(_Among, "postgresql")
def _in_array(element: _Among, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    column, many = (compiler.process(one, **how) for one in element.clauses)
    return f"{column} = ANY ({many})"


class _Each(FunctionElement[Any]):
    """A row for each of many values."""

    inherit_cache = True


@compiles(_Each, "sqlite")
def _each_of_json(element: _Each, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"json_each({compiler.process(element.clauses, **how)})"


@compiles(_Each, "postgresql")
def _each_of_array(element: _Each, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"unnest({compiler.process(element.clauses, **how)})"


def each_of(column: SQLColumnExpression[Any], name: str) -> TableValuedAlias:
    """Give a row, with its `value`, for each of those given under that name, as a list, when the statement runs.

    For what is asked of each of them by a subquery. `among` leaves it to PostgreSQL how to find them, which reads the
    whole table while it has no statistics of it: in the first minute of the first large wave.
    """
    # PostgreSQL calls the column as the rows, SQLite calls it `value`.
    return _Each(_given(column, name)).table_valued(sql_column("value", _type_of(column)), name="value")


def among(column: SQLColumnExpression[Any], name: str) -> ColumnElement[bool]:
    """Say that a column is among those given under that name, as a list, when the statement runs."""
    return _Among(column, _given(column, name))


def among_these(column: SQLColumnExpression[Any], many: Sequence[Any]) -> ColumnElement[bool]:
    """Say that a column is among these, which stand in the condition itself: for one that goes through many hands."""
    return _Among(column, bindparam("many", many, type_=_Many(_type_of(column)), unique=True))


def _given(column: SQLColumnExpression[Any], name: str) -> BindParameter[Any]:
    return bindparam(name, type_=_Many(_type_of(column)))


def _type_of(column: SQLColumnExpression[Any]) -> TypeEngine[Any]:
    return cast("ColumnElement[Any]", column).type  # a model's attribute has it too, and does not declare it
