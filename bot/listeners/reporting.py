"""Somebody asks how things stand, shares it, or takes the answers away."""

from slack_bolt.async_app import AsyncAck

from bot.flows import exporting, reporting
from bot.flows.services import Services
from bot.listeners.body import Body, clicked_value, number, response_url, who


async def report_asked(services: Services, body: Body, name: str) -> None:
    """`/nps` and `/nps NAME`."""
    await reporting.show_report(services, who(body), name, response_url(body))


async def list_asked(services: Services, body: Body) -> None:
    """`/nps list`."""
    await reporting.show_list(services, who(body), response_url(body))


async def help_asked(services: Services, body: Body) -> None:
    """`/nps help`."""
    await reporting.show_help(services, who(body), response_url(body))


async def export_asked(services: Services, body: Body, name: str) -> None:
    """`/nps export` and `/nps export NAME`."""
    await exporting.send_answers(services, who(body), name, response_url(body))


async def share_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await reporting.share_report(services, who(body), number(clicked_value(body)), response_url(body))
