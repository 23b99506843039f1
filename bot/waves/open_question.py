"""One question in a channel, for anyone there: posted once a wave."""

from datetime import datetime
from functools import partial

from bot.answers.views import open_question as view
from bot.answers.views.open_question import OpenQuestionFacts
from bot.delivery.stopping import stop_wave
from bot.kit.acted import as_told
from bot.kit.once import DueRun, once
from bot.kit.people import Who, person, words_of
from bot.kit.rules.calendar import known_zone
from bot.kit.services import Services
from bot.kit.speaking import tell_manager
from bot.kit.workplace import working_time
from bot.logs import log
from bot.message import Message
from bot.slack.errors import SlackError
from bot.slack.objects import Posted
from bot.waves.views import problem
from bot.waves.views.problem import WaveProblem, WaveProblemFacts
from storage import actions
from storage.kit import claims, notices
from storage.tables import Survey, Wave
from storage.waves import messages
from storage.words import RunState

OPEN_QUESTION = "open_question"


async def post_open_questions(services: Services) -> None:
    """Post the question of each open wave that anybody in a channel may answer, in the hours of its survey."""
    async with services.database.reading() as session:
        running = await messages.unposted_questions(session, services.workspace_id)
    working = await working_time(services)
    for wave, survey in running:
        if working.is_inside(services.clock(), survey.time_zone):
            await post_question(services, wave, survey)


async def post_question(services: Services, wave: Wave, survey: Survey) -> bool:
    """Post a wave's one question, once; where Slack says no, the wave stops. Return whether it stands."""
    outcome = await once(
        services,
        _due(wave),
        partial(_question, services, wave, survey),
        partial(_post, services, wave, survey),
        may_try_again=True,
    )
    if outcome and outcome.state is RunState.FAILED:
        await stop_wave(services, wave, str(outcome.code))
    await _tell_doubt(services, wave, survey)
    return outcome is not None and outcome.state is RunState.DONE


async def _tell_doubt(services: Services, wave: Wave, survey: Survey) -> None:
    """Ask the manager once to look in the channel, where Slack's reply never came or a process died while it posted."""
    facts, due = WaveProblemFacts(survey.name, wave.number, WaveProblem.QUESTION_UNCERTAIN), _due(wave)
    about = f"{facts.problem}:{wave.id}"
    async with services.database.reading() as session:
        is_uncertain = await claims.is_uncertain(session, due.workspace_id, due.job, due.subject, due.at)
        is_told = is_uncertain and await notices.is_written(session, wave.workspace_id, about)
    if is_uncertain and not is_told:
        await tell_manager(services, wave, about, partial(problem.render, facts))


def _due(wave: Wave) -> DueRun:
    return DueRun(wave.workspace_id, OPEN_QUESTION, wave.id, wave.opens_at)


async def redraw_question(
    services: Services, wave: Wave, survey: Survey | None = None, *, is_closed: bool
) -> None:
    """Let the question of a wave that closed, or was reopened, say so. Slack's refusal is only logged: a late tap is told so."""
    if wave.question_channel is None or wave.question_ts is None:
        return
    if survey is None:
        async with services.database.reading() as session:
            survey = await session.get_one(Survey, wave.survey_id)
    message = await _question(services, wave, survey, is_closed=is_closed)
    try:
        await services.slack.update(Posted(wave.question_channel, wave.question_ts), message)
    except SlackError as error:
        log.warning("message.not_updated", wave=wave.id, code=error.code)


async def _question(services: Services, wave: Wave, survey: Survey, *, is_closed: bool = False) -> Message:
    # A channel has no language and no zone of its own: it hears the survey's maker, in the survey's zone.
    author = await person(services, Who(survey.workspace_id, survey.created_by))
    async with services.database.reading() as session:
        latest = await actions.latest_of(session, {survey.id})
    closes_at: datetime = wave.closes_at.astimezone(known_zone(survey.time_zone))
    facts = OpenQuestionFacts(
        wave.id,
        wave.question(survey),
        closes_at,
        is_closed,
        wave.keep_days,
        follows_up=survey.follow_up_channel is not None,
        may_be_quoted=wave.digest_comments,
        acted=as_told(latest[survey.id]) if survey.id in latest else None,
    )
    return view.render(facts, words_of(author))


async def _post(services: Services, wave: Wave, survey: Survey, message: Message) -> None:
    assert survey.audience.open_channel is not None  # noqa: S101 - only such waves have a question in a channel
    posted = await services.slack.post(survey.audience.open_channel, message)
    async with services.database.writing() as session:
        await messages.record_question(session, wave.id, posted.channel_id, posted.ts)
    log.info("question.posted", wave=wave.id)
