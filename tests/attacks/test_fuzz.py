"""A few hundred hostile requests; `make fuzz` sends a hundred thousand to each database."""

import pytest

from tests.attacks.fuzzing import fuzz
from tests.journeys.office import Office

pytestmark = pytest.mark.slow


async def test_strangers_break_nothing(office: Office) -> None:
    told = await fuzz(office, 240, seed=20261123)

    assert told.statuses[200] > 80
    assert told.statuses[401] > 80
