"""Constraints that a table lets go of, on either database."""

import re

import sqlalchemy as sa
from alembic import op


def drop_foreign_key(table: str, constraint: str) -> None:
    """Let a table refer to another one no more; its rows stay as they are."""
    if op.get_bind().dialect.name == "sqlite":
        _forget(table, constraint)
    else:
        op.drop_constraint(constraint, table)


def _forget(table: str, constraint: str) -> None:
    """Take the constraint out of the table's text, as SQLite's manual allows: Alembic would copy ten million answers.

    https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes", the second procedure.
    """
    connection = op.get_bind()
    stored = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table")
    before = connection.execute(stored, {"table": table}).scalar_one()
    after, found = re.subn(
        rf",\s*CONSTRAINT {constraint} FOREIGN KEY ?\([^()]*\) REFERENCES [^()]*\([^()]*\)", "", before
    )
    if found != 1:
        message = f"the table {table} is not as the migrations before have made it: {before}"
        raise RuntimeError(message)
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    changed = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :table")
    connection.execute(changed, {"sql": after, "table": table})
    connection.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))
