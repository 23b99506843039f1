"""A wave closes and is frozen: a manager says so, or its time has come."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.opening import open_ballots, unlocked
from bot.errors import Refused
from bot.kit.concurrency.pieces import Pieces
from bot.kit.people import Who, manager, words_of, zone_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.views import not_found
from bot.logs import log
from bot.reports.results import newest_told
from bot.reports.rules.gate import Reader
from bot.waves.left_out import forget_left_out
from bot.waves.open_question import redraw_question
from bot.waves.progress import show_result
from bot.waves.views import closed
from storage import waves
from storage.ballots.opening import BallotsLeft
from storage.delivery import Letters
from storage.tables import Invitation, Reminder, Survey, Wave
from storage.waves import closing
from storage.waves.closing import CountedBefore, CountedTooEarly

Done = TypeVar("Done")

_TRIES = 3
"""Times that a wave is counted beforehand; after them it is counted while others wait."""


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
    async def close(session: AsyncSession, counted: CountedBefore | None) -> bool:
        return bool(await closing.close_wave(session, wave.id, services.clock(), counted))

    if not await in_pieces(services, wave, close):
        return False
    await show_closed(services, wave)
    return True


async def in_pieces(
    services: Services, wave: Wave, close: Callable[[AsyncSession, CountedBefore | None], Awaitable[Done]]
) -> Done:
    """Get a wave ready, so that nobody's tap waits for it, and close it in one short transaction. Raises Refused.

    Where somebody is erased at this moment, or reached by a message that was on its way, the wave is counted again.
    """
    keys = await unlocked(services, wave)
    async with services.database.writing() as session:
        await closing.stop_taking(session, wave.id, services.clock())
    if wave.planned_at is None:
        await forget_left_out(services.database, wave)
    for letters in (Invitation, Reminder):
        await _end(services, wave, letters)
    if keys:
        await open_ballots(services.database, wave, keys, services.clock())
    for _ in range(_TRIES):
        async with services.database.reading() as session:
            counted = await closing.counted(session, wave, services.clock())
        with suppress(CountedTooEarly):
            async with services.database.writing() as session:
                return await close(session, counted)
    async with services.database.writing() as session:
        return await close(session, None)


async def _end(services: Services, wave: Wave, letters: Letters) -> None:
    """Let what was not answered or sent end piece by piece."""
    await Pieces(services.database).each(
        lambda session, after: closing.page_left(session, letters, wave.id, after),
        lambda session, ids: closing.end_some(session, letters, wave, ids),
        start=0,
        size=closing.PIECE,
    )


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
