"""`/nps …`: acknowledged at once, then handed to the room that knows the word."""

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck

from bot.actions import listeners as actions
from bot.cases import listeners as cases
from bot.comments import listeners as comments
from bot.exporting import listeners as exporting
from bot.home import listeners as home
from bot.kit.finding import is_survey
from bot.kit.request import Request
from bot.kit.rules.command import YOUNG, Command, Verb, parse
from bot.kit.services import Services
from bot.privacy import listeners as privacy
from bot.reports import listeners as reports
from bot.surveys import listeners as surveys
from bot.waves import listeners as waves
from bot.workspace import listeners as workspace

_OF_ONE_SURVEY: dict[Verb, Callable[[Services, Request, str], Awaitable[None]]] = {
    Verb.REPORT: reports.report_asked,
    Verb.TREND: reports.trend_asked,
    Verb.DRIVERS: reports.drivers_asked,
    Verb.SEGMENTS: reports.segments_asked,
    Verb.COMPARE: reports.comparison_asked,
    Verb.COMMENTS: comments.comments_asked,
    Verb.WHO: reports.who_asked,
    Verb.CASES: cases.cases_asked,
    Verb.ACTIONS: actions.actions_asked,
    Verb.WAVE: reports.wave_asked,
    Verb.SCORE: reports.score_asked,
    Verb.OPEN: waves.opening_asked,
    Verb.CLOSE: waves.closing_asked,
    Verb.REOPEN: waves.reopening_asked,
    Verb.EDIT: surveys.editing_asked,
    Verb.END: waves.ending_asked,
    Verb.DELETE: surveys.deleting_asked,
    Verb.PAUSE: waves.pause_asked,
    Verb.RESUME: waves.resume_asked,
    Verb.EXPORT: exporting.export_asked,
}
_OF_ALL: dict[Verb, Callable[[Services, Request], Awaitable[None]]] = {
    Verb.NEW: surveys.survey_wished,
    Verb.SETTINGS: workspace.settings_asked,
    Verb.WAVES: waves.waves_asked,
    Verb.LIST: reports.list_asked,
    Verb.ME: privacy.me_asked,
    Verb.HELP: home.help_asked,
}


# What reads much, and what nobody's three seconds for a modal depend on.
_READING = {
    Verb.REPORT,
    Verb.TREND,
    Verb.DRIVERS,
    Verb.SEGMENTS,
    Verb.COMPARE,
    Verb.WAVE,
    Verb.EXPORT,
    Verb.WAVES,
    Verb.LIST,
    Verb.HELP,
}


async def nps_typed(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    command = parse(request.text)
    if command.verb in _READING:
        async with services.attention.turn():
            await _do(services, request, command)
    else:
        await _do(services, request, command)


async def _do(services: Services, request: Request, command: Command) -> None:
    if command.verb in YOUNG and await is_survey(services, request.who, request.text):
        command = Command(Verb.REPORT, request.text.strip())
    if command.verb in _OF_ALL:
        await _OF_ALL[command.verb](services, request)
    else:
        await _OF_ONE_SURVEY[command.verb](services, request, command.name)
