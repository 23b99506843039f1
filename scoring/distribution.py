"""How the scores from 0 to 10 are spread, and their mean: what an NPS leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from scoring.confidence import DEFAULT_CONFIDENCE
from scoring.interval import t_quantile
from scoring.nps import Tally, require_count, tally_counts, whole_percents
from scoring.scale import HIGHEST, LOWEST, category_of

SCORES = range(LOWEST, HIGHEST + 1)


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many gave each score: `counts` has eleven numbers, from those who gave 0 to those who gave 10."""

    counts: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.counts) != len(SCORES):
            message = (
                f"counts must be {len(SCORES)} numbers, one a score from 0 to 10, not {len(self.counts)}"
            )
            raise ValueError(message)
        for score, answers in enumerate(self.counts):
            require_count(f"answers with score {score}", answers)

    @property
    def responses(self) -> int:
        return sum(self.counts)

    @property
    def tally(self) -> Tally:
        return tally_counts(dict(enumerate(self.counts)))

    @property
    def percents(self) -> tuple[int, ...] | None:
        """Each score's share as people read it: whole percentages that sum to 100; None for nobody."""
        return whole_percents(self.counts)

    @property
    def mean(self) -> float | None:
        """The mean score, from 0 to 10; None for nobody."""
        if self.responses == 0:
            return None
        return self._sum(1) / self.responses

    @property
    def variance(self) -> float | None:
        """The variance of one score among all there could be (divided by n - 1); None below 2 answers.

        >>> distribution({0: 1, 10: 1}).variance
        50.0
        """
        if self.responses <= 1:
            return None
        squares = self.responses * self._sum(2) - self._sum(1) ** 2
        return squares / (self.responses * (self.responses - 1))

    def _sum(self, power: int) -> int:
        return sum(answers * score**power for score, answers in enumerate(self.counts))


@dataclass(frozen=True, slots=True)
class MeanScore:
    """A mean score with its interval, all from 0 to 10; `low` and `high` are None where there is none."""

    mean: float
    low: float | None = None
    high: float | None = None


def distribution(answers_by_score: Mapping[int, int]) -> Distribution:
    """Spread answers grouped by score, as a database groups them; any other score is a ValueError.

    >>> distribution({10: 3, 7: 2, 0: 1}).counts
    (1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 3)
    """
    for score in answers_by_score:
        category_of(score)
    return Distribution(tuple(answers_by_score.get(score, 0) for score in SCORES))


def mean_interval(
    answers: Distribution, population: int | None = None, confidence: float = DEFAULT_CONFIDENCE
) -> MeanScore | None:
    """Give the mean score with its t interval, clipped to 0 to 10; None for nobody.

    Student, Biometrika 6 (1908), 1-25; with `population`, how many were asked, the error is multiplied
    by √(1 - n/N): Cochran, Sampling Techniques (1977), section 2.8. One answer has no interval, nor has
    a group that all gave one score, for it tells nothing of the spread, nor one that all answered, for
    its mean is known. A population smaller than the answers is a ValueError.

    >>> found = mean_interval(distribution({5: 4, 8: 20, 10: 16}))
    >>> [round(score, 2) for score in (found.mean, found.low, found.high)]
    [8.5, 8.01, 8.99]
    """
    responses = answers.responses
    if population is not None and require_count("population", population) < responses:
        message = f"population is {population}, fewer than the {responses} who answered"
        raise ValueError(message)
    if answers.mean is None:
        return None
    if not answers.variance or population == responses:
        return MeanScore(answers.mean)
    silent_share = 1.0 if population is None else 1 - responses / population
    margin = t_quantile(confidence, responses - 1) * sqrt(answers.variance * silent_share / responses)
    return MeanScore(
        answers.mean, low=max(LOWEST, answers.mean - margin), high=min(HIGHEST, answers.mean + margin)
    )
