"""Over which closed waves a trend is judged, for surveys that ask so often that each wave alone says little."""

from dataclasses import dataclass

from scoring.trend import BASELINE_WEEKS, RECENT_WEEKS
from storage.words import Rhythm

WAVES_SHOWN = 20
"""A chart of Slack's takes so many categories."""


@dataclass(frozen=True, slots=True)
class Spans:
    """How many waves are compared: the last ones with those before them."""

    recent: int
    baseline: int

    @property
    def waves(self) -> int:
        return self.recent + self.baseline


def spans_of(rhythm: Rhythm, every_weeks: int) -> Spans | None:
    """Give four weeks against the twelve before, or a month against three; None where waves are compared one by one.

    >>> spans_of(Rhythm.WEEKS, 1), spans_of(Rhythm.QUARTERLY, 1)
    (Spans(recent=4, baseline=12), None)
    """
    if rhythm is Rhythm.WEEKS and every_weeks == 1:
        return Spans(RECENT_WEEKS, BASELINE_WEEKS)
    if rhythm is Rhythm.CONTINUOUS:
        return Spans(recent=1, baseline=3)
    return None
