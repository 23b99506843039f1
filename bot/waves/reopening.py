"""A wave that was closed too early takes answers again, within a week."""

from functools import partial

from bot.delivery.rules.reminder_times import reminder_times
from bot.errors import Refused
from bot.kit.finding import survey_with_id
from bot.kit.people import Who, manager, words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.rhythm import next_opening
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.views import anonymous_notices
from bot.kit.views import notices as kit_notices
from bot.kit.workplace import working_time
from bot.logs import log
from bot.waves.audience import schedule_of
from bot.waves.open_question import redraw_question
from bot.waves.opening import at_rest
from bot.waves.progress import show_progress
from bot.waves.rules.reopening import reopened_until
from bot.waves.views import before_reopening, notices
from bot.waves.views.before_reopening import BeforeReopeningFacts
from storage import waves
from storage.tables import Person, Survey, Wave
from storage.waves import reopening
from storage.waves.progress import progress
from storage.words import InvitationState


async def about_reopening(services: Services, survey: Survey, somebody: Person) -> BeforeReopeningFacts:
    """Read what reopening the last wave would do. Raises Refused where it may not be."""
    wave = await _to_reopen(services, survey)
    async with services.database.reading() as session:
        stands = await progress(session, wave.id)
    return BeforeReopeningFacts(
        survey_id=survey.id,
        survey_name=survey.name,
        wave_number=wave.number,
        until=wave.closes_at.astimezone(zone_of(somebody)),
        unanswered=stands.expired,
    )


async def reopen(services: Services, who: Who, survey: Survey) -> Wave:
    """Let the last wave take answers again. Raises Refused."""
    await manager(services, who)
    wave = await _to_reopen(services, survey)
    # Before the wave is open: none of them goes out before that, and none is lost when this process ends half way.
    await plan_reminders(services, survey, wave, InvitationState.EXPIRED)
    async with services.database.writing() as session:
        is_reopened = await reopening.reopen_wave(session, wave, wave.closes_at)
    if not is_reopened:
        await _to_reopen(services, survey)  # says what has changed meanwhile
        raise Refused("wave_already_open", partial(kit_notices.wave_already_open, name=survey.name))
    log.info("wave.reopened", wave=wave.id)
    async with services.database.reading() as session:
        opened = await waves.wave(session, wave.id) or wave
    await redraw_question(services, opened, is_closed=False)
    await show_progress(services, opened)
    return opened


async def plan_reminders(services: Services, survey: Survey, wave: Wave, *states: InvitationState) -> None:
    """Plan the reminders still to come of those who have the question and stand in one of these states."""
    now, working, last = services.clock(), await working_time(services), 0
    while True:
        async with services.database.reading() as session:
            page = await reopening.to_remind(session, wave.id, states, last)
        if not page:
            return
        times = {
            one.id: reminder_times(
                survey.reminders,
                one.delivered_at or one.claimed_at or now,
                wave.closes_at,
                one.time_zone,
                working,
            )
            for one in page
        }
        async with services.database.writing() as session:
            await reopening.plan_missing(session, wave, times, now)
        last = page[-1].id


async def ask_before_reopening(services: Services, request: Request, survey: Survey) -> None:
    """Say what reopening the last wave would do, and ask whether to. Raises Refused."""
    somebody = await manager(services, request.who)
    facts = await about_reopening(services, survey, somebody)
    await reply(services, request, before_reopening.render(facts, words_of(somebody)))


async def reopen_as_agreed(services: Services, request: Request, survey_id: int, number: int) -> None:
    """Reopen the very wave that was asked about. Raises Refused."""
    somebody = await manager(services, request.who)
    survey = await survey_with_id(services, request.who, survey_id)
    if (await _to_reopen(services, survey)).number != number:
        raise Refused("nothing_to_reopen", partial(notices.nothing_to_reopen, name=survey.name))
    await reopen(services, request.who, survey)
    told = notices.reopened(words_of(somebody), name=survey.name, number=number)
    await reply(services, request, told, replace=True)


async def _to_reopen(services: Services, survey: Survey) -> Wave:
    """Return the survey's last wave, with the time until which it would be open again. Raises Refused."""
    if survey.paused_at or survey.ended_at:
        raise await at_rest(services, survey)
    now = services.clock()
    async with services.database.reading() as session:
        wave = await reopening.last_wave(session, survey.id)
        is_whole = wave is None or await reopening.is_whole(session, wave.id)
    if wave and wave.closed_at is None:
        raise Refused("wave_already_open", partial(kit_notices.wave_already_open, name=survey.name))
    if wave and wave.is_anonymous:
        raise Refused(
            "anonymous_stays_closed", partial(anonymous_notices.anonymous_stays_closed, name=survey.name)
        )
    following = next_opening(schedule_of(survey), now)
    if wave and wave.closed_at:
        until = reopened_until(wave.closed_at, wave.closes_at, now, following)
        if until is not None and not is_whole:
            raise Refused("answers_erased", partial(notices.answers_erased, name=survey.name))
        if until is not None:
            wave.closes_at = until
            return wave
    raise Refused("nothing_to_reopen", partial(notices.nothing_to_reopen, name=survey.name))
