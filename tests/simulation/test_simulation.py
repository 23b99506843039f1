"""A few weeks of two companies, on each database, the same ones each time; `make simulate` makes many others.

A failure tells the steps that led to it and, where chance chose them, the seed that makes them again.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import make_url

from tests.conftest import KINDS, new_database
from tests.simulation.machine import Simulation

pytestmark = pytest.mark.slow

EXAMPLES = os.environ.get("NPS_SIMULATION_EXAMPLES")
SEED = int(os.environ.get("NPS_SIMULATION_SEED") or random.randrange(1_000_000))  # noqa: S311 - any will do
FEW, STEPS = 2, 20


@pytest.fixture(params=KINDS)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], AbstractContextManager[str]]:
    """Give migrated databases, one for each run."""
    numbers = count()

    @contextmanager
    def file() -> Iterator[str]:
        copy = Path(shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / f"{next(numbers)}.db"))
        yield f"sqlite:///{copy}"
        copy.unlink()

    def database() -> AbstractContextManager[str]:
        template = make_url(request.getfixturevalue("postgres_template")).database
        return new_database(request.getfixturevalue("postgres_server"), template)

    if request.param == "postgresql":
        request.getfixturevalue("postgres_template")
    return file if request.param == "sqlite" else database


def test_whatever_happens_five_promises_hold(fresh: Callable[[], AbstractContextManager[str]]) -> None:
    class Weeks(Simulation):
        new_database = staticmethod(fresh)

    if EXAMPLES:
        print(f"make simulate NPS_SIMULATION_SEED={SEED}")  # noqa: T201 - pytest shows it where something fails
    run_state_machine_as_test(
        seed(SEED)(Weeks) if EXAMPLES else Weeks,
        settings=settings(
            max_examples=int(EXAMPLES or FEW),
            stateful_step_count=STEPS,
            derandomize=not EXAMPLES,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
