"""What `nps-bot doctor` says of the office."""

from bot.shell.doctor.checks import examine
from tests.journeys.office import Office

WELL = [
    "settings: ok",
    "token: ok (workspace Acme)",
    "scopes: ok",
    "database: ok",
    "migrations: ok",
    "counts: ok",
    "clocks: ok (none has run yet)",
    "sending: ok",
    "webhooks: ok",
    "surveys: ok",
    "waves: ok",
    "deliveries: ok",
    "digests: ok",
]
OF_THE_BOOKS = ("counts", "clocks", "sending", "webhooks", "surveys", "waves", "deliveries", "digests")


async def lines(office: Office) -> list[str]:
    return [finding.line for finding in await examine(office.clock.now)]
