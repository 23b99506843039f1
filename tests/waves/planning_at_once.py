"""A clock that plans waves as it is told: `python planning_at_once.py`, its settings in the environment.

It says "ready", plans the wave that each line names by its id of standard input, and says "planned" after each.
"""

import asyncio
import sys
from datetime import UTC, datetime

from bot import settings
from bot.app import app_for
from bot.waves.planning import plan
from storage import surveys, waves


async def plan_as_told(now: datetime) -> None:
    async with app_for(settings.load(), lambda: now) as app:
        print("ready", flush=True)  # noqa: T201 - the test waits for this
        for line in sys.stdin:
            async with app.services.database.reading() as session:
                wave = await waves.wave(session, int(line))
                assert wave
                survey = await surveys.survey(session, wave.survey_id)
                assert survey
            await plan(app.services, wave, survey)
            print("planned", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(plan_as_told(datetime.fromtimestamp(float(sys.argv[1]), UTC)))
