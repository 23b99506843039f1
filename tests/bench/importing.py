"""How fast `nps-bot import` is, beside the least that could be done with the same file: `python -m tests.bench.importing`.

The reference reads the file with `csv.reader` and puts its cells into a bare table with `executemany`, as safe against
a power cut as the real database: no dates, no drivers, no keys, no indexes.
"""

import csv
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from storage import migrate
from storage.engine import SQLITE_PRAGMAS

LEAST_PER_SECOND = 50_000
MOST_TIMES = 4.0

_HEADER = ("Response ID", "Date", "Score", "Comment", "Reasons")
_DRIVERS = ("Product / service quality", "Customer experience", "Service & support", "Reputation")


def bench(
    rows: Annotated[int, typer.Option(help="How many answers the file holds.")] = 1_000_000,
    rounds: Annotated[int, typer.Option(help="How often both ways are gone, in turn.")] = 3,
) -> None:
    """Import one file both ways, in turn, and say what was met by the medians; exit 1 when an answer is missing."""
    bare_rounds, our_rounds, imported = [], [], rows
    with tempfile.TemporaryDirectory(prefix="nps-bench-") as folder:
        file = Path(folder, "answers.csv")
        _write(file, rows)
        began = _processor(resource.RUSAGE_SELF)
        for number in range(rounds):
            bare_rounds.append(_bare(file, Path(folder, f"bare-{number}.db")))
            seconds, stored = _imported(file, f"sqlite:///{folder}/nps-{number}.db")
            our_rounds.append(seconds)
            imported = min(imported, stored)
        bare_worked = (_processor(resource.RUSAGE_SELF) - began) / rounds
    bare, ours = statistics.median(bare_rounds), statistics.median(our_rounds)
    worked = _processor(resource.RUSAGE_CHILDREN) / rounds
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    typer.echo(
        f"Import of {rows:,} answers into SQLite, medians of {rounds}: {rows / ours:,.0f} a second; {worked:.1f} s of processors' time in "
        f"{ours:.1f} s; {megabytes:.0f} MB at most in the larger of two processes.\n"
        f"Bare csv.reader and executemany: {rows / bare:,.0f} a second; {bare_worked:.1f} s of processor's time in "
        f"{bare:.1f} s; {ours / bare:.1f} times as fast."
    )
    for target, is_met in {
        f"at least {LEAST_PER_SECOND:,} answers a second": rows / ours >= LEAST_PER_SECOND,
        f"within {MOST_TIMES:g} times of the bare way": ours / bare <= MOST_TIMES,
    }.items():
        typer.echo(f"{'met   ' if is_met else 'MISSED'} {target}")
    if imported != rows:
        typer.echo(f"Only {imported:,} of {rows:,} answers were imported.", err=True)
        raise typer.Exit(1)


def _write(file: Path, rows: int) -> None:
    """Write an export as long-lived surveys have it: a third with a comment, one reason each on average."""
    chance, at = random.Random(6), datetime(2020, 1, 1, tzinfo=UTC)  # noqa: S311 - the same file each time
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(_HEADER)
        for row in range(rows):
            at += timedelta(seconds=61)
            comment = f"Support was quick, thank you; case {row}" if row % 3 == 0 else ""
            reasons = "\n".join(chance.sample(_DRIVERS, row % 3))
            score = chance.choice((10, 10, 9, 9, 8, 7, 6, 3))
            writer.writerow((f"r{row:09}", f"{at:%Y-%m-%d %H:%M:%S}", score, comment, reasons))


def _bare(file: Path, database: Path) -> float:
    """Return the seconds that the reference takes."""
    began = time.perf_counter()
    connection = sqlite3.connect(database, isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)
    connection.execute("CREATE TABLE bare (id TEXT, date TEXT, score TEXT, comment TEXT, reasons TEXT)")
    with file.open(encoding="utf-8", newline="") as opened:
        cells = csv.reader(opened)
        next(cells)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?)", cells)
        connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - began


def _processor(whose: int) -> float:
    """Return the processor's seconds that this process took, or those that it began and that have ended."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def _imported(file: Path, url: str) -> tuple[float, int]:
    """Run the real command; return its seconds, the start of Python included, and how many answers went in."""
    migrate.upgrade(url)
    words = ("import", str(file), "--survey", "Bench", "--by", "quarter", "--json")
    began = time.perf_counter()
    ran = subprocess.run(  # noqa: S603 - the words are ours
        [sys.executable, "-m", "bot", *words],
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.PIPE,
        check=True,
    )
    return time.perf_counter() - began, json.loads(ran.stdout)["imported"]


if __name__ == "__main__":
    typer.run(bench)
