"""The reasons people ticked beside their score: how often, in which category, and with what part in the NPS.

Reasons ticked after a score explain it to oneself; they are the most mentioned, not what "drives" it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt

from scoring.disclosure import MINIMUM_ANSWERS
from scoring.interval import DEFAULT_CONFIDENCE, normal_quantile
from scoring.nps import Tally, require_count, tally_categories
from scoring.scale import Category, category_of

Answers = Counter[tuple[Category, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a group in percent, with the interval for the share it was drawn from."""

    percent: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Driver:
    """What one driver was ticked for. `name` is None for the answers that ticked none.

    `ticked` counts those who ticked it, and has their NPS. The shares are of all detractors and of all
    promoters, None when there are none. `contribution` is in points: each answer's +1, 0 or -1 split
    equally over what it ticked (its Shapley value).
    """

    name: str | None
    ticked: Tally
    share_of_detractors: Share | None
    share_of_promoters: Share | None
    contribution: float

    @property
    def mentions(self) -> int:
        return self.ticked.responses


@dataclass(frozen=True, slots=True)
class DriverReport:
    """Most mentioned first, "none ticked" last. All contributions, hidden ones too, sum to the NPS."""

    shown: tuple[Driver, ...]
    hidden: int
    hidden_contribution: float


def driver_report(
    answers: Iterable[tuple[int, Collection[str]]],
    *,
    minimum: int = MINIMUM_ANSWERS,
    minimum_others: int = 0,
    confidence: float = DEFAULT_CONFIDENCE,
) -> DriverReport:
    """Report on answers, each a score and the drivers ticked with it.

    Drivers ticked by fewer than `minimum` are hidden, and by all but fewer than `minimum_others`
    (anonymous waves pass `MINIMUM_ANSWERS`). If those who ticked the hidden ones are fewer than the
    minimum, the least mentioned goes too, else what the rest leaves would reveal them.

    >>> report = driver_report([(10, ["service"])] * 6 + [(3, ["price", "service"])] * 6)
    >>> [(driver.name, driver.mentions, driver.contribution) for driver in report.shown]
    [('service', 12, 25.0), ('price', 6, -25.0)]
    """
    grouped: Answers = Counter((category_of(score), frozenset(ticked)) for score, ticked in answers)
    drivers = _most_mentioned_first(grouped, confidence)
    hidden = [
        driver
        for driver in drivers
        if driver.mentions < minimum or 0 < grouped.total() - driver.mentions < minimum_others
    ]
    shown = [driver for driver in drivers if driver not in hidden]
    if shown and 0 < _who_ticked(grouped, hidden) < minimum:
        least = min(shown, key=lambda driver: driver.mentions)
        shown.remove(least)
        hidden.append(least)
    return DriverReport(
        shown=tuple(shown),
        hidden=len(hidden),
        hidden_contribution=fsum(driver.contribution for driver in hidden),
    )


def wilson(part: int, whole: int, confidence: float = DEFAULT_CONFIDENCE) -> Share | None:
    """Give `part` of `whole` in percent with its Wilson score interval; None when the whole is 0.

    Wilson, Journal of the American Statistical Association 22 (1927), 209-212.

    >>> share = wilson(1, 29)
    >>> share and (round(share.low, 2), round(share.high, 2))
    (0.61, 17.18)
    """
    z = normal_quantile(confidence)
    require_count("part", part)
    if part > require_count("whole", whole):
        message = f"part is {part}, more than the whole, {whole}"
        raise ValueError(message)
    if whole == 0:
        return None
    centre = part + z**2 / 2
    margin = z * sqrt(part * (whole - part) / whole + z**2 / 4)
    percent = 100 * part / whole
    return Share(
        percent=percent,
        low=max(0.0, min(percent, 100 * (centre - margin) / (whole + z**2))),
        high=min(100.0, max(percent, 100 * (centre + margin) / (whole + z**2))),
    )


def _most_mentioned_first(grouped: Answers, confidence: float) -> list[Driver]:
    everyone: Counter[Category] = Counter()
    ticked_by: defaultdict[str | None, Counter[Category]] = defaultdict(Counter)
    surplus: defaultdict[str | None, Fraction] = defaultdict(Fraction)
    for (category, ticked), answers in grouped.items():
        everyone[category] += answers
        for name in ticked or (None,):
            ticked_by[name][category] += answers
            surplus[name] += Fraction(answers * category.value_in_nps, max(1, len(ticked)))
    drivers = [
        Driver(
            name=name,
            ticked=tally_categories(counts),
            share_of_detractors=wilson(counts[Category.DETRACTOR], everyone[Category.DETRACTOR], confidence),
            share_of_promoters=wilson(counts[Category.PROMOTER], everyone[Category.PROMOTER], confidence),
            contribution=float(100 * surplus[name] / everyone.total()),
        )
        for name, counts in ticked_by.items()
    ]
    return sorted(drivers, key=lambda driver: (driver.name is None, -driver.mentions, driver.name or ""))


def _who_ticked(grouped: Answers, drivers: Collection[Driver]) -> int:
    names = {driver.name for driver in drivers}
    return sum(answers for (_, ticked), answers in grouped.items() if not names.isdisjoint(ticked or (None,)))
