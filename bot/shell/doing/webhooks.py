"""What `nps-bot webhook` does."""

from collections.abc import Sequence
from typing import Any

from bot.app import App
from bot.outward import NotReached
from bot.shell.kit.sentences import Output
from bot.shell.kit.terminal import NotDone
from bot.webhooks import subscribing
from bot.webhooks.rules.retrying import ReceiverVerdict, verdict
from bot.webhooks.subscribing import ListedWebhook
from storage.tables import Webhook
from storage.words import Event


async def add(app: App, *, url: str, events: Sequence[Event], may_be_private: bool) -> Output:
    """Add a receiver. Raises WrongAddress."""
    hook = await subscribing.add(app.services, url, events, may_be_private=may_be_private)
    text = (
        f"Webhook {hook.id} hears {_events(hook)} from now on.\n"
        f"Its secret, shown this once: {hook.secret}\n"
        f"Try it: nps-bot webhook test {hook.id}"
    )
    return Output({**_data(hook), "secret": hook.secret}, text)


async def list_all(app: App) -> Output:
    """Show every receiver, and how it stands."""
    found = await subscribing.listed(app.services)
    lines = [_line(one) for one in found]
    data = [
        _data(one.hook) | {"waiting": one.standing.waiting, "given_up": one.standing.given_up}
        for one in found
    ]
    return Output(data, "\n".join(lines) or "There is no webhook. Add one: nps-bot webhook add https://…")


async def try_out(app: App, *, number: int) -> Output:
    """Send a receiver an event that means nothing. Raises NoSuchWebhook, NotDone."""
    try:
        answer = await subscribing.try_out(app.services, number)
    except NotReached as error:
        raise NotDone(_unreached(error.code)) from None
    if verdict(answer.status) is not ReceiverVerdict.TAKEN:
        message = f"The receiver answered with status {answer.status}: it must answer with 200 to 299."
        raise NotDone(message)
    return Output(
        {"id": number, "status": answer.status}, f"The receiver took it, with status {answer.status}."
    )


async def remove(app: App, *, number: int) -> Output:
    """Take a receiver away. Raises NoSuchWebhook."""
    hook = await subscribing.remove(app.services, number)
    return Output(
        {"id": hook.id, "removed": True},
        f"Webhook {hook.id} is taken away. Nothing more is told at {hook.url}.",
    )


def _unreached(code: str) -> str:
    return {
        "private_address": (
            "The address leads into a private network. If it is your own, add it again with --private."
        ),
        "timed_out": "The receiver did not answer within ten seconds.",
    }.get(code, "The receiver cannot be reached: check the address, its certificate, and the network.")


def _line(one: ListedWebhook) -> str:
    hook, standing = one.hook, one.standing
    said = [f"{hook.id}  {hook.url}  hears {_events(hook)}"]
    if standing.waiting:
        said.append(f"{standing.waiting} waiting")
    if standing.given_up:
        said.append(f"{standing.given_up} given up in the last month")
    if hook.failing_since:
        said.append(f"no answer since {hook.failing_since:%Y-%m-%d %H:%M} UTC ({hook.trouble})")
    return ", ".join(said)


def _events(hook: Webhook) -> str:
    return ", ".join(hook.events) or "every event"


def _data(hook: Webhook) -> dict[str, Any]:
    return {
        "id": hook.id,
        "url": hook.url,
        "events": hook.events or [event.value for event in Event],
        "private": hook.may_be_private,
        "added_at": hook.added_at.isoformat(),
        "failing_since": hook.failing_since and hook.failing_since.isoformat(),
        "trouble": hook.trouble,
    }
