"""A manager opens a wave, watches it, pauses it, lets it go on, sends again, closes it early."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck

from bot.kit.finding import meant_survey, steered_survey, survey_with_id
from bot.kit.request import Body, clicked_value, number, response_url, who
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.waves import closing, opening, progress, steering


async def waves_asked(services: Services, body: Body) -> None:
    """`/nps waves`."""
    await progress.show_waves(services, who(body), response_url(body))


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
    await _steer(services, body, closing.close_and_tell)


async def _steer(services: Services, body: Body, steer: Callable[..., Awaitable[None]]) -> None:
    """Do something with the survey that the button's value names."""
    survey = await survey_with_id(services, who(body), number(clicked_value(body)))
    await steer(services, who(body), survey, response_url(body))


async def open_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await opening.open_by_id(services, who(body), number(clicked_value(body)), response_url(body))


async def opening_asked(services: Services, body: Body, name: str) -> None:
    """`/nps open NAME`."""
    manager = who(body)
    survey = await meant_survey(services, manager, Verb.OPEN, name, has_open_wave=False)
    await opening.open_and_tell(services, manager, survey, response_url(body))


async def closing_asked(services: Services, body: Body, name: str) -> None:
    """`/nps close NAME`."""
    manager = who(body)
    survey = await meant_survey(services, manager, Verb.CLOSE, name, has_open_wave=True)
    await closing.close_and_tell(services, manager, survey, response_url(body))
