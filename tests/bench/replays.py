"""What it costs a tap that no request is accepted twice: `python -m tests.bench.replays`.

Two servers store the same taps in turn, one with the memory of requests and one without. What is compared is the
processor's time of the server for a tap, which neighbours on the machine hardly change.
"""

import asyncio
import os
import tempfile
from contextlib import AsyncExitStack
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Annotated

import typer

from tests.bench import database, verdicts
from tests.bench.clicks import clicks, requests
from tests.bench.servers import SECRET, STORED, UNREMEMBERED, Server, running
from tests.bench.slack_side import answering_calls, click_all

MOST = 1.03
BURST, AT_ONCE = 512, 64
_TICKS = os.sysconf("SC_CLK_TCK")


def bench(
    rounds: Annotated[int, typer.Option(help="Rounds; each server is measured once in each.")] = 12,
) -> None:
    """Measure on SQLite; exit 1 when the memory costs more than 3 %."""
    with tempfile.TemporaryDirectory(prefix="nps-bench-") as folder:
        with_it, without = asyncio.run(_measured(Path(folder), rounds))
    ratio = with_it / without
    typer.echo(
        f"A tap takes {with_it * 1000:.2f} ms of the processor with the memory of requests, {without * 1000:.2f} ms without: "
        f"{ratio:.3f} times as much, medians of {rounds} rounds."
    )
    verdicts.tell({f"at most {MOST:g} times": ratio <= MOST}, times=ratio)


async def _measured(folder: Path, rounds: int) -> tuple[float, float]:
    """Return the processor's seconds for a tap with and without the memory; both servers use one database."""
    url = f"sqlite:///{folder}/nps.db"
    met: tuple[list[float], list[float]] = ([], [])
    async with answering_calls() as (slack_api_url, _), AsyncExitStack() as stack:
        everybody = clicks(2 * BURST * (rounds + 1), slack_api_url)
        await database.prepare(url, everybody)
        waiting = iter(everybody)
        servers = [
            await stack.enter_async_context(running(way, slack_api_url, url, folder))
            for way in (STORED, UNREMEMBERED)
        ]
        for number in range(rounds + 1):
            for server, took in zip(servers, met, strict=True):
                some = requests(list(islice(waiting, BURST)), SECRET)
                before = _seconds(server)
                await click_all(server.port, some, AT_ONCE)
                if number:  # the first one warms up
                    took.append((_seconds(server) - before) / BURST)
    return median(met[0]), median(met[1])


def _seconds(server: Server) -> float:
    """Return the processor's seconds that a server has taken, its threads' included (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


if __name__ == "__main__":
    typer.run(bench)
