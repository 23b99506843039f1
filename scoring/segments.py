"""Teams side by side, each drawn towards the whole as far as its few answers may be luck."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance
from typing import Generic, TypeVar

from scoring.nps import Tally, pooled

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Segment(Generic[Name]):
    """One team. `raw` is its own NPS, `nps` the one drawn towards the whole, both in points.

    `weight`, from 0 to 1, is how much of `nps` is its own: nps = whole + weight · (raw - whole).
    """

    name: Name
    answers: Tally
    raw: float
    nps: float
    weight: float


@dataclass(frozen=True, slots=True)
class Segments(Generic[Name]):
    """Teams, the highest shrunken NPS first.

    `whole` is the NPS of all their answers, `spread` the standard deviation of the teams' true NPS as
    estimated, both in points. A spread of 0 means that the teams do not differ measurably: all are
    then given the NPS of the whole. A spread above 0 does not prove that they differ.
    """

    rows: tuple[Segment[Name], ...]
    whole: float
    spread: float

    @property
    def differ_measurably(self) -> bool:
        return self.spread > 0


def shrunken(teams: Mapping[Name, Tally]) -> Segments[Name] | None:
    """Estimate each team's NPS by empirical Bayes; None when nobody answered in any.

    With y the teams' NPS, m their answers, v the variance of one answer of all pooled, and t² the
    variance of y less the mean of v/m, but at least 0: weight = t² / (t² + v/m). Efron and Morris,
    Journal of the American Statistical Association 70 (1975), 311-319. Teams where nobody answered
    are left out, equal ones keep their order. Pass only teams that may be shown: each row depends on all.

    >>> found = shrunken({"a": Tally(2, 2, 1), "b": Tally(30, 5, 5), "c": Tally(10, 10, 20)})
    >>> [(row.name, round(row.raw), round(row.nps)) for row in found.rows]
    [('b', 62, 57), ('a', 20, 19), ('c', -25, -19)]
    """
    raw = {name: answers.nps for name, answers in teams.items() if answers.nps is not None}
    everyone = pooled(teams.values())
    if everyone.nps is None or everyone.variance is None:
        return None
    noise = {name: 100**2 * everyone.variance / teams[name].responses for name in raw}
    between = max(0.0, variance(raw.values()) - fmean(noise.values())) if len(raw) > 1 else 0.0
    rows = []
    for name, own in raw.items():
        weight = between / (between + noise[name]) if between else 0.0
        nps = everyone.nps + weight * (own - everyone.nps)
        rows.append(Segment(name, teams[name], raw=own, nps=nps, weight=weight))
    rows.sort(key=lambda row: row.nps, reverse=True)
    return Segments(tuple(rows), whole=everyone.nps, spread=sqrt(between))
