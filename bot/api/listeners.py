"""A workflow has come to our step."""

from slack_bolt.async_app import AsyncAck

from bot.api import stepping
from bot.kit.request import Request
from bot.kit.services import Services


async def step_ran(services: Services, ack: AsyncAck, request: Request) -> None:
    """Ask, and end the step, before Slack hears that we took it: where that fails, Slack sends it again."""
    if request.is_ours:
        await stepping.run_step(services, request)
    await ack()
