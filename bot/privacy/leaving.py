"""Slack says that the app was removed, or its token revoked: nothing more is sent, from this moment on.

What is stored stays: where the app is installed again, everything is there. Should the token work all the same, the next
try of a probe lets it go on.
"""

from bot.kit.outage import note_trouble
from bot.kit.services import Services
from bot.logs import log

REVOKED = "token_revoked"


async def stop_sending(services: Services) -> None:
    """Stop at once, in every process."""
    await note_trouble(services, REVOKED, at_once=True)
    log.error("app.removed")
