"""`python -m tests.bench.waves`: waves of ten thousand and of a hundred thousand people, against what they should take."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from tests import postgres
from tests.bench import planning, sending, verdicts
from tests.bench.planning import Plannings
from tests.conftest import new_database


@contextmanager
def empty(kind: str) -> Iterator[tuple[str, Path]]:
    """Give the URL of an empty database, as safe against a power cut as in production, and an empty folder."""
    with TemporaryDirectory(prefix="nps-bench-") as folder:
        if kind == "sqlite":
            yield f"sqlite:///{folder}/nps.db", Path(folder)
        else:
            with postgres.server(settings=()) as server, new_database(server) as url:
                yield url, Path(folder)


def bench(
    rounds: Annotated[int, typer.Option(help="How often everyone is planned on each database, in turn.")] = 3,
    *,
    send: Annotated[bool, typer.Option(help="Ten thousand questions too, on each: four minutes.")] = True,
) -> None:
    """Measure; exit 1 on a miss, and when somebody was asked twice or left out."""
    kinds = ["sqlite", "postgresql"] if postgres.is_available() else ["sqlite"]
    held = dict[str, bool]()
    for kind in kinds if send else ():
        held |= _send(kind)
    everyone: dict[str, list[Plannings]] = {kind: [] for kind in kinds}
    for _ in range(rounds):
        for kind, planned in everyone.items():
            planned.append(_plan(kind, "everyone"))
    others = [_plan(kind, "one channel") for kind in kinds] + [
        _plan(kind, "everyone", is_killed=True) for kind in kinds
    ]
    all_of_them = [*others, *(one for planned in everyone.values() for one in planned)]
    held |= {
        f"under {planning.MOST_MEGABYTES} MB": all(
            one.megabytes < planning.MOST_MEGABYTES for one in all_of_them
        ),
        "everybody has one invitation": all(one.invitations == planning.PEOPLE for one in all_of_them),
    }
    seconds = {kind: [one.seconds for one in planned] for kind, planned in everyone.items()}
    for kind, took in seconds.items():
        held[f"everyone planned within {planning.MOST_SECONDS} s on {kind}"] = (
            median(took) < planning.MOST_SECONDS
        )
    if len(kinds) > 1:
        times = median(other / one for one, other in zip(*seconds.values(), strict=True))
        typer.echo(f"PostgreSQL takes {times:.2f} times as long as SQLite, the median of {rounds} rounds.")
        held[f"{planning.MOST_TIMES} times as long at most on PostgreSQL"] = times <= planning.MOST_TIMES
    verdicts.tell(held, planned_s=seconds)


def _send(kind: str) -> dict[str, bool]:
    with empty(kind) as (url, folder):
        sent = asyncio.run(sending.send_all(url, folder))
    typer.echo(
        f"{sending.PEOPLE:,} questions on {kind}, {sending.PER_MINUTE:,} a minute: {sent.times:.3f} times the least that"
        f" Slack's limit allows; {sent.refusals} refused (429); the processor was busy {sent.busy:.0%} of the time."
    )
    return {
        f"sent within {sending.MOST_TIMES} times of the limit's own minimum on {kind}": sent.times
        <= sending.MOST_TIMES,
        f"no 429 on {kind}": sent.refusals == 0,
        f"nobody asked twice on {kind}": sent.twice == 0,
    }


def _plan(kind: str, audience: str, *, is_killed: bool = False) -> Plannings:
    with empty(kind) as (url, folder):
        planned = asyncio.run(
            planning.plan_all(planning.AUDIENCES[audience], url, folder, is_killed=is_killed)
        )
    killed = ", killed half way and started again" if is_killed else ""
    typer.echo(
        f"{planned.invitations:,} invitations planned on {kind}, {audience}{killed}: {planned.seconds:.1f} s,"
        f" {planned.megabytes:.0f} MB at most."
    )
    return planned


if __name__ == "__main__":
    typer.run(bench)
