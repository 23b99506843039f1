"""What is wanted of an import, and what became of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from bot.importing.files.rows import Absence, BadRow
from bot.importing.periods import Period
from scoring.nps import Tally, tally_counts


@dataclass(frozen=True)
class Wanted:
    """Where a file goes: into one wave called `label`, or into the wave of each answer's period.

    With `skip_bad` the rows that cannot be read are left out; a `dry_run` is undone at its end.
    """

    survey: str
    label: str | None = None
    by: Period = Period.ALL
    skip_bad: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class FilledWave:
    """An imported wave as it stands now, with what earlier imports brought."""

    label: str
    began: datetime
    ended: datetime
    tally: Tally


@dataclass
class Imported:
    """What became of a file: `rows` read, answers `added`, and the `scores` stored of its rows, new or not."""

    survey: str
    is_new: bool
    rows: int = 0
    added: int = 0
    no_score: int = 0
    left_out: Counter[Absence] = field(default_factory=Counter)
    bad: list[BadRow] = field(default_factory=list)
    bad_rows: int = 0
    scores: Counter[int] = field(default_factory=Counter)
    waves: list[FilledWave] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        return tally_counts(self.scores)

    @property
    def known(self) -> int:
        """How many answers had come before."""
        return self.scores.total() - self.added

    @property
    def skipped(self) -> int:
        """How many rows were not imported although they have a score, or cannot be read."""
        return self.rows - self.added - self.no_score
