"""Attacks by watching: the API, metrics, health, the log and messages, looked at after each tap."""

import pytest

from tests.attacks.polled import SEEDS, VOTERS
from tests.attacks.watching import WAYS, by_guessing, right, watch
from tests.journeys.office import Office

pytestmark = pytest.mark.slow

FEW, SOME = 16, 80
SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("seed", "many"),
    [
        (SEEDS[0], FEW),
        pytest.param(SEEDS[0], VOTERS, marks=SLOW),
        *[pytest.param(seed, SOME, marks=SLOW) for seed in SEEDS[1:]],
    ],
)
async def test_who_watches_each_tap_learns_no_more_than_that_somebody_answered(
    office_on_each: Office, seed: int, many: int
) -> None:
    seen = await watch(office_on_each, many, seed, is_naive=False)

    assert len(seen.chosen) == many
    for way in WAYS:
        assert right(seen, way) <= by_guessing(seen), way
    for way in ("api", "health", "log", "messages"):
        assert len(set(seen.showed[way])) == 1, way


@pytest.mark.parametrize(("seed", "many"), [pytest.param(SEEDS[1], SOME, marks=SLOW)])
async def test_the_control_a_naive_design_tells_on_each_of_these_ways(
    office_on_each: Office, seed: int, many: int
) -> None:
    seen = await watch(office_on_each, many, seed, is_naive=True)

    for way in WAYS:
        assert right(seen, way) > 0.9 * many / 2, way
