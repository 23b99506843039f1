"""Rows that refer to others, through however many tables: what has to go before those can."""

from sqlalchemy import ColumnElement, Table, delete, or_
from sqlalchemy import select as select_columns
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import table_of


async def delete_with_all(session: AsyncSession, model: type[SQLModel], is_it: ColumnElement[bool]) -> None:
    """Delete these rows of a table, and in every other table whatever refers to them."""
    root = table_of(model)
    # Those that refer go before those that are referred to.
    for table in reversed(SQLModel.metadata.sorted_tables):
        hangs = _hangs_on(table, root, is_it)
        if hangs is not None:
            await session.exec(delete(table).where(hangs))


def _hangs_on(table: Table, root: Table, is_it: ColumnElement[bool]) -> ColumnElement[bool] | None:
    """Say of a table's row that it is meant, or refers to one through others; None where the table never does."""
    if table is root:
        return is_it
    found = []
    for key in table.foreign_keys:
        parent = key.column.table
        if parent is not table and (above := _hangs_on(parent, root, is_it)) is not None:
            found.append(key.parent.in_(select_columns(key.column).where(above)))
    return or_(*found) if found else None
