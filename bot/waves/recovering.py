"""A wave that stopped by itself: its manager is told once, and it goes on as soon as Slack takes it again."""

from datetime import timedelta
from functools import partial

from bot.kit.once import DueRun, once
from bot.kit.outage import is_heard, is_stopped
from bot.kit.people import Who, person, words_of
from bot.kit.services import Services
from bot.logs import log
from bot.message import Message
from bot.slack.codes import Scope, meaning
from bot.slack.errors import SlackError
from bot.waves.open_question import post_question
from bot.waves.planning import plan
from bot.waves.views import problem as wave_problem
from bot.waves.views.problem import WaveProblem, WaveProblemFacts
from storage import surveys, waves
from storage.tables import Survey, Wave

# Long enough to mend something, short enough not to wait for us afterwards.
PATIENCE = timedelta(minutes=1)
# Where only the next message tells whether it works again: to try each minute would be refused each minute.
PATIENCE_UNHEARD = timedelta(hours=1)


async def tend_stopped_waves(services: Services) -> None:
    """Tell of each stopped wave, and let those go on that can."""
    if await is_stopped(services):
        return
    async with services.database.reading() as session:
        stopped = [
            (wave, survey)
            for wave in await waves.stopped_waves(session, services.workspace_id)
            if (survey := await surveys.survey(session, wave.survey_id))
        ]
    for wave, survey in stopped:
        assert wave.paused_at is not None  # noqa: S101 - stopped
        await _tell(services, wave, survey, _problem(wave, survey))
        if services.clock() >= wave.paused_at + _patience(wave) and await _works_again(
            services, wave, survey
        ):
            async with services.database.writing() as session:
                resumed = await waves.resume_wave(session, wave.id)
            if resumed:
                log.info("wave.resumed", wave=wave.id)
                await _tell(services, wave, survey, WaveProblem.RESUMED)


async def _works_again(services: Services, wave: Wave, survey: Survey) -> bool:
    """Try what did not work."""
    if not await is_heard(services):
        return False
    if wave.planned_at is None:
        try:
            return await plan(services, wave, survey) is not None
        except SlackError:
            return False
    if survey.audience.open_channel and wave.question_ts is None:
        return await post_question(services, wave, survey)
    return True


def _patience(wave: Wave) -> timedelta:
    return PATIENCE_UNHEARD if meaning(str(wave.paused_for)).scope is Scope.POSTING else PATIENCE


def _problem(wave: Wave, survey: Survey) -> WaveProblem:
    if wave.planned_at is None:
        return WaveProblem.AUDIENCE_UNREAD
    if survey.audience.open_channel:
        return WaveProblem.CHANNEL_CLOSED
    return WaveProblem.SENDING_STOPPED


async def _tell(services: Services, wave: Wave, survey: Survey, problem: WaveProblem) -> None:
    assert wave.paused_at is not None  # noqa: S101 - stopped
    await once(
        services,
        DueRun(wave.workspace_id, f"wave_{problem.value}", wave.id, wave.paused_at),
        partial(_words, services, wave, survey, problem),
        partial(services.slack.post, wave.opened_by),
    )


async def _words(services: Services, wave: Wave, survey: Survey, problem: WaveProblem) -> Message:
    somebody = await person(services, Who(wave.workspace_id, wave.opened_by))
    error = None if problem is WaveProblem.RESUMED else wave.paused_for
    facts = WaveProblemFacts(survey.name, wave.number, problem, error=error)
    return wave_problem.render(facts, words_of(somebody))
