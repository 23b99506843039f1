"""Files as services write them, and what reading them gives."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from bot.importing.files.rows import BadRow, ImportedRow, LeftOut
from bot.importing.foreign_file import opened_export
from bot.importing.options import Format, Options
from scoring.nps import Tally, tally

EXPORTS = Path(__file__).with_name("exports")


@dataclass(frozen=True)
class Read:
    """Everything that came of a file."""

    format: Format
    answers: list[ImportedRow]
    left_out: list[LeftOut]
    bad: list[BadRow]

    @property
    def scores(self) -> list[int]:
        return [row.score for row in self.answers if row.score is not None]

    @property
    def tally(self) -> Tally:
        return tally(self.scores)

    @property
    def no_score(self) -> int:
        return len(self.answers) - len(self.scores)

    @property
    def drivers(self) -> dict[str, int]:
        return dict(
            Counter(driver for row in self.answers if row.score is not None for driver in row.drivers)
        )

    @property
    def comments(self) -> list[str | None]:
        return [row.comment for row in self.answers]

    @property
    def moments(self) -> list[str]:
        return [row.answered_at.isoformat() if row.answered_at else "" for row in self.answers]


def read(path: Path, options: Options | None = None) -> Read:
    with opened_export(path, options or Options()) as export:
        rows = list(export.rows())
    return Read(
        export.recognised.format,
        [row for row in rows if isinstance(row, ImportedRow)],
        [row for row in rows if isinstance(row, LeftOut)],
        [row for row in rows if isinstance(row, BadRow)],
    )


def table(rows: Sequence[Any], delimiter: str = ",", line_end: str = "\n") -> str:
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def lines(*rows: str) -> list[list[str]]:
    """Split rows at their commas, for cells that have none."""
    return [row.split(",") for row in rows]
