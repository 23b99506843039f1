"""One question in a channel, for anyone there: posted once a wave, and answered in private."""

from datetime import datetime
from functools import partial

from bot.flows.answering import tap
from bot.flows.asking import refused
from bot.flows.ledger import Due, once
from bot.flows.people import Who, person, words_of
from bot.flows.services import Services
from bot.flows.speaking import tell_manager
from bot.flows.stopping import stop_wave
from bot.logs import log
from bot.rules.calendar import known_zone
from bot.rules.working_hours import is_inside
from bot.slack import Posted, SlackError
from bot.views import open_question as view
from bot.views import wave_problem
from bot.views.message import Message
from bot.views.open_question import OpenQuestionFacts
from bot.views.wave_problem import WaveProblem, WaveProblemFacts
from storage import notices, open_question, surveys, waves
from storage.answers import Refusal, Stored
from storage.tables import RunState, Survey, Wave

OPEN_QUESTION = "open_question"


async def post_open_questions(services: Services) -> None:
    """Post the question of each open wave that anybody in a channel may answer, in the hours of its survey."""
    async with services.database.reading() as session:
        running = [
            (wave, survey)
            for wave in await waves.open_waves(session, services.workspace_id)
            if wave.paused_at is None
            and wave.question_ts is None
            and (survey := await surveys.survey(session, wave.survey_id))
            and survey.audience.get("open_channel")
        ]
    for wave, survey in running:
        if is_inside(services.clock(), survey.time_zone):
            await post_question(services, wave, survey)


async def post_question(services: Services, wave: Wave, survey: Survey) -> bool:
    """Post a wave's one question, once; where Slack says no, the wave stops. Return whether it stands."""
    outcome = await once(
        services,
        Due(wave.workspace_id, OPEN_QUESTION, wave.id, wave.opens_at),
        partial(_question, services, wave, survey),
        partial(_post, services, wave, survey),
        may_try_again=True,
    )
    if outcome and outcome.state is RunState.FAILED:
        await stop_wave(services, wave, str(outcome.code))
    if outcome and outcome.state is RunState.UNCERTAIN:
        facts = WaveProblemFacts(survey.name, wave.number, WaveProblem.QUESTION_UNCERTAIN)
        await tell_manager(services, wave, partial(wave_problem.render, facts))
    return outcome is not None and outcome.state is RunState.DONE


async def take_buttons_away(services: Services, wave: Wave) -> None:
    """Let the question of a closed wave say that it is over. Slack's refusal is only logged: a late tap is told so."""
    if wave.question_channel is None or wave.question_ts is None:
        return
    async with services.database.reading() as session:
        survey = await surveys.survey(session, wave.survey_id)
    assert survey is not None  # noqa: S101 - foreign keys hold it
    message = await _question(services, wave, survey, is_closed=True)
    try:
        await services.slack.update(Posted(wave.question_channel, wave.question_ts), message)
    except SlackError as error:
        log.warning("message.not_updated", wave=wave.id, code=error.code)


async def tap_open(services: Services, who: Who, wave_id: int, score: int, place: Posted | None) -> Stored:
    """Store what somebody in the channel chose: when this returns, it is committed. Raises Refused.

    `place` is where they saw the question: it is learnt from that, where Slack never confirmed it.
    """
    somebody = await person(services, who)
    async with services.database.writing() as session:
        invitation_id = await open_question.join(
            session, who.workspace_id, wave_id, who.user_id, somebody.time_zone, services.clock()
        )
        if invitation_id and place:
            await notices.record_question(session, wave_id, place.channel_id, place.ts)
    if invitation_id is None:
        raise refused(Refusal.WAVE_CLOSED)
    return await tap(services, who, invitation_id, score)


async def _question(services: Services, wave: Wave, survey: Survey, *, is_closed: bool = False) -> Message:
    # A channel has no language and no zone of its own: it hears the survey's maker, in the survey's zone.
    author = await person(services, Who(survey.workspace_id, survey.created_by))
    closes_at: datetime = wave.closes_at.astimezone(known_zone(survey.time_zone))
    facts = OpenQuestionFacts(wave.id, survey.subject, survey.kind.value, closes_at, is_closed)
    return view.render(facts, words_of(author))


async def _post(services: Services, wave: Wave, survey: Survey, message: Message) -> None:
    posted = await services.slack.post(survey.audience["open_channel"], message)
    async with services.database.writing() as session:
        await notices.record_question(session, wave.id, posted.channel_id, posted.ts)
    log.info("question.posted", wave=wave.id)
