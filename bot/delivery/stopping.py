"""A wave stops by itself where Slack will take nothing of it; nothing is lost, and it goes on once that is mended."""

from bot.kit.services import Services
from bot.logs import log
from bot.slack import SlackError
from storage import waves
from storage.tables import Wave

SPEAK = "chat:write"

_CUT_OFF = frozenset(
    {
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "token_expired",
        "token_revoked",
    }
)
"""Slack's words for what no other message would get through either."""

_OF_ONE_OR_ALL = frozenset({"account_inactive", "missing_scope", "no_permission", "team_access_not_granted"})
"""Slack's words for what may hold for all, or only for this one: what it says of our token tells which."""


async def is_cut_off(services: Services, code: str) -> bool:
    """Whether this refusal of one message holds for all."""
    if code in _OF_ONE_OR_ALL:
        return not await is_heard(services)
    return code in _CUT_OFF


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
