"""A wave stops by itself where Slack will take nothing of it; nothing is lost, and it goes on once that is mended."""

from bot.kit.services import Services
from bot.logs import log
from bot.slack import SlackError
from bot.slack_codes import Scope, meaning
from storage import waves
from storage.tables import Wave

SPEAK = "chat:write"


async def is_cut_off(services: Services, code: str) -> bool:
    """Whether this refusal of one message holds for all."""
    scope = meaning(code).scope
    if scope is Scope.ASK:
        return not await is_heard(services)
    return scope in {Scope.WORKSPACE, Scope.POSTING}


async def is_heard(services: Services) -> bool:
    """Whether Slack takes our token, with the right to speak. While it does not say, it is as if it did not."""
    try:
        identity = await services.slack.identity()
    except SlackError:
        return False
    return not identity.scopes or SPEAK in identity.scopes


async def stop_workspace(services: Services, code: str) -> None:
    """Stop every wave of the workspace that is being sent: Slack takes nothing from us."""
    async with services.database.reading() as session:
        running = await waves.open_waves(session, services.workspace_id)
    for wave in running:
        if wave.paused_at is None:
            await stop_wave(services, wave, code)


async def stop_wave(services: Services, wave: Wave, code: str) -> None:
    """Stop one wave; `code` is Slack's. Whoever tends stopped waves tells its manager."""
    async with services.database.writing() as session:
        stopped = await waves.pause_wave(session, wave.id, services.clock(), code)
    if stopped:
        log.error("wave.stopped", wave=wave.id, code=code)
