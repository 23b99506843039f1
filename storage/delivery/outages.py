"""Whether Slack takes messages from a workspace: every process, and each that starts, reads it here."""

from datetime import datetime, timedelta

from sqlalchemy import case, delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import insert_if_absent
from storage.tables import Outage

REMOVED = frozenset({"token_revoked", "account_inactive"})
"""What Slack says of a token when the app was removed from its workspace, or its token revoked."""

FEW = 3
"""Messages in a row that were not taken: after so many nothing more is put in doubt."""


async def outage(session: AsyncSession, workspace_id: str) -> Outage | None:
    """Return what stands of a trouble, be it of few messages or one that has stopped the sending."""
    question = select(Outage).where(Outage.workspace_id == workspace_id)
    return (await session.exec(question)).one_or_none()


async def stopped(session: AsyncSession, workspace_id: str | None = None) -> list[Outage]:
    """Return the outages that have stopped the sending, of one workspace or of all."""
    question = select(Outage).where(col(Outage.stopped_at).is_not(None)).order_by(Outage.workspace_id)
    if workspace_id is not None:
        question = question.where(Outage.workspace_id == workspace_id)
    return list((await session.exec(question)).all())


async def note_trouble(  # noqa: PLR0913 - the workspace, the trouble, its time, and what follows
    session: AsyncSession, workspace_id: str, code: str, now: datetime, pause: timedelta, *, at_once: bool
) -> bool:
    """Count one more message that was not taken; stop the sending after a few, or at once. True when it stops by this.

    That the app is removed counts from when it was said first, whatever had stopped the sending before, and no other
    trouble takes its place.
    """
    row = {"workspace_id": workspace_id, "code": code, "troubles": 0, "began_at": now, "probes": 0}
    await insert_if_absent(session, Outage, row)
    this = col(Outage.workspace_id) == workspace_id
    counting = update(Outage).where(this).values(troubles=Outage.troubles + 1)
    is_removed = col(Outage.code).in_(REMOVED)
    if code in REMOVED:
        had_stopped = col(Outage.stopped_at).is_not(None) & ~is_removed
        counting = counting.values(
            code=code, stopped_at=case((had_stopped, now), else_=col(Outage.stopped_at))
        )
    else:
        counting = counting.values(code=case((is_removed, col(Outage.code)), else_=code))
    await session.exec(counting)
    enough = (
        update(Outage)
        .where(this, col(Outage.stopped_at).is_(None), col(Outage.troubles) >= (0 if at_once else FEW))
        .values(stopped_at=now, probe_at=now + pause)
    )
    return (await session.exec(enough)).rowcount == 1


async def note_success(session: AsyncSession, workspace_id: str) -> None:
    """Forget the few troubles before a message that was taken. One that has stopped the sending stays for a probe."""
    few = col(Outage.stopped_at).is_(None)
    await session.exec(delete(Outage).where(col(Outage.workspace_id) == workspace_id, few))


async def claim_probe(session: AsyncSession, found: Outage, now: datetime, pause: timedelta) -> bool:
    """Take the one try that is due, the next being due after `pause`; False when another process has it."""
    claiming = (
        update(Outage)
        .where(
            col(Outage.workspace_id) == found.workspace_id,
            col(Outage.probes) == found.probes,
            col(Outage.probe_at) <= now,
        )
        .values(probes=Outage.probes + 1, probe_at=now + pause)
    )
    return (await session.exec(claiming)).rowcount == 1


async def probe_now(session: AsyncSession, workspace_id: str, now: datetime) -> bool:
    """Let the next look try it, and begin with short pauses again; False when nothing is stopped."""
    hurrying = (
        update(Outage)
        .where(col(Outage.workspace_id) == workspace_id, col(Outage.stopped_at).is_not(None))
        .values(probes=0, probe_at=now)
    )
    return (await session.exec(hurrying)).rowcount == 1


async def end(session: AsyncSession, workspace_id: str) -> bool:
    """Let the sending go on: a message was taken. False when another process has said so."""
    ending = delete(Outage).where(col(Outage.workspace_id) == workspace_id)
    return (await session.exec(ending)).rowcount == 1
