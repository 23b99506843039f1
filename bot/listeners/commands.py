"""`/nps …`: acknowledged at once, then handed to whoever knows the word."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck

from bot.flows.services import Services
from bot.listeners import reporting, steering, surveying
from bot.listeners.body import Body, command_text
from bot.rules.command import Verb, parse

_OF_ONE_SURVEY: dict[Verb, Callable[[Services, Body, str], Awaitable[None]]] = {
    Verb.REPORT: reporting.report_asked,
    Verb.OPEN: surveying.opening_asked,
    Verb.CLOSE: surveying.closing_asked,
    Verb.PAUSE: steering.pause_asked,
    Verb.RESUME: steering.resume_asked,
    Verb.EXPORT: reporting.export_asked,
}
_OF_ALL: dict[Verb, Callable[[Services, Body], Awaitable[None]]] = {
    Verb.NEW: surveying.survey_wished,
    Verb.WAVES: steering.waves_asked,
    Verb.LIST: reporting.list_asked,
    Verb.HELP: reporting.help_asked,
}


async def nps_typed(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    command = parse(command_text(body))
    if command.verb in _OF_ALL:
        await _OF_ALL[command.verb](services, body)
    else:
        await _OF_ONE_SURVEY[command.verb](services, body, command.name)
