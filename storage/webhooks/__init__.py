"""What programs elsewhere are told of, written in the transaction in which it happens, and told afterwards."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import table_of
from storage.tables import Webhook, WebhookTelling
from storage.words import Event, TellingState

_WAITING = col(WebhookTelling.state) == TellingState.WAITING


@dataclass(frozen=True, slots=True)
class WebhookStanding:
    """How a webhook stands: how many events wait, and how many were given up."""

    waiting: int = 0
    given_up: int = 0


async def tell_of(
    session: AsyncSession, workspace_id: str, event: Event, subjects: Sequence[int], now: datetime
) -> None:
    """Let each webhook that wants this event hear of it, for each subject. One question where there is none."""
    if not subjects:
        return
    asked = select(Webhook.id, Webhook.events).where(Webhook.workspace_id == workspace_id)
    rows = [
        {
            "webhook_id": webhook_id,
            "key": f"msg_{secrets.token_urlsafe(18)}",
            "event": event,
            "subject": subject,
            "happened_at": now,
            "tries": 0,
            "next_at": now,
            "state": TellingState.WAITING,
        }
        for webhook_id, events in (await session.exec(asked)).all()
        if not events or event in events
        for subject in subjects
    ]
    if rows:
        await session.exec(insert(table_of(WebhookTelling)), params=rows)


async def webhooks(session: AsyncSession, workspace_id: str) -> list[Webhook]:
    """Return the workspace's webhooks, the oldest first."""
    question = select(Webhook).where(Webhook.workspace_id == workspace_id).order_by(col(Webhook.id))
    return list((await session.exec(question)).all())


async def webhook(session: AsyncSession, workspace_id: str, webhook_id: int) -> Webhook | None:
    question = select(Webhook).where(Webhook.workspace_id == workspace_id, Webhook.id == webhook_id)
    return (await session.exec(question)).one_or_none()


async def failing(session: AsyncSession) -> list[Webhook]:
    """Return every workspace's webhooks whose receiver did not answer the last time."""
    question = select(Webhook).where(col(Webhook.troubles) > 0).order_by(col(Webhook.id))
    return list((await session.exec(question)).all())


async def standing(session: AsyncSession, webhook_id: int) -> WebhookStanding:
    """Count what a webhook is still to hear, and what it will not hear any more."""
    question = (
        select(WebhookTelling.state, func.count())
        .where(WebhookTelling.webhook_id == webhook_id, WebhookTelling.state != TellingState.TOLD)
        .group_by(col(WebhookTelling.state))
    )
    counts = dict((await session.exec(question)).all())
    return WebhookStanding(counts.get(TellingState.WAITING, 0), counts.get(TellingState.GIVEN_UP, 0))


async def remove(session: AsyncSession, webhook_id: int) -> None:
    """Take a webhook away, and all that it was still to hear."""
    await session.exec(delete(WebhookTelling).where(col(WebhookTelling.webhook_id) == webhook_id))
    await session.exec(delete(Webhook).where(col(Webhook.id) == webhook_id))


async def ready(session: AsyncSession, workspace_id: str, now: datetime) -> list[Webhook]:
    """Return the webhooks that may be told something now and have something to hear."""
    due = select(WebhookTelling.webhook_id).where(_WAITING, WebhookTelling.next_at <= now)
    question = (
        select(Webhook)
        .where(Webhook.workspace_id == workspace_id, Webhook.next_at <= now, col(Webhook.id).in_(due))
        .order_by(col(Webhook.id))
    )
    return list((await session.exec(question)).all())


async def claim(
    session: AsyncSession, webhook_id: int, now: datetime, until: datetime
) -> WebhookTelling | None:
    """Take the oldest event that is due, for no other process to tell before `until`; None when there is none.

    It counts as a try. Where the process dies, the event is told again after `until`, under the same key.
    """
    oldest = (
        select(WebhookTelling.id)
        .where(WebhookTelling.webhook_id == webhook_id, _WAITING, WebhookTelling.next_at <= now)
        .order_by(col(WebhookTelling.id))
        .limit(1)
    )
    found = (await session.exec(oldest)).one_or_none()
    if found is None:
        return None
    claiming = (
        update(WebhookTelling)
        .where(col(WebhookTelling.id) == found, _WAITING, col(WebhookTelling.next_at) <= now)
        .values(tries=WebhookTelling.tries + 1, next_at=until)
    )
    if (await session.exec(claiming)).rowcount == 0:
        return None  # another process was quicker
    return await session.get(WebhookTelling, found, populate_existing=True)


async def drop(session: AsyncSession, telling: WebhookTelling) -> None:
    """Tell nobody of an event: what it is about is gone."""
    await session.exec(delete(WebhookTelling).where(col(WebhookTelling.id) == telling.id))


async def settle(session: AsyncSession, telling: WebhookTelling, state: TellingState, now: datetime) -> None:
    """Say for good how an event ended."""
    settling = update(WebhookTelling).where(col(WebhookTelling.id) == telling.id, _WAITING)
    await session.exec(settling.values(state=state, settled_at=now))


async def put_off(session: AsyncSession, telling: WebhookTelling, until: datetime) -> None:
    """Tell an event again, at `until`."""
    await session.exec(
        update(WebhookTelling).where(col(WebhookTelling.id) == telling.id, _WAITING).values(next_at=until)
    )


async def note_answer(session: AsyncSession, webhook_id: int) -> None:
    """Remember that the receiver is there."""
    there = update(Webhook).where(col(Webhook.id) == webhook_id, col(Webhook.troubles) > 0)
    await session.exec(there.values(troubles=0, failing_since=None, trouble=None))


async def wake(session: AsyncSession, webhook_id: int, now: datetime) -> None:
    """Let a receiver hear at once what waits for it, whatever it did before."""
    await session.exec(update(Webhook).where(col(Webhook.id) == webhook_id).values(next_at=now))
    waiting = update(WebhookTelling).where(
        col(WebhookTelling.webhook_id) == webhook_id, _WAITING, col(WebhookTelling.next_at) > now
    )
    await session.exec(waiting.where(col(WebhookTelling.tries) > 0).values(next_at=now))


async def note_trouble(
    session: AsyncSession, webhook_id: int, trouble: str, now: datetime, until: datetime
) -> bool:
    """Remember that the receiver did not answer, and let it rest. True when it answered the time before."""
    resting = (
        update(Webhook)
        .where(col(Webhook.id) == webhook_id)
        .values(
            troubles=Webhook.troubles + 1,
            trouble=trouble,
            failing_since=func.coalesce(Webhook.failing_since, now),
            next_at=until,
        )
    )
    await session.exec(resting)
    return (await session.exec(select(Webhook.troubles).where(Webhook.id == webhook_id))).one_or_none() == 1


async def forget_settled(session: AsyncSession, before: datetime) -> None:
    """Drop the events that were settled earlier."""
    await session.exec(delete(WebhookTelling).where(~_WAITING, col(WebhookTelling.settled_at) < before))
