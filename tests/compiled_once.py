"""SQL compiled once for all databases of a test process, as production does with its one engine.

SQLAlchemy keeps compiled SQL with each engine, and a test has an engine of its own: the same few hundred statements were
compiled again for each of a thousand databases, a fifth of all the time. What is compiled depends on the dialect and the
version of the database, and each dialect meets one version in a test run.
"""

from typing import Any

from sqlalchemy import URL, Dialect, Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg, PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

COMPILED: dict[Any, Any] = {}


class _Shared(Dialect):
    """Is equal to every dialect of its class, so that what one of them has compiled is found by the others."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=COMPILED)


class Sqlite(_Shared, SQLiteDialect_aiosqlite):
    supports_statement_cache = True


class AsyncPostgres(_Shared, PGDialectAsync_psycopg):
    supports_statement_cache = True


class Postgres(PGDialect_psycopg):
    supports_statement_cache = True

    @classmethod
    def get_async_dialect_cls(cls, url: URL) -> type[Dialect]:  # noqa: ARG003 - as SQLAlchemy calls it
        return AsyncPostgres


def share_compiled_sql() -> None:
    """Let each engine that is made from now on use what another has compiled."""
    registry.register("sqlite.aiosqlite", __name__, Sqlite.__name__)
    registry.register("postgresql.psycopg", __name__, Postgres.__name__)
