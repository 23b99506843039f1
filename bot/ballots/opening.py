"""An anonymous wave gets its keys when it opens; when it closes, its ballots are opened, and nobody reads them before."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.sealing import WrongSecret, keys_when_opened, new_keys, open_link, unlock, unseal
from bot.errors import Refused
from bot.kit.concurrency.pieces import Pieces
from bot.kit.services import Services
from bot.kit.views import anonymous_notices
from bot.logs import log
from storage.ballots import opening
from storage.ballots.casting import KEY_BYTES
from storage.ballots.opening import OpenedBallot
from storage.database.engine import Database
from storage.tables import Survey, Wave


class Unlocked(NamedTuple):
    """What opens the ballots of one wave, and the links within them."""

    private: bytes
    secret: str | None


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


async def unlocked(services: Services, wave: Wave) -> Unlocked | None:
    """Return what opens a wave's ballots; None where nothing is sealed. Raises Refused without its secret."""
    if not wave.is_anonymous:
        return None
    async with services.database.reading() as session:
        locked = (await opening.locked_keys(session)).get(wave.id)
    if locked is None:  # another process has closed it at this moment
        return None
    try:
        return Unlocked(unlock(services.secret, locked), services.secret)
    except WrongSecret:
        log.error("ballots.stay_sealed", wave=wave.id)
        raise Refused("anonymous_not_opened", anonymous_notices.anonymous_not_opened) from None


async def open_ballots(database: Database, wave: Wave, keys: Unlocked, now: datetime) -> None:
    """Open all ballots of a wave that takes no more, piece by piece in the order of their new keys.

    The new keys follow from the old ones and the wave's private key. So a process that dies is followed by another, and
    two may work at once: all of them store the same. No piece tells more of its ballots than a lot would.
    """
    drawn, after = list[list[tuple[bytes, bytes]]](), b""
    while True:
        async with database.reading() as session:
            page = await opening.page_of_keys(session, wave.id, after)
        if not page:
            break
        drawn.append(sorted((keys_when_opened(keys.private, key), key) for key in page))
        after = page[-1]
    pieces, in_order = Pieces(database), merge(*drawn)
    while some := list(islice(in_order, opening.PIECE)):
        async with database.reading() as session:
            sealed = await opening.sealed_with(session, wave.id, [key for _, key in some])
        if len(sealed) < len(some):  # another process has closed the wave, and destroys them
            return
        ballots = await asyncio.to_thread(opened, keys, some, sealed)
        async with pieces.next() as session:
            if not await opening.store_opened(session, wave, ballots, now):
                return


def opened(
    keys: Unlocked, drawn: Sequence[tuple[bytes, bytes]], sealed: Mapping[bytes, bytes]
) -> list[OpenedBallot]:
    """Open some ballots. `drawn` are their new keys, each with the old one, by which they are `sealed`."""
    said = unseal(keys.private, [sealed[key] for _, key in drawn])
    return [
        OpenedBallot(
            new[:KEY_BYTES], new[KEY_BYTES:], one, open_link(keys.secret, one.link) if one.link else ""
        )
        for (new, _), one in zip(drawn, said, strict=True)
    ]


async def destroy_sealed(database: Database, wave_id: int) -> None:
    """Delete what was sealed of a wave that is closed, or goes with its survey."""
    await Pieces(database).each(
        lambda session, after: opening.page_of_keys(session, wave_id, after),
        lambda session, keys: opening.delete_sealed(session, wave_id, keys[0], keys[-1]),
        start=b"",
        size=opening.PIECE,
    )


async def wipe_ballots(services: Services) -> None:
    """Destroy what was sealed of closed waves, in the database's files too; what others hold now waits for the next look."""
    async with services.database.reading() as session:
        waves = await opening.to_wipe(session, services.workspace_id)
    for wave_id in waves:
        await destroy_sealed(services.database, wave_id)
    if not waves or not await services.database.wipe("sealed_ballots", "ballot_keys"):
        return
    async with services.database.writing() as session:
        await opening.record_wiped(session, waves)
    log.info("ballots.wiped", waves=len(waves))
