"""What became of each file that services handed out, beside what is right: `python -m tests.importing.kinds`."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import typer

from bot.importing.cells.drivers import driver_of
from bot.importing.errors import ImportProblem
from bot.importing.options import Options
from tests.importing.files import Read, read

FOLDER = Path(__file__).with_name("exports2")
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text("utf-8"))


def outcome(path: Path, options: Options | None = None) -> Read | str:
    """Read the file, or give the sentence of its refusal."""
    try:
        return read(path, options)
    except ImportProblem as problem:
        return str(problem)


def differences(expected: dict[str, Any], found: Read | str) -> list[str]:
    """Say what is not as expected, nothing where all is.

    `expected` has the keys of expected.json: counts, days, comments, and reasons of all rows, scored or not; `refuse` is a
    part of the sentence that must be said, `either` another outcome that is as well.
    """
    if isinstance(found, str):
        asked = expected.get("refuse")
        either = expected.get("either")
        fine = (asked is not None and asked in found) or isinstance(either, str)
        return [] if fine else [f"refused: {found}"]
    if expected.get("refuse") is not None:
        return ["taken, though it must be refused"]
    return _wrong(expected, found)


def _wrong(expected: dict[str, Any], found: Read) -> list[str]:
    tally, days = found.tally, sorted(moment[:10] for moment in found.moments if moment)
    counts = {name: getattr(tally, name) for name in ("promoters", "passives", "detractors")}
    said = [row.comment for row in found.answers if row.score is not None and row.comment]
    have: dict[str, Any] = counts | {
        "n": tally.responses,
        "no_score": found.no_score,
        "comments": len(said),
        "from": days[0] if days else None,
        "to": days[-1] if days else None,
    }
    if "comment_texts" in expected:
        have["comment_texts"] = said
    if "driver_mentions" in expected:
        mentions = Counter(driver for row in found.answers for driver in row.drivers)
        have["driver_mentions"] = dict(mentions)
        expected = expected | {
            "driver_mentions": {driver_of(label): n for label, n in expected["driver_mentions"].items()}
        }
    wrong = [
        f"{name}: {value!r}, not {expected[name]!r}"
        for name, value in have.items()
        if value != expected[name]
    ]
    return wrong + [str(row) for row in found.bad[:2]]


def main() -> None:
    right = 0
    for name, expected in EXPECTED.items():
        wrong = differences(expected, outcome(FOLDER / name))
        right += not wrong
        typer.echo(f"{'ok   ' if not wrong else 'WRONG'} {name}: {'; '.join(wrong)}")
    typer.echo(f"{right} of {len(EXPECTED)}")


if __name__ == "__main__":
    main()
