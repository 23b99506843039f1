"""The long siege, `make kill`: on each database, with every trouble that Slack can be in. Minutes, so not in `make test`."""

from pathlib import Path

from storage.database.engine import Database
from tests.journeys.siege import Force, besiege
from tests.journeys.storm import QUICK_TROUBLES, SLOW_TROUBLES


async def test_a_wave_survives_sixty_kills_and_every_trouble(database: Database, tmp_path: Path) -> None:
    await besiege(database, tmp_path, Force(kills=60, troubles=QUICK_TROUBLES + SLOW_TROUBLES))
