"""Slack says that the app was removed, or its token revoked: nothing more is sent, from this moment on.

What is stored stays for a time of grace: where the app is installed again in it, everything is there. Should the token
work all the same, the next try of a probe lets it go on. After the grace everything goes, once Slack has said again that
the token is no more.
"""

from datetime import datetime, timedelta

from bot.kit.outage import FIRST_PAUSE, note_trouble
from bot.kit.services import Services
from bot.logs import log
from bot.slack.errors import SlackError
from storage.database.engine import Database
from storage.delivery import outages
from storage.delivery.outages import REMOVED
from storage.kit.people import home_workspace
from storage.privacy.leaving import erase_workspace, is_grace_over

REVOKED = "token_revoked"


async def stop_sending(services: Services) -> None:
    """Stop at once, in every process."""
    await note_trouble(services, REVOKED, at_once=True)
    log.error("app.removed")


async def erase_removed(services: Services) -> None:
    """Erase everything of the workspace when the app has been gone for the time of grace, and Slack still says so."""
    now = services.clock()
    async with services.database.reading() as session:
        if not await is_grace_over(session, services.workspace_id, now, services.grace):
            return
    try:
        await services.slack.identity()
    except SlackError as error:
        if error.code in REMOVED:
            await _erase(services.database, services.workspace_id, now)


async def note_removed(database: Database, code: str, now: datetime, grace: timedelta) -> None:
    """Note, where the app cannot start, that Slack takes its token no more; erase everything when the grace is over."""
    if code not in REMOVED:
        return
    async with database.writing() as session:
        workspace_id = await home_workspace(session)
        if workspace_id is None:  # nobody can tell which of them the token was for
            return
        await outages.note_trouble(session, workspace_id, code, now, FIRST_PAUSE, at_once=True)
        is_over = await is_grace_over(session, workspace_id, now, grace)
    if is_over:
        await _erase(database, workspace_id, now)


async def _erase(database: Database, workspace_id: str, now: datetime) -> None:
    async with database.writing() as session:
        await erase_workspace(session, workspace_id, now)
    log.error("workspace.erased")
