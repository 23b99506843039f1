"""The rounds: every server in turn, again and again, so that a slow moment of the machine falls on all of them."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from tests import postgres
from tests.bench import database, servers
from tests.bench.ballots import ballots
from tests.bench.clicks import Click, clicks, requests
from tests.bench.servers import Server
from tests.bench.slack_side import Calls, Round, answering_calls, click_all
from tests.conftest import new_database

_PATIENCE = 20
"""Seconds after a burst within which every message that was clicked on must have been changed."""


@dataclass(frozen=True)
class Workload:
    """How much is measured: the clicks of a round, where nothing follows an acknowledgement and where all does.

    `crowd` is how many click at once on the whole app, beside `at_once`: as when a wave has just been sent.
    """

    rounds: int = 8
    burst: int = 768
    served: int = 192
    at_once: int = 64
    crowd: int = 256

    @property
    def turns(self) -> list["Turn"]:
        """How many clicks each turn takes; the first turn only warms up."""
        few = self.at_once
        return [Turn(few, few, few), *[Turn(self.burst, self.served, 2 * self.crowd)] * self.rounds]


@dataclass(frozen=True)
class Turn:
    """How many clicks one turn takes: where nothing follows, where all does, and of a crowd where all does."""

    burst: int
    served: int
    crowded: int

    @property
    def taps(self) -> int:
        """How many of them are clicks on a named question."""
        return 2 * self.burst + self.served + self.crowded


@dataclass
class Contestant:
    """One server and what its rounds showed; `modals` are the seconds from a click to its modal."""

    way: str
    kind: str | None
    server: Server
    rounds: list[Round] = field(default_factory=list)
    modals: list[float] = field(default_factory=list)


async def measure(workload: Workload) -> list[Contestant]:
    """Run all rounds; the first contestant is the bare one, the second stores nothing.

    Raises RuntimeError when a click is refused, or when the database says anything else than was acknowledged.
    """
    with tempfile.TemporaryDirectory(prefix="nps-bench-") as folder, databases(Path(folder)) as url_of:
        async with answering_calls() as (slack_api_url, calls), AsyncExitStack() as stack:
            everybody = clicks(sum(turn.taps for turn in workload.turns), slack_api_url)
            voters = ballots(sum(turn.burst for turn in workload.turns), first=len(everybody) + 1)
            warming_up, *turns = _turns(workload, iter(everybody), iter(voters))
            for url in url_of.values():
                await database.prepare(url, everybody, voters)

            async def contestant(way: str, words: tuple[str, ...], kind: str | None) -> Contestant:
                running = servers.running(words, slack_api_url, url_of[kind or "sqlite"], Path(folder))
                return Contestant(way, kind, await stack.enter_async_context(running))

            contestants = [
                await contestant("bare", servers.BARE, None),
                await contestant("unstored", servers.UNSTORED, None),
            ]
            for kind in url_of:
                contestants.append(await contestant("lean", servers.LEAN, kind))
                contestants.append(await contestant("stored", servers.STORED, kind))
                contestants.append(await contestant("sealed", servers.SEALED, kind))
                contestants.append(await contestant("cast", servers.CAST, kind))
                contestants.append(served := await contestant("served", servers.SERVE, kind))
                contestants.append(Contestant("crowded", kind, served.server))
            for one in contestants:
                await _burst(one, warming_up[one.way], workload.at_once, calls)
            for turn in turns:
                for one in contestants:
                    at_once = workload.crowd if one.way == "crowded" else workload.at_once
                    met, modals = await _burst(one, turn[one.way], at_once, calls)
                    one.rounds.append(met)
                    one.modals += modals
        for kind, url in url_of.items():
            if astray := await database.astray(url, everybody, voters):
                message = f"{astray} answers in {kind} are not what was acknowledged"
                raise RuntimeError(message)
    return contestants


def _turns(
    workload: Workload, waiting: Iterator[Click], voters: Iterator[Click]
) -> list[dict[str, list[Click]]]:
    turns = []
    for turn in workload.turns:
        tapped, voted = list(islice(waiting, turn.burst)), list(islice(voters, turn.burst))
        turns.append(
            {
                "bare": tapped,
                "unstored": tapped,
                "lean": list(islice(waiting, turn.burst)),
                "stored": tapped,
                "sealed": voted,
                "cast": voted,
                "served": list(islice(waiting, turn.served)),
                "crowded": list(islice(waiting, turn.crowded)),
            }
        )
    return turns


async def _burst(
    one: Contestant, some: Sequence[Click], at_once: int, calls: Calls
) -> tuple[Round, list[float]]:
    """Click on one server; also return how long each modal took, where the server opens any.

    There a round lasts until the last message is changed: a tap is whole when all that follows it is done.
    """
    before, began = calls.updates, time.monotonic()
    try:
        met = await click_all(one.server.port, requests(some, servers.SECRET), at_once)
        if one.way not in {"served", "crowded"}:
            return met, []
        await _until_updated(calls, before + len(some))
    except RuntimeError as error:
        message = f"{one.way} on {one.kind}: {error}\n{one.server.says()}"
        raise RuntimeError(message) from None
    met = replace(met, seconds=time.monotonic() - began)
    opened = [calls.modal_at[click.trigger_id] for click in some]
    return met, [at - clicked for at, clicked in zip(opened, met.clicked_at, strict=True)]


async def _until_updated(calls: Calls, count: int) -> None:
    until = time.monotonic() + _PATIENCE
    while calls.updates < count:
        if time.monotonic() > until:
            message = f"{count - calls.updates} messages were never changed"
            raise RuntimeError(message)
        await asyncio.sleep(0.005)


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """Give an empty database of each kind that this machine has, as safe against a power cut as in production."""
    sqlite = {"sqlite": f"sqlite:///{folder}/nps.db"}
    if not postgres.is_available():
        yield sqlite
        return
    with postgres.server(settings=()) as server, new_database(server) as url:
        yield sqlite | {"postgresql": url}
