"""A wave opens: a manager says so, or its survey's rhythm does."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.opening import give_keys, may_open, require_secret
from bot.errors import Refused
from bot.kit.finding import survey_with_id
from bot.kit.noticing import notify
from bot.kit.once import NOTHING_TO_SAY
from bot.kit.people import Who, manager, person, words_of
from bot.kit.request import Request
from bot.kit.rules.rhythm import next_opening, opening_due
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.views import anonymous_notices, notices
from bot.kit.workplace import working_time
from bot.logs import log
from bot.slack.errors import SlackError
from bot.waves.audience import Span, count_audience, schedule_of, span_of
from bot.waves.planning import plan
from bot.waves.progress import show_progress
from bot.waves.rules.eligibility import AudienceCount
from bot.waves.taking_back import taken_back
from bot.waves.views import at_rest as at_rest_view
from bot.waves.views import audience_problem
from bot.waves.views import notices as wave_notices
from bot.waves.views.at_rest import AtRestFacts
from bot.waves.views.audience_problem import AudienceProblemFacts
from storage import surveys, waves
from storage.errors import SurveyAtRest, WaveAlreadyOpen
from storage.kit import claims
from storage.surveys import agenda
from storage.surveys.agenda import AT_A_TIME, Appointment, Opening
from storage.tables import Survey, Wave
from storage.words import RunState

WAVE_OPENING = "wave_opening"
_LEASE = timedelta(minutes=5)


async def first_span(services: Services, survey: Survey) -> Span:
    """Return how long a wave opened now would be open; the rhythm counts from the first one."""
    now = services.clock()
    async with services.database.reading() as session:
        has_asked = await waves.has_asked(session, survey.id)
    return span_of(survey, await working_time(services), now, starts_at=None if has_asked else now)


async def read_audience(services: Services, survey: Survey, span: Span) -> AudienceCount:
    """Count the people that a wave opened now would ask. Raises Refused when Slack does not tell."""
    try:
        return await count_audience(services, survey, span)
    except SlackError as error:
        raise _unread(survey, error) from error


async def open_wave(services: Services, who: Who, survey: Survey) -> Wave:
    """Open a wave and plan its invitations; delivering them is the clock's work. Raises Refused."""
    await manager(services, who)
    require_secret(services, survey)
    now, working = services.clock(), await working_time(services)
    try:
        async with services.database.writing() as session:
            has_asked = await waves.has_asked(session, survey.id)
            if not has_asked:
                await surveys.start_rhythm(session, survey.id, now)
            closes_at = span_of(survey, working, now, starts_at=None if has_asked else now).closes_at
            wave = await waves.open_wave(session, survey, who.user_id, opens_at=now, closes_at=closes_at)
            await give_keys(services, session, wave)
    except WaveAlreadyOpen:
        raise Refused("wave_already_open", partial(notices.wave_already_open, name=survey.name)) from None
    except SurveyAtRest:
        raise await at_rest(services, survey) from None
    log.info("wave.opened", wave=wave.id)
    await _plan_at_once(services, wave, survey)
    async with services.database.reading() as session:
        return await waves.wave(session, wave.id) or wave


async def _plan_at_once(services: Services, wave: Wave, survey: Survey) -> None:
    """Plan while the manager waits, and say at once why a wave cannot be: then it is as if it had never opened."""
    try:
        asked = await plan(services, wave, survey)
    except SlackError as error:
        async with services.database.writing() as session:
            is_discarded = await waves.discard_wave(session, wave.id)
        if is_discarded:
            raise _unread(survey, error) from error
        return  # some are planned: the clock goes on with the others
    if asked == 0 and not survey.audience.open_channel and (told := await taken_back(services, wave, survey)):
        raise Refused("nobody_to_ask", told)


async def open_due_waves(services: Services) -> None:
    """Open each wave that is due by its survey's rhythm. After the clock was down it opens late, and once."""
    now = services.clock()
    async with services.database.reading() as session:
        to_look_at = await agenda.openings_due(session, services.workspace_id, now)
    for first in range(0, len(to_look_at), AT_A_TIME):
        async with services.database.reading() as session:
            openings = await agenda.openings(session, to_look_at[first : first + AT_A_TIME])
        seen = [
            Appointment(one.survey.id, one.survey.next_opening_at, _next_look(one, now))
            for one in openings
            if await _open_if_due(services, one, now)
        ]
        async with services.database.writing() as session:
            await agenda.set_openings(session, seen)


async def _open_if_due(services: Services, opening: Opening, now: datetime) -> bool:
    """Open the survey's wave if one is due; False when it is due still."""
    survey, last_opened, has_open_wave = opening
    due_at = opening_due(schedule_of(survey), now)
    if last_opened is None or due_at is None or due_at <= last_opened:
        return True
    # A wave that is open still when the next falls due delays it, and does not skip it.
    return not has_open_wave and await _open_due(services, survey, due_at)


def _next_look(opening: Opening, now: datetime) -> datetime | None:
    # The first wave is opened by hand: the rhythm counts from it.
    return next_opening(schedule_of(opening.survey), now) if opening.last_opened else None


async def skip_missed_opening(session: AsyncSession, survey: Survey, now: datetime) -> None:
    """Let no wave open for the time at which one would have been due: nobody expects it any more."""
    due_at = opening_due(schedule_of(survey), now)
    if due_at is None:
        return
    run = await claims.claim_run(session, survey.workspace_id, WAVE_OPENING, survey.id, due_at, now, _LEASE)
    if run:
        await claims.finish_run(session, run.id, RunState.DONE, now, NOTHING_TO_SAY)


async def _open_due(services: Services, survey: Survey, due_at: datetime) -> bool:
    now, working = services.clock(), await working_time(services)
    if not may_open(services, survey):
        log.warning("wave.not_opened", survey=survey.id, reason="no_secret")
        somebody = await person(services, Who(survey.workspace_id, survey.created_by))
        told = anonymous_notices.anonymous_needs_secret(words_of(somebody))
        await notify(services, survey.created_by, f"secret:{survey.id}:{due_at.isoformat()}", told)
        return False
    try:
        async with services.database.writing() as session:
            run = await claims.claim_run(
                session, survey.workspace_id, WAVE_OPENING, survey.id, due_at, now, _LEASE
            )
            if run is None:
                return True
            span = span_of(survey, working, now)
            wave = await waves.open_wave(session, survey, survey.created_by, now, span.closes_at)
            await give_keys(services, session, wave)
            await claims.finish_run(session, run.id, RunState.DONE, now)
    except (WaveAlreadyOpen, SurveyAtRest):
        return False  # a manager was quicker
    log.info("wave.opened", wave=wave.id)
    return True


async def at_rest(services: Services, survey: Survey) -> Refused:
    """Say why a survey opens no wave, and offer to resume it."""
    async with services.database.reading() as session:
        stands = await surveys.survey(session, survey.id) or survey
    facts = AtRestFacts(survey.id, survey.name, has_ended=stands.ended_at is not None)
    return Refused("at_rest", partial(at_rest_view.render, facts))


def _unread(survey: Survey, error: SlackError) -> Refused:
    facts = AudienceProblemFacts(survey.name, error.code)
    return Refused("audience_not_read", partial(audience_problem.render, facts))


async def open_and_tell(
    services: Services, request: Request, survey: Survey, *, replace: bool = False
) -> None:
    """Open a wave and tell the manager what happens now, in place of the question if asked first. Raises Refused."""
    somebody = await manager(services, request.who)
    wave = await open_wave(services, request.who, survey)
    if request.response_url:  # elsewhere than in the messages where the wave can be watched
        told = wave_notices.wave_opened(words_of(somebody), name=survey.name, number=wave.number)
        await reply(services, request, told, replace=replace)
    await show_progress(services, wave)


async def open_by_id(services: Services, request: Request, survey_id: int) -> None:
    """Open a wave from a button that carries the survey's id. Raises Refused."""
    await open_and_tell(services, request, await survey_with_id(services, request.who, survey_id))
