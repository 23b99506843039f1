"""An anonymous wave gets its keys when it opens; when it closes, its ballots are opened all at once."""

import asyncio

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.sealing import WrongSecret, new_keys, open_link, unlock, unseal
from bot.errors import Refused
from bot.kit.services import Services
from bot.kit.views import anonymous_notices
from bot.logs import log
from storage.ballots import opening
from storage.ballots.opening import Opened
from storage.tables import Survey, Wave
from storage.waves.closing import stop_taking


def may_open(services: Services, survey: Survey) -> bool:
    """Whether a wave could be sealed, if it has to be."""
    return bool(services.secret) or not survey.is_anonymous


def require_secret(services: Services, survey: Survey) -> None:
    """Raise Refused when the survey is anonymous and nothing could seal its waves."""
    if not may_open(services, survey):
        raise Refused("anonymous_needs_secret", anonymous_notices.anonymous_needs_secret)


async def give_keys(services: Services, session: AsyncSession, wave: Wave) -> None:
    """Give a wave that opens in this transaction its keys, if it is anonymous."""
    if wave.is_anonymous:
        keys = new_keys(services.secret)
        await opening.add_key(session, wave, keys.public, keys.locked)


async def open_ballots(services: Services, wave: Wave) -> list[Opened]:
    """Let an anonymous wave take no more ballots, and open them; none of a named one. Raises Refused without its secret.

    They are read before the transaction that closes the wave: that may not keep others waiting for seconds.
    """
    if not wave.is_anonymous:
        return []
    async with services.database.reading() as session:
        locked = (await opening.locked_keys(session)).get(wave.id)
    if locked is None:  # another process has opened them at this moment
        return []
    try:
        private = unlock(services.secret, locked)
    except WrongSecret:
        log.error("ballots.stay_sealed", wave=wave.id)
        raise Refused("anonymous_not_opened", anonymous_notices.anonymous_not_opened) from None
    async with services.database.writing() as session:
        await stop_taking(session, wave.id, services.clock())
    opened, after = list[Opened](), b""
    while True:
        async with services.database.reading() as session:
            page = await opening.page_of_sealed(session, wave.id, after)
        if not page:
            return await _without_erased(services, wave, opened)
        after = page[-1][0]
        opened += await asyncio.to_thread(unseal, private, [sealed for _, sealed in page])


async def _without_erased(services: Services, wave: Wave, opened: list[Opened]) -> list[Opened]:
    """Drop what would join a conversation to somebody who has erased themselves since they sent the ballot."""
    people = {one.link: open_link(services.secret, one.link) for one in opened if one.link}
    if not people:
        return opened
    async with services.database.reading() as session:
        asked = await opening.asked_still(session, wave.id, set(people.values()))
    return [one._replace(link=None) if one.link and people[one.link] not in asked else one for one in opened]


async def wipe_ballots(services: Services) -> None:
    """Let nothing sealed of closed waves lie in the database's files; what others hold now waits for the next look."""
    async with services.database.reading() as session:
        waves = await opening.to_wipe(session, services.workspace_id)
    if not waves or not await services.database.wipe("sealed_ballots", "ballot_keys"):
        return
    async with services.database.writing() as session:
        await opening.record_wiped(session, waves)
    log.info("ballots.wiped", waves=len(waves))
