"""What is wanted of an import, and what became of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.importing.files.rows import Absence, BadRow
from bot.importing.options import Format
from bot.importing.periods import Period
from bot.importing.rows.keys import Before
from scoring.nps import Tally, tally_counts
from storage.importing.imported_answers import Linked


@dataclass(frozen=True)
class Wanted:
    """Where a file goes: into one wave called `label`, or into the wave of each answer's period.

    With `own_waves` an export of our own goes into the waves that it names. A survey that is made lives in `time_zone`.
    With `skip_bad` the rows that cannot be read are left out; a `dry_run` is undone at its end. `file_name` is kept, so
    that the import can be named again; `slack_ids` has the Slack user by e-mail address, where the two are to be linked; the
    survey may have answers that the release or import `before` knew otherwise, and know the ids as those `ids_of` a service, and rows by their numbers if `numbered`. `drivers` has the keys of the survey's own drivers by
    what they are called.
    """

    survey: str
    label: str | None = None
    by: Period = Period.ALL
    own_waves: bool = False
    time_zone: str = "UTC"
    skip_bad: bool = False
    dry_run: bool = False
    file_name: str = ""
    before: Before = Before.NONE
    ids_of: Format | None = None
    numbered: bool = False
    slack_ids: Mapping[str, str] | None = None
    drivers: Mapping[str, str] = field(default_factory=dict)


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
    updated: int = 0
    import_id: int | None = None
    comments: int = 0
    undated: int = 0
    drivers: Counter[str] = field(default_factory=Counter)
    began: str = ""
    ended: str = ""
    ids_repeat: bool = False
    days_swapped: bool = False
    no_score: int = 0
    left_out: Counter[Absence] = field(default_factory=Counter)
    bad: list[BadRow] = field(default_factory=list)
    bad_rows: int = 0
    scores: Counter[int] = field(default_factory=Counter)
    linked: Linked | None = None
    waves: list[FilledWave] = field(default_factory=list)

    @property
    def tally(self) -> Tally:
        return tally_counts(self.scores)

    @property
    def known(self) -> int:
        """How many answers had come before, those that were updated among them."""
        return self.scores.total() - self.added

    @property
    def skipped(self) -> int:
        """How many rows were not imported although they have a score, or cannot be read."""
        return self.rows - self.added - self.no_score
