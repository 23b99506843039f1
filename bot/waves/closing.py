"""A wave closes and is frozen: a manager says so, or its time has come."""

from functools import partial

from bot.ballots.opening import open_ballots
from bot.errors import Refused
from bot.kit.people import Who, manager, words_of, zone_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.views import not_found
from bot.logs import log
from bot.reports.results import newest_told
from bot.reports.rules.gate import Reader
from bot.waves.open_question import redraw_question
from bot.waves.progress import show_result
from bot.waves.views import closed
from storage import waves
from storage.ballots.opening import BallotsLeft
from storage.tables import Survey, Wave


async def close_wave(services: Services, who: Who, survey: Survey) -> None:
    """Close the survey's open wave and freeze its result. Raises Refused."""
    await manager(services, who)
    async with services.database.reading() as session:
        wave = await waves.current_wave(session, survey.id)
    if wave is None or not await _close(services, wave):
        raise Refused("no_wave_open", partial(not_found.no_wave_open, name=survey.name))


async def close_due_waves(services: Services) -> None:
    """Close each wave that has come to its time."""
    async with services.database.reading() as session:
        due = await waves.due_to_close(session, services.workspace_id, services.clock())
    for wave in due:
        try:
            await _close(services, wave)
        except (Refused, BallotsLeft) as error:  # its ballots stay sealed, and the others close all the same
            log.warning("wave.not_closed", wave=wave.id, kind=type(error).__name__)


async def _close(services: Services, wave: Wave) -> bool:
    ballots = await open_ballots(services, wave)
    async with services.database.writing() as session:
        result = await waves.close_wave(session, wave.id, services.clock(), ballots)
    if result is None:
        return False
    await show_closed(services, wave)
    return True


async def show_closed(services: Services, wave: Wave) -> None:
    """Let the messages about a wave that has just closed say so."""
    log.info("wave.closed", wave=wave.id)
    await redraw_question(services, wave, is_closed=True)
    await show_result(services, wave)


async def close_and_tell(
    services: Services, request: Request, survey: Survey, *, replace: bool = False
) -> None:
    """Close the survey's wave and tell its result, in place of the question if asked first. Raises Refused."""
    somebody = await manager(services, request.who)
    await close_wave(services, request.who, survey)
    async with services.database.reading() as session:
        wave = await newest_told(session, survey, Reader.MANAGER, zone_of(somebody))
    if wave is None:
        return  # taken away at this moment
    facts = closed.ClosedWaveFacts(survey.name, wave)
    await reply(services, request, closed.render(facts, words_of(somebody)), replace=replace)
