"""`make fuzz`: as many hostile requests as NPS_FUZZ_REQUESTS says, by the seed of NPS_FUZZ_SEED, on each database."""

import os

from tests.attacks.fuzzing import fuzz
from tests.journeys.office import Office


async def test_strangers_break_nothing(office_on_each: Office) -> None:
    requests, seed = int(os.environ["NPS_FUZZ_REQUESTS"]), int(os.environ["NPS_FUZZ_SEED"])

    told = await fuzz(office_on_each, requests, seed)

    print(told)  # noqa: T201 - shown with -s, and where something fails
    assert told.slow * 1_000 <= requests, "the machine was too busy to tell"
