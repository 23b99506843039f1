"""A column is among many numbers or words, told in one value: the statement stays the same however many there are.

`IN` with a place for each of them is another statement for each count, which SQLAlchemy writes and the database plans
afresh.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Dialect, SQLColumnExpression, String, TypeDecorator, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Numbers(TypeDecorator[Sequence[int]]):
    """Whole numbers as the text that each database reads as many: [1,2] for SQLite, {1,2} for PostgreSQL."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> str:
        opening, closing = "[]" if dialect.name == "sqlite" else "{}"
        return f"{opening}{','.join(map(str, value or ()))}{closing}"


class _Words(TypeDecorator[Sequence[str]]):
    """Words as a JSON list for SQLite, and as an array for PostgreSQL."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(String()))

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - as each takes it
        words = list(value or ())
        return json.dumps(words) if dialect.name == "sqlite" else words


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
    _, given = element.clauses
    return f"{column} = ANY ({many if isinstance(given.type, _Words) else f'CAST({many} AS INTEGER[])'})"


def among(column: SQLColumnExpression[int], name: str) -> ColumnElement[bool]:
    """Say that a column is among the numbers given under that name, as a list, when the statement runs."""
    return _Among(column, bindparam(name, type_=_Numbers()))


def among_words(column: SQLColumnExpression[str], name: str) -> ColumnElement[bool]:
    """Say that a column is among the words given under that name, as a list, when the statement runs."""
    return _Among(column, bindparam(name, type_=_Words()))
