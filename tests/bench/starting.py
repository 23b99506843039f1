"""What a command costs before and while it does next to nothing: `python -m tests.bench.starting`.

Each command is run in turn with a bare `python -c pass`, many times, and its processor time is the median of the rounds.
A ratio is the median of the ratios within each round: what slows a whole round down on a busy machine falls out of it.
Milliseconds say little, since one machine takes three times as long as another for the same: each command is held to
a multiple of the libraries that it cannot do without, loaded as cheaply as we know how. `--help` needs Typer. `score`
and `plan` have options, and Typer loads Pydantic to read the first. The import and the export work with one answer in
SQLite, and need SQLAlchemy and SQLModel too; the making of our tables takes half as long again. Beside it stands what
that is of bare Python.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from storage import migrate
from tests.bench import verdicts

BARE = "python -c pass"
TYPER = "Typer"
OPTION = "Typer and an option"
DATABASE = "the same, with SQLModel"
MOST = {
    "nps-bot --help": (1.9, TYPER),
    "nps-bot score": (1.6, OPTION),
    "nps-bot plan": (1.6, OPTION),
    "nps-bot import": (2.4, DATABASE),
    "nps-bot export": (2.3, DATABASE),
}
_ONLY_TYPER = """
import gc
gc.disable()
import typer
gc.freeze()
"""
_ONE_OPTION = """
import gc
gc.disable()
import typer
def command(times: int = 1): pass
try:
    typer.run(command)
finally:
    gc.freeze()
"""


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
    table = Table(title=f"Processor time to start, medians of {rounds} rounds", title_justify="left")
    for name in ("", "ms", "of bare", "held to", "takes", "at most", ""):
        table.add_column(name, justify="left" if name in {"", "held to"} else "right")
    met_all = True
    for name, took in met.items():
        times, floor = MOST.get(name, (0, BARE))
        ratio = _ratio(took, met[floor])
        is_met = not times or ratio <= times
        met_all &= is_met
        held = (floor, f"{ratio:.2f}", f"{times:.2f}", "met" if is_met else "MISSED") if times else ()
        table.add_row(name, f"{median(took):.0f}", f"{_ratio(took, met[BARE]):.1f}", *held)
    Console(width=110).print(table)
    verdicts.tell({"every command": met_all}, ms={name: median(took) for name, took in met.items()})


def _ratio(took: Sequence[float], floor: Sequence[float]) -> float:
    """Return how many times as long as the floor a command took in the median round."""
    return median(ms / least for ms, least in zip(took, floor, strict=True))


def _commands(file: Path) -> dict[str, tuple[str, ...]]:
    counts = ("--promoters", "18", "--passives", "11", "--detractors", "2")
    return {
        BARE: ("-c", "pass"),
        TYPER: ("-c", _ONLY_TYPER),
        OPTION: ("-c", _ONE_OPTION),
        DATABASE: (
            "-c",
            _ONE_OPTION.replace("import typer", "import typer, sqlmodel, sqlalchemy.ext.asyncio"),
        ),
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
