"""An operator adds a receiver, looks at those there are, tries one, takes one away."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.errors import NpsBotError
from bot.kit.services import Services
from bot.outward import ReceiverAnswer
from bot.webhooks.telling import post_signed
from bot.webhooks.views import payload
from storage import webhooks
from storage.tables import Webhook
from storage.webhooks import WebhookStanding
from storage.words import Event

LONGEST_URL = 2_000


class WrongAddress(NpsBotError):  # noqa: N818 - the operator's
    """Nothing can be told at this address; the text says what to give."""


class NoSuchWebhook(NpsBotError):  # noqa: N818 - likewise
    """There is no webhook of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no webhook {number}. nps-bot webhook list shows them.")


@dataclass(frozen=True, slots=True)
class ListedWebhook:
    """A webhook and how it stands."""

    hook: Webhook
    standing: WebhookStanding


async def add(services: Services, url: str, events: Sequence[Event], *, may_be_private: bool) -> Webhook:
    """Add a receiver. It hears of what happens from now on. Raises WrongAddress."""
    _require_address(url, may_be_private=may_be_private)
    now = services.clock()
    hook = Webhook(
        workspace_id=services.workspace_id,
        url=url,
        secret="whsec_" + b64encode(secrets.token_bytes(32)).decode(),
        events=sorted(set(events)),
        may_be_private=may_be_private,
        added_at=now,
        next_at=now,
    )
    async with services.database.writing() as session:
        session.add(hook)
    return hook


async def listed(services: Services) -> list[ListedWebhook]:
    """Return the receivers, the oldest first."""
    async with services.database.reading() as session:
        known = await webhooks.webhooks(session, services.workspace_id)
        return [ListedWebhook(hook, await webhooks.standing(session, hook.id)) for hook in known]


async def remove(services: Services, number: int) -> Webhook:
    """Take a receiver away; what it was still to hear it will not hear. Raises NoSuchWebhook."""
    hook = await _webhook(services, number)
    async with services.database.writing() as session:
        await webhooks.remove(session, hook.id)
    return hook


async def try_out(services: Services, number: int) -> ReceiverAnswer:
    """Send a receiver one event that means nothing, now, and return what it says. Raises NoSuchWebhook, NotReached."""
    hook = await _webhook(services, number)
    key = f"msg_test_{secrets.token_urlsafe(12)}"
    answer = await post_signed(services, hook, key, payload.body_of_a_trial(services.clock()))
    async with services.database.writing() as session:
        await webhooks.wake(session, hook.id, services.clock())
    return answer


async def _webhook(services: Services, number: int) -> Webhook:
    async with services.database.reading() as session:
        hook = await webhooks.webhook(session, services.workspace_id, number)
    if hook is None:
        raise NoSuchWebhook(number)
    return hook


def _require_address(url: str, *, may_be_private: bool) -> None:
    try:
        read = urlsplit(url)
        is_whole = bool(read.hostname) and (read.port is None or read.port > 0)
    except ValueError:
        is_whole = False
    if (
        not is_whole
        or read.scheme not in {"https", "http"}
        or len(url) > LONGEST_URL
        or not url.isprintable()
    ):
        message = "This is no web address: give one such as https://example.com/nps."
        raise WrongAddress(message)
    if read.username or read.password:
        message = "The address holds a name or a password: leave them out, what is sent is signed."
        raise WrongAddress(message)
    if read.scheme == "http" and not may_be_private:
        message = "Give an https address, so that nobody reads on the way; or --private for one in your own network."
        raise WrongAddress(message)
