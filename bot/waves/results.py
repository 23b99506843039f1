"""The result arrives: once a closing, in decent hours, for the manager and, where the survey says so, for its channel."""

from datetime import timedelta
from functools import partial

from bot.digests.posting import WEEKLY_DIGEST
from bot.kit.once import DueRun, once
from bot.kit.people import Who, first_manager, person, words_of, zone_of
from bot.kit.people.managing import named_managers
from bot.kit.services import Services
from bot.kit.workplace import working_time
from bot.message import Message
from bot.reports.results import newest_told
from bot.reports.rules.gate import Reader
from bot.waves.views import closed
from bot.waves.views.closed import ClosedWaveFacts
from storage import waves
from storage.kit import claims, people
from storage.tables import Person, Survey, Wave

WAVE_RESULT, CHANNEL_RESULT = "wave_result", "channel_result"

# Longer than any holiday of the clock's: what closed before that is no news any more.
NEWS_FOR = timedelta(days=7)

_OTHERS_ASKED = 10


async def tell_results(services: Services) -> None:
    """Tell of each wave that has closed, in the hours of those who read it."""
    await _tell_managers(services)
    await _tell_channels(services)


async def _tell_managers(services: Services) -> None:
    now = services.clock()
    async with services.database.reading() as session:
        untold = await waves.untold_results(session, services.workspace_id, WAVE_RESULT, now - NEWS_FOR)
    working = await working_time(services)
    for wave, survey in untold:
        somebody = await _who_hears(services, wave, survey)
        if somebody and wave.closed_at and working.is_inside(now, somebody.time_zone):
            await once(
                services,
                DueRun(wave.workspace_id, WAVE_RESULT, wave.id, wave.closed_at),
                partial(_result, services, wave, survey, somebody, Reader.MANAGER),
                partial(services.slack.post, somebody.user_id),
            )


async def _who_hears(services: Services, wave: Wave, survey: Survey) -> Person | None:
    """Return the manager who opened the wave, or else another one, if any is known: a result is for those who manage now."""
    async with services.database.reading() as session:
        admins = await people.admins(session, wave.workspace_id, _OTHERS_ASKED)
    named = sorted((await named_managers(services)).user_ids)
    return await first_manager(services, [wave.opened_by, survey.created_by, *named, *admins])


async def _tell_channels(services: Services) -> None:
    now = services.clock()
    async with services.database.reading() as session:
        untold = await waves.untold_results(session, services.workspace_id, CHANNEL_RESULT, now - NEWS_FOR)
    working = await working_time(services)
    for wave, survey in untold:
        if survey.digest_channel is None or survey.paused_at or not await _is_for_now(services, wave, survey):
            continue
        if wave.closed_at and working.is_inside(now, survey.time_zone):
            # A channel has no language of its own: it hears the survey's maker.
            author = await person(services, Who(survey.workspace_id, survey.created_by))
            await once(
                services,
                DueRun(wave.workspace_id, CHANNEL_RESULT, wave.id, wave.closed_at),
                partial(_result, services, wave, survey, author, Reader.CHANNEL),
                partial(services.slack.post, survey.digest_channel),
            )


async def _is_for_now(services: Services, wave: Wave, survey: Survey) -> bool:
    """Whether the channel reads the result apart from a digest: its survey says so, or posts no digest any more."""
    if survey.result_at_closing or survey.ended_at is None:
        return survey.result_at_closing
    async with services.database.reading() as session:
        told = await claims.last_told(session, WEEKLY_DIGEST, survey.id, services.clock())
    return told is None or wave.closed_at is None or told < wave.closed_at


async def _result(
    services: Services, wave: Wave, survey: Survey, somebody: Person, reader: Reader
) -> Message | None:
    """Render the final card as `reader` may see it; None where the wave takes answers again."""
    async with services.database.reading() as session:
        stands = await waves.wave(session, wave.id)
        if stands is None or stands.closed_at != wave.closed_at:
            return None
        told = await newest_told(session, survey, reader, zone_of(somebody), stands)
    return closed.render(ClosedWaveFacts(survey.name, told), words_of(somebody)) if told else None
