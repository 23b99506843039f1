"""A manager takes the answers away."""

from slack_bolt.async_app import AsyncAck

from bot.exporting import exporting
from bot.kit.finding import survey_with_id
from bot.kit.request import Request
from bot.kit.services import Services


async def export_asked(services: Services, request: Request, name: str) -> None:
    """`/nps export` and `/nps export NAME`."""
    await exporting.send_answers(services, request, name)


async def export_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    survey = await survey_with_id(services, request.who, request.clicked_id)
    await exporting.send_answers(services, request, survey.name)
