"""The result arrives: once a closing, in decent hours, for the manager and, where the survey says so, for its channel."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

from bot.digests.posting import WEEKLY_DIGEST
from bot.kit.once import DueRun, once
from bot.kit.people import Who, first_manager, person, words_of, zone_of
from bot.kit.people.managing import named_managers
from bot.kit.services import Services
from bot.kit.workplace import awake
from bot.message import Message
from bot.reports.results import newest_told
from bot.reports.rules.gate import Reader
from bot.waves.views import closed
from bot.waves.views.closed import ClosedWaveFacts
from storage import waves
from storage.kit import claims, people
from storage.tables import Person, Survey, Wave
from storage.waves import untold
from storage.waves.untold import Untold

WAVE_RESULT, CHANNEL_RESULT = "wave_result", "channel_result"

# Longer than any holiday of the clock's: what closed before that is no news any more.
NEWS_FOR = timedelta(days=7)

_OTHERS_ASKED = 10


async def tell_results(services: Services) -> None:
    """Tell of each wave that has closed, in the hours of those who read it."""
    is_awake = await awake(services)
    await _tell_managers(services, is_awake)
    await _tell_channels(services, is_awake)


async def _tell_managers(services: Services, is_awake: Callable[[str], bool]) -> None:
    since = services.clock() - NEWS_FOR
    async with services.database.reading() as session:
        waiting = await untold.for_managers(session, services.workspace_id, WAVE_RESULT, since)
    hearing: dict[tuple[str, str], Person | None] = {}
    for one in waiting:
        managers = one.opened_by, one.created_by
        if managers not in hearing:
            hearing[managers] = await _who_hears(services, managers)
        somebody = hearing[managers]
        if somebody and is_awake(somebody.time_zone) and (closed_one := await _closed(services, one)):
            wave, survey = closed_one
            await once(
                services,
                DueRun(services.workspace_id, WAVE_RESULT, one.wave_id, one.closed_at),
                partial(_result, services, wave, survey, somebody, Reader.MANAGER),
                partial(services.slack.post, somebody.user_id),
            )


async def _who_hears(services: Services, managers: Iterable[str]) -> Person | None:
    """Return the first who manages still, or else another one, if any is known: a result is for those who manage now."""
    async with services.database.reading() as session:
        admins = await people.admins(session, services.workspace_id, _OTHERS_ASKED)
    named = sorted((await named_managers(services)).user_ids)
    return await first_manager(services, [*managers, *named, *admins])


async def _tell_channels(services: Services, is_awake: Callable[[str], bool]) -> None:
    since = services.clock() - NEWS_FOR
    async with services.database.reading() as session:
        waiting = await untold.for_channels(session, services.workspace_id, CHANNEL_RESULT, since)
    for one in waiting:
        closed_one = is_awake(one.time_zone) and await _closed(services, one)
        if not closed_one:
            continue
        wave, survey = closed_one
        if survey.digest_channel and await _is_for_now(services, wave, survey):
            # A channel has no language of its own: it hears the survey's maker.
            author = await person(services, Who(survey.workspace_id, survey.created_by))
            await once(
                services,
                DueRun(services.workspace_id, CHANNEL_RESULT, one.wave_id, one.closed_at),
                partial(_result, services, wave, survey, author, Reader.CHANNEL),
                partial(services.slack.post, survey.digest_channel),
            )


async def _closed(services: Services, one: Untold) -> tuple[Wave, Survey] | None:
    async with services.database.reading() as session:
        return await untold.closed(session, one)


async def _is_for_now(services: Services, wave: Wave, survey: Survey) -> bool:
    """Whether the channel reads the result apart from a digest: its survey says so, or posts no digest any more."""
    if survey.result_at_closing or survey.ended_at is None:
        return survey.result_at_closing
    async with services.database.reading() as session:
        told = await claims.last_told(
            session, survey.workspace_id, WEEKLY_DIGEST, survey.id, services.clock()
        )
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
