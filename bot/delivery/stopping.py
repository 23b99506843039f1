"""A wave stops by itself where Slack does not let us read its audience or post its question; it goes on once that is mended."""

from bot.kit.services import Services
from bot.logs import log
from storage import waves
from storage.tables import Wave


async def stop_wave(services: Services, wave: Wave, code: str) -> None:
    """Stop one wave; `code` is Slack's. The job that tends stopped waves tells its manager."""
    async with services.database.writing() as session:
        stopped = await waves.pause_wave(session, wave.id, services.clock(), code)
    if stopped:
        log.error("wave.stopped", wave=wave.id, code=code)
