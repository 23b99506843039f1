"""Events on their way to the programs that want to hear them: one after the other, each until it is taken.

Claim, commit, tell, record. A process that dies while it tells leaves the event to be told again, under the same key:
what is told twice, the receiver can know.
"""

import asyncio
from datetime import timedelta

from standardwebhooks import Webhook as Signing

from bot.kit.services import Services
from bot.logs import log
from bot.metrics.counting import event_told
from bot.outward import NotReached, ReceiverAnswer
from bot.webhooks.composing import compose
from bot.webhooks.rules.retrying import ReceiverVerdict, is_over, pause, verdict
from bot.webhooks.views import payload
from storage import webhooks
from storage.privacy.leaving import removed_since
from storage.tables import Webhook, WebhookTelling
from storage.words import TellingState

LEASE = timedelta(minutes=5)
KEPT = timedelta(days=30)
"""How long it can be seen that an event was given up."""

MOST_IN_A_ROW = 200
"""Events that one look of the clock tells one receiver: then the others have their turn."""


async def tell_events(services: Services) -> None:
    """Tell each receiver what it is still to hear, all of them at once, until one does not answer.

    Nobody hears anything once the app is removed from its workspace.
    """
    async with services.database.reading() as session:
        if await removed_since(session, services.workspace_id):
            return
        ready = await webhooks.ready(session, services.workspace_id, services.clock())
    await asyncio.gather(*(_tell_all(services, one) for one in ready))


async def forget_told_events(services: Services) -> None:
    """Drop what was told, or given up, a month ago."""
    async with services.database.writing() as session:
        await webhooks.forget_settled(session, services.clock() - KEPT)


async def post_signed(services: Services, hook: Webhook, key: str, body: bytes) -> ReceiverAnswer:
    """Post a body with a signature of this moment, as the Standard Webhooks specification says. Raises NotReached."""
    now = services.clock()
    headers = {
        "content-type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signing(hook.secret).sign(key, now, body.decode()),
    }
    return await services.outward.post(hook.url, body, headers, may_be_private=hook.may_be_private)


async def _tell_all(services: Services, hook: Webhook) -> None:
    for _ in range(MOST_IN_A_ROW):
        now = services.clock()
        async with services.database.writing() as session:
            telling = await webhooks.claim(session, hook.id, now, now + LEASE)
        if telling is None or not await _tell(services, hook, telling):
            return


async def _tell(services: Services, hook: Webhook, telling: WebhookTelling) -> bool:
    """Tell one event. False when the receiver is not there: then the others need not be tried."""
    async with services.database.reading() as session:
        data = await compose(session, telling)
    if data is None:
        async with services.database.writing() as session:
            await webhooks.drop(session, telling)
        return True
    retry_after = None
    try:
        answer = await post_signed(
            services, hook, telling.key, payload.body(telling.event, telling.happened_at, data)
        )
        found, trouble, retry_after = verdict(answer.status), f"status_{answer.status}", answer.retry_after
    except NotReached as error:
        found, trouble = ReceiverVerdict.AWAY, error.code
    event_told(telling.event.value, found.name.lower())
    await _record(services, hook, telling, found, trouble, retry_after)
    return found is not ReceiverVerdict.AWAY


async def _record(  # noqa: PLR0913, PLR0917 - who was told what, and what came of it
    services: Services,
    hook: Webhook,
    telling: WebhookTelling,
    found: ReceiverVerdict,
    trouble: str,
    retry_after: int | None,
) -> None:
    now = services.clock()
    is_first = False
    async with services.database.writing() as session:
        if found is ReceiverVerdict.AWAY:
            stands = await webhooks.webhook(session, hook.workspace_id, hook.id)
            rest = pause((stands.troubles if stands else 0) + 1, retry_after)
            is_first = await webhooks.note_trouble(session, hook.id, trouble, now, now + rest)
            again = now
        else:
            await webhooks.note_answer(session, hook.id)
            again = now + pause(telling.tries, retry_after)
        if found is ReceiverVerdict.TAKEN:
            await webhooks.settle(session, telling, TellingState.TOLD, now)
        elif is_over(telling.happened_at, now):
            await webhooks.settle(session, telling, TellingState.GIVEN_UP, now)
        else:
            await webhooks.put_off(session, telling, again)
    if is_first:
        log.warning("webhook.troubled", webhook=hook.id, trouble=trouble)
