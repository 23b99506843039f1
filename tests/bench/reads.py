"""One thing read where little stands and where much does, in turn: how many times as long it takes."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from storage import migrate
from tests import postgres
from tests.bench import verdicts
from tests.conftest import new_database
from tests.journeys.office import Office, office_with

MOST_TIMES = 1.5
TRIES = 15

Ways = Mapping[str, Callable[[], Awaitable[object]]]


@dataclass(frozen=True)
class Read:
    """Milliseconds, the least of some tries: what else the machine does only adds to them."""

    what: str
    little: float
    much: float

    @property
    def times(self) -> float:
        return self.much / self.little


@dataclass(frozen=True)
class Comparison:
    """What stands in the two offices, how much of it, and what is read there."""

    of: str
    little: int
    much: int
    fill: Callable[[Office, int], Awaitable[None]]
    ways_of: Callable[[Office], Awaitable[Ways]]
    more: Mapping[str, float] = field(default_factory=dict)
    """How many times as long that may take which cannot be flat."""

    def _is_met(self, row: Read) -> bool:
        return row.times <= self.more.get(row.what, MOST_TIMES)

    def measure(self) -> None:
        """Measure on both databases, print a table, and end with 1 where something takes too long."""
        with TemporaryDirectory(prefix="nps-bench-") as folder:
            files = (f"sqlite:///{Path(folder)}/{name}.db" for name in ("little", "much"))
            shown = {"sqlite": asyncio.run(self._compared(*files))}
        if postgres.is_available():
            with postgres.server() as server, new_database(server) as little, new_database(server) as much:
                shown["postgresql"] = asyncio.run(self._compared(little, much))
        table = Table(
            title=f"Reading: milliseconds of {self.little:,} {self.of}, of {self.much:,}, and how many times as long"
        )
        for name in ("database", "", f"{self.little:,}", f"{self.much:,}", "times"):
            table.add_column(name)
        for kind, rows in shown.items():
            for row in rows:
                table.add_row(kind, row.what, f"{row.little:.1f}", f"{row.much:.1f}", f"{row.times:.2f}")
        Console(width=100).print(table)
        apart = "".join(f", {what} {times:g} times" for what, times in self.more.items())
        held = {
            f"each {MOST_TIMES} times as long at most{apart} on {kind}": all(map(self._is_met, rows))
            for kind, rows in shown.items()
        }
        verdicts.tell(held, reads={kind: [asdict(row) for row in rows] for kind, rows in shown.items()})

    async def _compared(self, *urls: str) -> list[Read]:
        for url in urls:
            migrate.upgrade(url)
        async with office_with(urls[0]) as small, office_with(urls[1]) as large:
            for office, many in ((small, self.little), (large, self.much)):
                await self.fill(office, many)
                async with office.books.writing() as session:
                    await (await session.connection()).exec_driver_sql("ANALYZE")
            little, much = await self.ways_of(small), await self.ways_of(large)
            return [await _read(what, little[what], much[what]) for what in little]


async def _read(
    what: str, little: Callable[[], Awaitable[object]], much: Callable[[], Awaitable[object]]
) -> Read:
    took = [(await _milliseconds(little), await _milliseconds(much)) for _ in range(TRIES)]
    return Read(what, min(one for one, _ in took), min(other for _, other in took))


async def _milliseconds(read: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await read()
    return 1000 * (time.perf_counter() - began)
