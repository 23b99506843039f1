"""What `nps-bot doctor` says of anonymous waves: whether their ballots could be opened."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.sealing import WrongSecret, open_link, unlock
from bot.shell.doctor.findings import TOLD, Finding, State, all_wrong, and_more
from storage import surveys, waves
from storage.ballots.opening import locked_keys
from storage.threads.links import any_link

_HOW = "as openssl rand -hex 32 prints, and keep a copy apart from the database and its backups"


async def examine(session: AsyncSession, secret: str) -> list[Finding]:
    """Try the secret on each wave that is sealed; say nothing where no survey is anonymous."""
    if not await surveys.is_any_anonymous(session):
        return []
    sealed = await locked_keys(session)
    if not secret and not sealed:
        says = (
            f"NPS_SECRET is missing, so no anonymous wave can open. Set it to 32 characters or more, {_HOW}."
        )
        return [Finding("ballots", State.WRONG, says)]
    lost = [wave_id for wave_id, locked in sealed.items() if not _opens(secret, locked)]
    return all_wrong("ballots", [*await _stay_sealed(session, lost), *await _mute(session, secret)])


async def _mute(session: AsyncSession, secret: str) -> list[str]:
    """Say that nobody can be written back to, where that is so."""
    link = await any_link(session)
    try:
        if link:
            open_link(secret, link)
    except WrongSecret:
        says = (
            "Managers cannot write back to people who allowed it: NPS_SECRET is missing, or is another than it was when they "
            "answered. Put that one back."
        )
        return [says]
    return []


def _opens(secret: str, locked: bytes) -> bool:
    try:
        unlock(secret, locked)
    except WrongSecret:
        return False
    return True


async def _stay_sealed(session: AsyncSession, wave_ids: Sequence[int]) -> list[str]:
    names = await waves.names(session, wave_ids[:TOLD])
    told = [
        f"Wave {number} of “{name}” cannot be closed: NPS_SECRET is missing, or is another than it was when the wave opened. "
        "Put that one back; without it nobody can ever read these answers."
        for number, name in map(names.__getitem__, wave_ids[:TOLD])
    ]
    return told + and_more(len(wave_ids) - len(told))
