"""Whether somebody may be quoted: who is asked that, and what they may say."""

from enum import StrEnum

from scoring.scale import Category, category_of


class Quoting(StrEnum):
    """What a person says to being quoted."""

    NO = "no"
    UNNAMED = "unnamed"
    NAMED = "named"


def is_promoter(score: int) -> bool:
    """Whether somebody with this score is asked, and offered links, of a survey that is not anonymous.

    >>> is_promoter(9), is_promoter(8)
    (True, False)
    """
    return category_of(score) is Category.PROMOTER
