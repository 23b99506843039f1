"""Once a day the clock looks at every survey, whatever it had worked out: what that relied on may have been wrong.

A machine's clock was, for a moment; or a country has changed when its summer begins.
"""

from bot.kit.services import Services
from storage.surveys import agenda


async def look_at_all(services: Services) -> None:
    """Let the clock work out again when the next wave and digest of each survey are due."""
    async with services.database.writing() as session:
        await agenda.set_all_at_once(session, services.workspace_id, services.clock())
