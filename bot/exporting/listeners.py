"""A manager takes the answers away."""

from bot.exporting import exporting
from bot.kit.request import Body, response_url, who
from bot.kit.services import Services


async def export_asked(services: Services, body: Body, name: str) -> None:
    """`/nps export` and `/nps export NAME`."""
    await exporting.send_answers(services, who(body), name, response_url(body))
