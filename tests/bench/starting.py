"""What a command costs before and while it does next to nothing: `python -m tests.bench.starting`.

Each command is run in turn with a bare `python -c pass`, many times, and its processor time is the median of the rounds.
The import and the export work with one answer in SQLite, and load SQLAlchemy and SQLModel for it. Those two alone take
nearly 0.3 s on a quiet machine, so they are measured beside them, and are what the import and the export are held to.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from storage import migrate

BARE = "python -c pass"
MOST_MS = {
    "nps-bot --help": 120,
    "nps-bot score": 300,
    "nps-bot plan": 300,
}
LIBRARIES = "SQLAlchemy and SQLModel"
MOST_OF_LIBRARIES = {"nps-bot import": 2.0, "nps-bot export": 1.25}


def bench(rounds: Annotated[int, typer.Option(help="How often each command is run.")] = 15) -> None:
    """Run each command in turn, and show its processor time beside that of a bare Python. A miss ends with 1."""
    with tempfile.TemporaryDirectory(prefix="nps-bench-") as folder:
        url, file = f"sqlite:///{folder}/nps.db", Path(folder, "answers.csv")
        migrate.upgrade(url)
        file.write_text("Date,Score\n2026-01-05,9\n")
        commands = _commands(file)
        # What Python compiled is kept, as an installed program's is.
        environment = os.environ | {"DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": ""}
        _milliseconds(commands["nps-bot import"], environment)  # makes the survey that is exported
        met: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, words in commands.items():
                met[name].append(_milliseconds(words, environment))
    took = {name: median(each) for name, each in met.items()}
    most_of = MOST_MS | {name: times * took[LIBRARIES] for name, times in MOST_OF_LIBRARIES.items()}
    table = Table(title=f"Processor time to start, medians of {rounds} rounds", title_justify="left")
    for name in ("", "ms", "of bare", "at most ms", ""):
        table.add_column(name, justify="left" if not name else "right")
    for name, ms in took.items():
        most = most_of.get(name)
        verdict = "" if most is None else "met" if ms <= most else "MISSED"
        table.add_row(
            name, f"{ms:.0f}", f"{ms / took[BARE]:.1f}", "" if most is None else f"{most:.0f}", verdict
        )
    Console().print(table)
    if any(took[name] > most for name, most in most_of.items()):
        raise typer.Exit(1)


def _commands(file: Path) -> dict[str, tuple[str, ...]]:
    counts = ("--promoters", "18", "--passives", "11", "--detractors", "2")
    return {
        BARE: ("-c", "pass"),
        LIBRARIES: ("-c", "import gc; gc.disable(); import sqlmodel, sqlalchemy.ext.asyncio"),
        "nps-bot --help": ("-m", "bot", "--help"),
        "nps-bot score": ("-m", "bot", "score", *counts, "--json"),
        "nps-bot plan": ("-m", "bot", "plan", "--margin", "10"),
        "nps-bot import": ("-m", "bot", "import", str(file), "--survey", "Bench", "--json"),
        "nps-bot export": ("-m", "bot", "export", "--survey", "Bench"),
    }


def _milliseconds(words: tuple[str, ...], environment: Mapping[str, str]) -> float:
    """Run Python with these words to its end, and return the processor time that it took. Raises CalledProcessError."""
    before = _processor_seconds()
    subprocess.run(  # noqa: S603 - the words are ours
        [sys.executable, *words], env=environment, stdout=subprocess.DEVNULL, check=True
    )
    return 1000 * (_processor_seconds() - before)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    typer.run(bench)
