"""People and workspaces, as Slack told of them last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, func, true, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.among import among, each_of
from storage.database.upsert import insert_or_update
from storage.tables import (
    Answer,
    Import,
    ImportChange,
    Mention,
    Person,
    Property,
    Publication,
    Result,
    Survey,
    SurveyDriver,
    Wave,
    Workspace,
    WorkspaceSettings,
)
from storage.words import QUARANTINE_DAYS

NOT_YET_CONNECTED = "T0"
"""The workspace of imports until a real one installs the app; Slack's own ids are longer."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person as a message to them needs them: their language and zone, as Slack told at `refreshed_at`.

    A `KnownPerson` is that too, and more.
    """

    workspace_id: str
    user_id: str
    locale: str
    time_zone: str
    refreshed_at: datetime


class KnownPerson(NamedTuple):
    """What `Person` stores of somebody, as a value: SQLAlchemy takes its time to make an object of a row."""

    workspace_id: str
    user_id: str
    refreshed_at: datetime
    locale: str = "en-US"
    time_zone: str = "UTC"
    is_bot: bool = False
    is_deactivated: bool = False
    is_admin: bool = False
    is_guest: bool = False
    is_stranger: bool = False
    has_never_signed_in: bool = False


async def ensure_workspace(
    session: AsyncSession, workspace_id: str, name: str, quarantine_days: int = QUARANTINE_DAYS
) -> None:
    """Store the workspace, or its new name; it takes over what was imported before Slack was connected."""
    row = {"id": workspace_id, "name": name, "quarantine_days": quarantine_days}
    await insert_or_update(session, Workspace, [row], change=("name", "quarantine_days"))
    waits = select(Workspace.id).where(Workspace.id == NOT_YET_CONNECTED)
    if workspace_id != NOT_YET_CONNECTED and (await session.exec(waits)).one_or_none():
        for model in (
            Survey,
            SurveyDriver,
            Wave,
            Import,
            Answer,
            Mention,
            Property,
            ImportChange,
            Result,
            Publication,
        ):
            theirs = col(model.workspace_id) == NOT_YET_CONNECTED
            await session.exec(update(model).where(theirs).values(workspace_id=workspace_id))
        await session.exec(delete(Workspace).where(col(Workspace.id) == NOT_YET_CONNECTED))


async def home_workspace(session: AsyncSession) -> str | None:
    """Return the one workspace's id; None when there are several. Before Slack is connected it is NOT_YET_CONNECTED's."""
    known = (await session.exec(select(Workspace.id).limit(2))).all()
    if not known:
        await ensure_workspace(session, NOT_YET_CONNECTED, "not yet connected to Slack")
        return NOT_YET_CONNECTED
    return known[0] if len(known) == 1 else None


async def workspace(session: AsyncSession, workspace_id: str) -> Workspace | None:
    return await session.get(Workspace, workspace_id)


QUARANTINE: ColumnElement[int] = func.coalesce(
    col(WorkspaceSettings.quarantine_days), col(Workspace.quarantine_days)
)
"""For how many days a workspace, joined with its settings, asks nobody again: as its managers set, or the environment."""


async def quarantine_days(session: AsyncSession, workspace_id: str) -> int:
    """Return for how many days the workspace asks nobody again."""
    question = (
        select(QUARANTINE)
        .select_from(Workspace)
        .join(WorkspaceSettings, col(WorkspaceSettings.workspace_id) == Workspace.id, isouter=True)
        .where(Workspace.id == workspace_id)
    )
    found: int | None = (await session.exec(question)).one_or_none()
    return QUARANTINE_DAYS if found is None else found


async def remember(session: AsyncSession, person: KnownPerson) -> None:
    """Store what Slack says of one person now."""
    await remember_many(session, [person])


async def remember_many(session: AsyncSession, people: Iterable[KnownPerson]) -> None:
    """Store what Slack says of many people now; of one named twice, the later."""
    rows = {(person.workspace_id, person.user_id): person._asdict() for person in people}
    facts = tuple(name for name in KnownPerson._fields if name not in {"workspace_id", "user_id"})
    # In one order always, so that two processes that remember the same people do not wait in a ring.
    await insert_or_update(session, Person, [rows[key] for key in sorted(rows)], change=facts)


async def person(session: AsyncSession, workspace_id: str, user_id: str) -> Person | None:
    return await session.get(Person, (workspace_id, user_id))


async def admins(session: AsyncSession, workspace_id: str, limit: int) -> list[str]:
    """Return the user ids of admins, as Slack described them last, the latest first."""
    question = (
        select(Person.user_id)
        .where(Person.workspace_id == workspace_id, col(Person.is_admin), ~col(Person.is_deactivated))
        .order_by(col(Person.refreshed_at).desc(), Person.user_id)
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def people_count(session: AsyncSession, workspace_id: str) -> int:
    """Return how many people of the workspace we know."""
    return (await session.exec(select(func.count()).where(Person.workspace_id == workspace_id))).one()


_ONE_KNOWN = select_columns(*(getattr(Person, name) for name in KnownPerson._fields)).where(
    col(Person.workspace_id) == bindparam("workspace_id")
)
_somebody = each_of(col(Person.user_id), "user_ids")
# A subquery with an OFFSET is asked for each of them, by the key. Asked at once PostgreSQL reads the whole table, as long
# as it has no statistics of it: for each thousand people of the first large wave.
_each_known = _ONE_KNOWN.where(col(Person.user_id) == _somebody.c.value).offset(0).lateral()
_KNOWN = {
    "sqlite": _ONE_KNOWN.where(among(col(Person.user_id), "user_ids")),
    "postgresql": select_columns(_each_known).select_from(_somebody).join(_each_known, true()),
}


async def people_of(
    session: AsyncSession, workspace_id: str, user_ids: Sequence[str]
) -> dict[str, KnownPerson]:
    """Return those of the people we know, by user id."""
    given = {"workspace_id": workspace_id, "user_ids": user_ids}
    connection = await session.connection()
    found = await connection.execute(_KNOWN[connection.dialect.name], given)
    return {one.user_id: one for one in map(KnownPerson._make, found)}
