"""What `nps-bot doctor` says of the office."""

from bot.server.health import beat
from bot.shell.doctor.checks import examine
from tests.journeys.office import Office

WELL = [
    "settings: ok",
    "token: ok (workspace Acme)",
    "scopes: ok",
    "database: ok",
    "migrations: ok",
    "counts: ok",
    "clocks: ok",
    "sending: ok",
    "webhooks: ok",
    "surveys: ok",
    "waves: ok",
    "deliveries: ok",
    "digests: ok",
]
OF_THE_BOOKS = ("counts", "clocks", "sending", "webhooks", "surveys", "waves", "deliveries", "digests")


async def lines(office: Office, *, clock_runs: bool = True) -> list[str]:
    if clock_runs:
        await beat(office.app.services)
    return [finding.line for finding in await examine(office.clock.now)]
