"""`python -m tests.bench.waves`: waves of ten thousand and of a hundred thousand people, against what they should take."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from tests import postgres
from tests.bench import planning, sending
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


def bench() -> None:
    """Measure, and exit 1 when somebody was asked twice or left out."""
    kinds = ["sqlite", "postgresql"] if postgres.is_available() else ["sqlite"]
    is_right = True
    for kind in kinds:
        is_right &= _send(kind)
    for kind in kinds:
        for name in planning.AUDIENCES:
            is_right &= _plan(kind, name, is_killed=False)
    for kind in kinds:
        is_right &= _plan(kind, "everyone", is_killed=True)
    if not is_right:
        raise typer.Exit(1)


def _send(kind: str) -> bool:
    with empty(kind) as (url, folder):
        sent = asyncio.run(sending.send_all(url, folder))
    typer.echo(
        f"{sending.PEOPLE:,} questions on {kind}, {sending.PER_MINUTE:,} a minute: {sent.times:.3f} times the least that"
        f" Slack's limit allows; {sent.refusals} refused (429); the processor was busy {sent.busy:.0%} of the time."
    )
    _verdict(
        f"within {sending.MOST_TIMES} times of the limit's own minimum",
        is_met=sent.times <= sending.MOST_TIMES,
    )
    _verdict("no 429", is_met=sent.refusals == 0)
    return sent.twice == 0


def _plan(kind: str, audience: str, *, is_killed: bool) -> bool:
    with empty(kind) as (url, folder):
        planned = asyncio.run(
            planning.plan_all(planning.AUDIENCES[audience], url, folder, is_killed=is_killed)
        )
    killed = ", killed half way and started again" if is_killed else ""
    typer.echo(
        f"{planned.invitations:,} invitations planned on {kind}, {audience}{killed}: {planned.seconds:.0f} s,"
        f" {planned.megabytes:.0f} MB at most."
    )
    _verdict(f"under {planning.MOST_MEGABYTES} MB", is_met=planned.megabytes < planning.MOST_MEGABYTES)
    _verdict(f"under {planning.MOST_SECONDS} s", is_met=planned.seconds < planning.MOST_SECONDS)
    return planned.invitations == planning.PEOPLE


def _verdict(target: str, *, is_met: bool) -> None:
    typer.echo(f"{'met   ' if is_met else 'MISSED'} {target}")


if __name__ == "__main__":
    typer.run(bench)
