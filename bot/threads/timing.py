"""When a letter may arrive, or an end be told: after some hours drawn by lot."""

from datetime import datetime
from secrets import randbelow

from bot.kit.people import Who, glimpsed
from bot.kit.services import Services
from bot.kit.workplace import working_time
from bot.threads.rules.delay import MOST_HOURS, after_hours_of_work


async def drawn_hour(services: Services, manager_id: str | None) -> datetime:
    """Draw an hour. It hangs on the hours of the manager alone, never on those of the person they write with."""
    zone = "UTC"
    if manager_id:
        zone = (await glimpsed(services, Who(services.workspace_id, manager_id))).time_zone
    working = await working_time(services)
    return after_hours_of_work(services.clock(), 1 + randbelow(MOST_HOURS), zone, working)
