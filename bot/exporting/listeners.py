"""A manager takes the answers away."""

from bot.exporting import exporting
from bot.kit.request import Request
from bot.kit.services import Services


async def export_asked(services: Services, request: Request, name: str) -> None:
    """`/nps export` and `/nps export NAME`."""
    await exporting.send_answers(services, request, name)
