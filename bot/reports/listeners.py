"""Somebody asks how things stand, or shares it."""

from slack_bolt.async_app import AsyncAck

from bot.kit.request import Body, clicked_value, number, response_url, who
from bot.kit.services import Services
from bot.reports import reporting


async def report_asked(services: Services, body: Body, name: str) -> None:
    """`/nps` and `/nps NAME`."""
    await reporting.show_report(services, who(body), name, response_url(body))


async def list_asked(services: Services, body: Body) -> None:
    """`/nps list`."""
    await reporting.show_list(services, who(body), response_url(body))


async def share_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await reporting.share_report(services, who(body), number(clicked_value(body)), response_url(body))
