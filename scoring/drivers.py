"""The reasons people ticked beside their score: how often, in which category, and with what part in the NPS.

Reasons ticked after a score explain it to oneself; they are the most mentioned, not what "drives" it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import fsum, sqrt

from scoring.change import two_sided
from scoring.confidence import DEFAULT_CONFIDENCE
from scoring.disclosure import MINIMUM_ANSWERS, why_counts_hidden
from scoring.interval import normal_quantile
from scoring.nps import Tally, require_count, rounded_ratio, rounded_to_sum, tally_categories
from scoring.scale import Category, category_of

Answers = Counter[tuple[Category, frozenset[str]]]
"""How many answers of a category named the same drivers: all that the drivers' part in the NPS follows from."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a group in percent, with the interval for the share it was drawn from."""

    percent: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TickedDriver:
    """What one driver was ticked for. `name` is None for the answers that ticked none.

    `ticked` counts those who ticked it, and has their NPS. The shares are of all detractors and of all
    promoters, None when there are none. `contribution` is in points: each answer's +1, 0 or -1 split
    equally over what it ticked (its Shapley value). `points` is the contribution as people read it: the
    whole points of all drivers, hidden ones too, sum to the NPS as people read it.
    """

    name: str | None
    ticked: Tally
    share_of_detractors: Share | None
    share_of_promoters: Share | None
    contribution: float
    points: int

    @property
    def mentions(self) -> int:
        return self.ticked.responses


@dataclass(frozen=True, slots=True)
class DriverReport:
    """Most mentioned first, "none ticked" last. All contributions, hidden ones too, sum to the NPS.

    `most_hidden` is by how many the most mentioned driver among the hidden ones was ticked.
    """

    shown: tuple[TickedDriver, ...]
    hidden: int
    hidden_contribution: float
    hidden_points: int
    most_hidden: int = 0


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

    def reveals(ticked: Tally) -> bool:
        return 0 < grouped.total() - ticked.responses < minimum_others

    return counted_driver_report(
        grouped, minimum=minimum, reveals=reveals if minimum_others else None, confidence=confidence
    )


def by_category(answers: Mapping[tuple[int, frozenset[str]], int]) -> Answers:
    """Count answers by their category that were counted by their score and the drivers ticked with it.

    >>> by_category({(10, frozenset()): 6, (9, frozenset()): 1})
    Counter({(<Category.PROMOTER: 'promoter'>, frozenset()): 7})
    """
    grouped: Answers = Counter()
    for (score, ticked), many in answers.items():
        grouped[category_of(score), ticked] += require_count(f"answers with score {score}", many)
    return grouped


def counted_driver_report(
    answers: Answers,
    *,
    minimum: int = MINIMUM_ANSWERS,
    reveals: Callable[[Tally], bool] | None = None,
    confidence: float = DEFAULT_CONFIDENCE,
) -> DriverReport:
    """Report on answers counted by their category and the drivers ticked with it.

    `reveals` says of those who ticked a driver whether the driver gives somebody away, and so is hidden too.
    Then the least mentioned goes as well, one after the other, while those who ticked a hidden one nearly
    all agree.

    >>> report = counted_driver_report(by_category({(10, frozenset({"service"})): 6, (3, frozenset()): 6}))
    >>> [(driver.name, driver.points) for driver in report.shown]
    [('service', 50), (None, -50)]
    """
    drivers = _most_mentioned_first(answers, confidence)
    hidden = [
        driver for driver in drivers if driver.mentions < minimum or (reveals and reveals(driver.ticked))
    ]
    shown = [driver for driver in drivers if driver not in hidden]
    together = _who_ticked(answers, hidden)
    while shown and (0 < together.responses < minimum or (reveals and why_counts_hidden(together))):
        least = min(shown, key=lambda driver: driver.mentions)
        shown.remove(least)
        hidden.append(least)
        together = _who_ticked(answers, hidden)
    return DriverReport(
        shown=tuple(shown),
        hidden=len(hidden),
        hidden_contribution=fsum(driver.contribution for driver in hidden),
        hidden_points=sum(driver.points for driver in hidden),
        most_hidden=max((driver.mentions for driver in hidden if driver.name is not None), default=0),
    )


class Ticked(StrEnum):
    """Who ticks a driver more often, as far as more than chance shows."""

    BY_DETRACTORS = "more by detractors"
    BY_PROMOTERS = "more by promoters"
    NO_CLEAR_DIFFERENCE = "no clear difference"


def who_ticks_more(
    drivers: Sequence[TickedDriver], everyone: Tally, confidence: float = DEFAULT_CONFIDENCE
) -> dict[str | None, Ticked]:
    """Tell by driver whether detractors or promoters tick it more often; `everyone` is the whole wave.

    Each is tested with one answer that ticked it and one that did not added to either side: Agresti and
    Caffo, The American Statistician 54 (2000), 280-288. The more drivers, the surer each must be: of the
    differences told, about one in twenty is chance (`benjamini_hochberg`).

    >>> wave = [(10, ["service"])] * 12 + [(3, ["price"])] * 9
    >>> [told.value for told in who_ticks_more(driver_report(wave).shown, Tally(12, 0, 9)).values()]
    ['more by promoters', 'more by detractors']
    """
    normal_quantile(confidence)
    shifts = [_shift(driver.ticked, everyone) for driver in drivers]
    chances = benjamini_hochberg([two_sided(z) for z in shifts])
    told = {}
    for driver, z, chance in zip(drivers, shifts, chances, strict=True):
        by = Ticked.BY_PROMOTERS if z > 0 else Ticked.BY_DETRACTORS
        told[driver.name] = by if chance <= 1 - confidence else Ticked.NO_CLEAR_DIFFERENCE
    return told


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjust p values for how many there are, in their order.

    Calling those at most q "a difference" leaves about a share q of such calls to chance. Benjamini and
    Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289-300. A p outside 0 to 1 is a
    ValueError.

    >>> benjamini_hochberg([0.5, 0.01, 0.03])
    (0.5, 0.03, 0.045)
    """
    adjusted: dict[int, float] = {}
    least = 1.0
    by_size = sorted(range(len(p_values)), key=p_values.__getitem__)
    for rank, place in reversed(list(enumerate(by_size, start=1))):
        if not 0 <= p_values[place] <= 1:
            message = f"a p value lies between 0 and 1, not {p_values[place]!r}"
            raise ValueError(message)
        least = min(least, p_values[place] * (len(p_values) / rank))
        adjusted[place] = least
    return tuple(adjusted[place] for place in range(len(p_values)))


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


def _most_mentioned_first(grouped: Answers, confidence: float) -> list[TickedDriver]:
    everyone: Counter[Category] = Counter()
    ticked_by: defaultdict[str | None, Counter[Category]] = defaultdict(Counter)
    surplus: defaultdict[str | None, Fraction] = defaultdict(Fraction)
    for (category, ticked), answers in grouped.items():
        everyone[category] += answers
        for name in ticked or (None,):
            ticked_by[name][category] += answers
            surplus[name] += Fraction(answers * category.value_in_nps, max(1, len(ticked)))
    names = sorted(ticked_by, key=lambda name: (name is None, name or ""))
    contributions = [100 * surplus[name] / everyone.total() for name in names]
    nps = sum(contributions, Fraction())
    points = rounded_to_sum(contributions, rounded_ratio(nps.numerator, nps.denominator))
    drivers = [
        TickedDriver(
            name=name,
            ticked=tally_categories(ticked_by[name]),
            share_of_detractors=_share(Category.DETRACTOR, ticked_by[name], everyone, confidence),
            share_of_promoters=_share(Category.PROMOTER, ticked_by[name], everyone, confidence),
            contribution=float(contribution),
            points=whole,
        )
        for name, contribution, whole in zip(names, contributions, points, strict=True)
    ]
    # Equal ones stay by name.
    return sorted(drivers, key=lambda driver: (driver.name is None, -driver.mentions))


def _share(
    category: Category, ticked: Counter[Category], everyone: Counter[Category], confidence: float
) -> Share | None:
    return wilson(ticked[category], everyone[category], confidence)


def _shift(ticked: Tally, everyone: Tally) -> float:
    """Give z of the share of promoters who ticked less that of detractors, with two answers more a side."""
    if ticked.promoters > everyone.promoters or ticked.detractors > everyone.detractors:
        message = f"{ticked} ticked it, more than answered: {everyone}"
        raise ValueError(message)
    promoters, detractors = everyone.promoters + 2, everyone.detractors + 2
    up, down = (ticked.promoters + 1) / promoters, (ticked.detractors + 1) / detractors
    return (up - down) / sqrt(up * (1 - up) / promoters + down * (1 - down) / detractors)


def _who_ticked(grouped: Answers, drivers: Collection[TickedDriver]) -> Tally:
    names = {driver.name for driver in drivers}
    counted: Counter[Category] = Counter()
    for (category, ticked), answers in grouped.items():
        if not names.isdisjoint(ticked or (None,)):
            counted[category] += answers
    return tally_categories(counted)
