"""kill −9, thirty times over one wave: nobody is asked twice, nobody is left out, no answer is lost."""

from pathlib import Path

import pytest

from storage.database.engine import Database
from tests.journeys.siege import Force, besiege
from tests.journeys.storm import QUICK_TROUBLES

pytestmark = pytest.mark.slow


async def test_a_wave_survives_thirty_kills(sqlite: Database, tmp_path: Path) -> None:
    await besiege(sqlite, tmp_path, Force(kills=30, troubles=QUICK_TROUBLES))
