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
from storage.database.pragmas import SQLITE_PRAGMAS
from tests import postgres
from tests.bench import verdicts
from tests.conftest import new_database

LEAST_PER_SECOND = 50_000
MOST_TIMES = 4.0
MOST_MEGABYTES = 250

_WIDE = 60
_HEADER = ("Response ID", "Date", "Score", "Comment", "Reasons")
_DRIVERS = ("Product / service quality", "Customer experience", "Service & support", "Reputation")


def bench(
    rows: Annotated[int, typer.Option(help="How many answers the file holds.")] = 1_000_000,
    rounds: Annotated[int, typer.Option(help="How often both ways are gone, in turn.")] = 5,
    wide_rows: Annotated[
        int, typer.Option(help="How many rows of 60 columns the wide file holds.")
    ] = 300_000,
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
        worked = _processor(resource.RUSAGE_CHILDREN) / rounds
        on_postgresql = _on_postgresql(file, rows, rounds)
        wide = _write_wide(Path(folder, "wide.csv"), wide_rows)
        seconds, stored = _imported(wide, f"sqlite:///{folder}/wide.db")
        wide_missing = wide_rows - stored
        book = _workbook(_write_wide(Path(folder, "tenth.csv"), wide_rows // 10), Path(folder, "wide.xlsx"))
        book_seconds, of_book = _imported(book, f"sqlite:///{folder}/book.db")
    bare, ours = statistics.median(bare_rounds), statistics.median(our_rounds)
    # A slow minute of the machine falls on both ways of a round.
    times = statistics.median(
        ours_took / bare_took for ours_took, bare_took in zip(our_rounds, bare_rounds, strict=True)
    )
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    typer.echo(
        f"Import of {rows:,} answers into SQLite, medians of {rounds}: {rows / ours:,.0f} a second; {worked:.1f} s of processors' time in "
        f"{ours:.1f} s.\n"
        f"Bare csv.reader and executemany: {rows / bare:,.0f} a second; {bare_worked:.1f} s of processor's time in "
        f"{bare:.1f} s; {times:.1f} times as fast, the median of the rounds.\n"
        f"{wide_rows:,} rows of {_WIDE} columns: {seconds:.1f} s as a CSV; a tenth of them {book_seconds:.1f} s as a workbook.\n"
        f"All of it: {megabytes:.0f} MB at most in the largest of the processes."
    )
    targets = {
        f"at least {LEAST_PER_SECOND:,} answers a second": rows / ours >= LEAST_PER_SECOND,
        f"within {MOST_TIMES:g} times of the bare way": times <= MOST_TIMES,
        f"within {MOST_MEGABYTES} MB": megabytes <= MOST_MEGABYTES,
    }
    if on_postgresql:
        typer.echo(f"Into PostgreSQL: {on_postgresql:,.0f} a second.")
        targets[f"at least {LEAST_PER_SECOND:,} a second into PostgreSQL"] = on_postgresql >= LEAST_PER_SECOND
    targets["every answer is there"] = not max(rows - imported, wide_missing, wide_rows // 10 - of_book)
    verdicts.tell(
        targets, sqlite_a_second=rows / ours, times=times, postgresql_a_second=on_postgresql, mb=megabytes
    )


def _on_postgresql(file: Path, rows: int, rounds: int) -> float | None:
    """Return how many answers a second go into PostgreSQL, the median of the rounds; None where there is none."""
    if not postgres.is_available():
        typer.echo(f"PostgreSQL was not measured: {postgres.NOT_FOUND}.")
        return None
    took = []
    with postgres.server(settings=()) as server:
        for _ in range(rounds):
            with new_database(server) as url:
                seconds, stored = _imported(file, url)
                took.append(seconds if stored == rows else float("inf"))
    return rows / statistics.median(took)


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


def _write_wide(file: Path, rows: int) -> Path:
    """Write an export as survey services hand it out: the score among many other questions."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow([*_HEADER[:4], *(f"Question {number}" for number in range(_WIDE - 4))])
        at, filler = datetime(2024, 1, 1, tzinfo=UTC), [f"answer {number}" for number in range(_WIDE - 4)]
        for row in range(rows):
            at += timedelta(seconds=61)
            writer.writerow((f"r{row:09}", f"{at:%Y-%m-%d %H:%M:%S}", row % 11, f"Comment {row}", *filler))
    return file


def _workbook(file: Path, target: Path) -> Path:
    """Write the same as an Excel workbook, in a process of its own."""
    script = (
        "import csv, sys; from openpyxl import Workbook; book = Workbook(write_only=True); sheet = book.create_sheet('Answers');"
        "[sheet.append(row) for row in csv.reader(open(sys.argv[1], encoding='utf-8', newline=''))]; book.save(sys.argv[2])"
    )
    subprocess.run([sys.executable, "-c", script, file, target], check=True)  # noqa: S603 - the words are ours
    return target


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
    # What Python compiled is kept, as an installed program's is.
    environment = os.environ | {"DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": ""}
    began = time.perf_counter()
    ran = subprocess.run(  # noqa: S603 - the words are ours
        [sys.executable, "-m", "bot", *words],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return time.perf_counter() - began, json.loads(ran.stdout)["imported"]


if __name__ == "__main__":
    typer.run(bench)
