"""Somebody looks at App Home."""

from slack_bolt.async_app import AsyncAck

from bot.flows.home import refresh_home
from bot.flows.services import Services
from bot.listeners.body import Body, part, who


async def home_opened(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    if part(body, "event").get("tab") == "home":
        await refresh_home(services, who(body))
