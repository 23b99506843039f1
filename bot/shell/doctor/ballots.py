"""What `nps-bot doctor` says of anonymous waves: whether their ballots could be opened."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.sealing import WrongSecret, open_link, unlock
from bot.shell.doctor.findings import Finding, State, all_wrong
from storage import surveys, waves
from storage.ballots.opening import locked_keys
from storage.threads.links import any_link

_HOW = "as openssl rand -hex 32 prints, and keep a copy apart from the database and its backups"


async def examine(session: AsyncSession, secret: str) -> list[Finding]:
    """Try the secret on each wave that is sealed; say nothing where no survey is anonymous."""
    anonymous = [one for one in await surveys.every_survey(session) if one.is_anonymous]
    if not anonymous:
        return []
    sealed = await locked_keys(session)
    if not secret and not sealed:
        says = (
            f"NPS_SECRET is missing, so no anonymous wave can open. Set it to 32 characters or more, {_HOW}."
        )
        return [Finding("ballots", State.WRONG, says)]
    return all_wrong(
        "ballots",
        [
            await _stays_sealed(session, wave_id)
            for wave_id, locked in sealed.items()
            if not _opens(secret, locked)
        ]
        + await _mute(session, secret),
    )


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


async def _stays_sealed(session: AsyncSession, wave_id: int) -> str:
    wave = await waves.wave(session, wave_id)
    survey = await surveys.survey(session, wave.survey_id) if wave else None
    named = f"Wave {wave.number} of “{survey.name}”" if wave and survey else f"Wave {wave_id}"
    return (
        f"{named} cannot be closed: NPS_SECRET is missing, or is another than it was when the wave opened. Put that one back; "
        "without it nobody can ever read these answers."
    )
