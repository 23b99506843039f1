"""What Alembic runs for each command; `storage.migrate` has opened the connection and its transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Column, Enum
from sqlmodel import AutoString

from storage.audience import AudienceColumn
from storage.database.columns import CountsBy, UtcDateTime, Word
from storage.tables import Workspace


def render_type(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Write plain types into migrations: they must say the same when our own types have changed or gone."""
    match kind, item:
        case "type", UtcDateTime():
            return "sa.DateTime(timezone=True)"
        case "type", Enum(length=length):
            return f"sa.String(length={length})"
        case "type", AutoString() | Word():
            return "sa.String()"
        case "type", AudienceColumn() | CountsBy():
            return "sa.JSON()"
    return False


def differs(_: object, __: object, column: Column[object], *___: object) -> bool | None:
    """Leave defaults to Alembic, but for JSON, which PostgreSQL cannot compare."""
    return False if isinstance(column.type, (JSON, AudienceColumn, CountsBy)) else None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Workspace.metadata,
    render_item=render_type,
    compare_server_default=differs,
    # SQLite changes a table by copying it; PostgreSQL then just alters it.
    render_as_batch=True,
)
context.run_migrations()
