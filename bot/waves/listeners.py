"""A manager opens a wave, watches it, pauses it, lets it go on, sends again, closes it early."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck

from bot.kit.finding import meant_survey, one_survey, steered_survey, survey_with_id
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.waves import asking_first, closing, ending, opening, progress, reopening, steering


async def waves_asked(services: Services, request: Request) -> None:
    """`/nps waves`."""
    await progress.show_waves(services, request)


async def waves_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await waves_asked(services, request)


async def pause_asked(services: Services, request: Request, name: str) -> None:
    """`/nps pause NAME`."""
    survey = await steered_survey(services, request.who, Verb.PAUSE, name)
    await steering.pause_and_tell(services, request, survey)


async def resume_asked(services: Services, request: Request, name: str) -> None:
    """`/nps resume NAME`."""
    survey = await steered_survey(services, request.who, Verb.RESUME, name)
    await steering.resume_and_tell(services, request, survey)


async def pause_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await _steer(services, request, steering.pause_and_tell)


async def resume_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await _steer(services, request, steering.resume_and_tell)


async def resend_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await _steer(services, request, steering.resend_and_tell)


async def close_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await _steer(services, request, closing.close_and_tell)


async def _steer(services: Services, request: Request, steer: Callable[..., Awaitable[None]]) -> None:
    """Do something with the survey that the button names."""
    survey = await survey_with_id(services, request.who, request.clicked_id)
    await steer(services, request, survey)


async def open_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await opening.open_by_id(services, request, request.clicked_id)


async def opening_asked(services: Services, request: Request, name: str) -> None:
    """`/nps open NAME`."""
    survey = await meant_survey(services, request.who, Verb.OPEN, name, has_open_wave=False)
    await asking_first.ask_before_opening(services, request, survey)


async def closing_asked(services: Services, request: Request, name: str) -> None:
    """`/nps close NAME`."""
    survey = await meant_survey(services, request.who, Verb.CLOSE, name, has_open_wave=True)
    await asking_first.ask_before_closing(services, request, survey)


async def open_agreed(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await asking_first.open_as_agreed(services, request, *request.clicked_ids)


async def close_agreed(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await asking_first.close_as_agreed(services, request, *request.clicked_ids)


async def reopening_asked(services: Services, request: Request, name: str) -> None:
    """`/nps reopen NAME`."""
    survey = await meant_survey(services, request.who, Verb.REOPEN, name, has_open_wave=False)
    await reopening.ask_before_reopening(services, request, survey)


async def reopen_agreed(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await reopening.reopen_as_agreed(services, request, *request.clicked_ids)


async def ending_asked(services: Services, request: Request, name: str) -> None:
    """`/nps end NAME`."""
    survey = await one_survey(services, request.who, Verb.END, name)
    await ending.ask_before_ending(services, request, survey)


async def end_agreed(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await ending.end_as_agreed(services, request, *request.clicked_ids)


async def not_now_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await asking_first.leave_it(services, request)
