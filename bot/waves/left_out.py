"""Who was left out is kept while a wave is planned, and only counted afterwards."""

from bot.kit.concurrency.pieces import Pieces
from storage.database.engine import Database
from storage.tables import Membership, PersonLeftOut, Wave
from storage.waves import left_out
from storage.waves.left_out import Listed


async def forget_left_out(database: Database, wave: Wave) -> None:
    """Count who is left out of a wave of which nobody more is planned, and forget them piece by piece.

    A process may die anywhere in between. The next one that plans the wave counts again; one that closes it keeps the
    count.
    """
    async with database.reading() as session:
        counts = await left_out.count(session, wave.id)
    async with database.writing() as session:
        await left_out.note(session, wave.id, counts)
    for listed in (PersonLeftOut, Membership):
        await _forget(Pieces(database), listed, wave)


async def _forget(pieces: Pieces, listed: Listed, wave: Wave) -> None:
    await pieces.each(
        lambda session, after: left_out.page_of(session, listed, wave.id, after),
        lambda session, user_ids: left_out.forget(session, listed, wave.id, user_ids),
        start="",
        size=left_out.PIECE,
    )
