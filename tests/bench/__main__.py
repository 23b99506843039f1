"""`make bench`: how fast a tap is stored and acknowledged, against Bolt that stores nothing."""

import asyncio
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from tests import postgres
from tests.bench import report, verdicts
from tests.bench.measuring import Workload, measure


def bench(
    rounds: Annotated[
        int, typer.Option(help="Rounds; each server is measured once in each.")
    ] = Workload.rounds,
) -> None:
    """Measure; exit 1 on a miss, and when an acknowledged tap is not in the database."""
    workload = Workload(rounds=rounds)
    try:
        rows = report.figures(asyncio.run(measure(workload)))
    except RuntimeError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    console = Console(width=None if Console().is_terminal else 120)
    console.print(report.table(rows, f"{workload.at_once} taps at once, medians of {workload.rounds} rounds"))
    typer.echo(report.LEGEND)
    if not postgres.is_available():
        typer.echo(f"PostgreSQL was not measured: {postgres.NOT_FOUND}.")
    verdicts.tell(report.targets(rows), workload=asdict(workload), servers=[asdict(row) for row in rows])


if __name__ == "__main__":
    typer.run(bench)
