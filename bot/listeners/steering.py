"""A manager watches the waves, pauses them, lets them go on, sends again, closes early."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck

from bot.flows import managing, steering, watching
from bot.flows.services import Services
from bot.flows.surveying import steered_survey, survey_with_id
from bot.listeners.body import Body, clicked_value, number, response_url, who
from bot.rules.command import Verb


async def waves_asked(services: Services, body: Body) -> None:
    """`/nps waves`."""
    await watching.show_waves(services, who(body), response_url(body))


async def waves_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await waves_asked(services, body)


async def pause_asked(services: Services, body: Body, name: str) -> None:
    """`/nps pause NAME`."""
    survey = await steered_survey(services, who(body), Verb.PAUSE, name)
    await steering.pause_and_tell(services, who(body), survey, response_url(body))


async def resume_asked(services: Services, body: Body, name: str) -> None:
    """`/nps resume NAME`."""
    survey = await steered_survey(services, who(body), Verb.RESUME, name)
    await steering.resume_and_tell(services, who(body), survey, response_url(body))


async def pause_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await _steer(services, body, steering.pause_and_tell)


async def resume_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await _steer(services, body, steering.resume_and_tell)


async def resend_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await _steer(services, body, steering.resend_and_tell)


async def close_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await _steer(services, body, managing.close_and_tell)


async def _steer(services: Services, body: Body, steer: Callable[..., Awaitable[None]]) -> None:
    """Do something with the survey whose id we wrote into the button."""
    survey = await survey_with_id(services, who(body), number(clicked_value(body)))
    await steer(services, who(body), survey, response_url(body))
