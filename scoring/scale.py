"""The scale from 0 to 10, and what each score on it counts as."""

from enum import StrEnum

LOWEST = 0
HIGHEST = 10
LOWEST_PASSIVE = 7
LOWEST_PROMOTER = 9


class Category(StrEnum):
    """What one score counts as (Reichheld, Harvard Business Review, December 2003)."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"

    @property
    def value_in_nps(self) -> int:
        """What one answer adds to promoters minus detractors: +1, 0 or -1."""
        return {Category.PROMOTER: 1, Category.PASSIVE: 0, Category.DETRACTOR: -1}[self]


def category_of(score: int) -> Category:
    """Give the category of one score, a whole number from 0 to 10; anything else is a ValueError.

    >>> [category_of(score).value for score in (6, 7, 9)]
    ['detractor', 'passive', 'promoter']
    """
    if type(score) is not int or not LOWEST <= score <= HIGHEST:
        message = f"a score is a whole number from {LOWEST} to {HIGHEST}, not {score!r}"
        raise ValueError(message)
    if score >= LOWEST_PROMOTER:
        return Category.PROMOTER
    if score >= LOWEST_PASSIVE:
        return Category.PASSIVE
    return Category.DETRACTOR


def scores_of(category: Category) -> tuple[int, ...]:
    """Give the scores that count as this category.

    >>> scores_of(Category.PASSIVE)
    (7, 8)
    """
    return tuple(score for score in range(LOWEST, HIGHEST + 1) if category_of(score) is category)
