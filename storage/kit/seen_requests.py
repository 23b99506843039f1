"""Which of Slack's signatures were accepted, in whatever process: none is accepted twice while it is fresh."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.among import among
from storage.database.upsert import table_of
from storage.tables import SeenRequest

_rows = table_of(SeenRequest).c
_ADMITTED = select(_rows.minute, _rows.signature).where(
    _rows.admitted_by == bindparam("admitted_by"), among(_rows.minute, "minutes")
)

# Written out, since it stands in the way of every tap: SQLAlchemy would look at each value.
_ADMIT_EACH = (
    "INSERT INTO seen_requests (admitted_by, minute, signature) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
)
_ADMIT_ALL = (  # PostgreSQL
    "INSERT INTO seen_requests (admitted_by, minute, signature) "
    "SELECT %s::bigint, * FROM unnest(%s::integer[], %b::bytea[]) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as Slack signed it: the minute of its own time, and its signature."""

    minute: int
    signature: bytes


async def admit(session: AsyncSession, requests: Sequence[Seen]) -> list[bool]:
    """Remember these requests, and say of each whether it came for the first time.

    One statement where none is a replay. Two that are alike in `requests` must not be: the caller's memory sees to it.
    """
    admitted_by = secrets.randbits(62)
    minutes, signatures = [one.minute for one in requests], [one.signature for one in requests]
    connection = await session.connection()
    if connection.dialect.name == "sqlite":
        rows = [
            (admitted_by, minute, signature) for minute, signature in zip(minutes, signatures, strict=True)
        ]
        remembered = await connection.exec_driver_sql(_ADMIT_EACH, rows)
    else:
        remembered = await connection.exec_driver_sql(_ADMIT_ALL, (admitted_by, minutes, signatures))
    if remembered.rowcount == len(requests):
        return [True] * len(requests)
    asked = {"admitted_by": admitted_by, "minutes": sorted(set(minutes))}
    found = await connection.execute(_ADMITTED, asked)
    fresh = {(minute, signature) for minute, signature in found}
    return [(one.minute, one.signature) in fresh for one in requests]


async def replayed(session: AsyncSession, came: Iterable[Seen | None]) -> set[Seen | None]:
    """Admit the requests that brought something, and return those that were admitted before."""
    signed = [one for one in came if one]
    if not signed:
        return set()
    admitted = await admit(session, signed)
    return {one for one, is_new in zip(signed, admitted, strict=True) if not is_new}


async def forget(session: AsyncSession, request: Seen) -> None:
    """Let a request come again that could not be served."""
    await session.exec(
        delete(SeenRequest).where(
            col(SeenRequest.minute) == request.minute, col(SeenRequest.signature) == request.signature
        )
    )


async def prune(session: AsyncSession, before_minute: int) -> None:
    """Drop what is stale by now: Slack's time alone refuses it."""
    await session.exec(delete(SeenRequest).where(col(SeenRequest.minute) < before_minute))
