"""Whether somebody may be quoted: who is asked that, and what they may say."""

from enum import StrEnum

from scoring.scale import Category, category_of


class Quoting(StrEnum):
    """What a person says to being quoted."""

    NO = "no"
    UNNAMED = "unnamed"
    NAMED = "named"


def may_be_asked(score: int) -> bool:
    """Whether somebody with this score is asked, of a survey that is not anonymous.

    >>> may_be_asked(9), may_be_asked(8)
    (True, False)
    """
    return category_of(score) is Category.PROMOTER
