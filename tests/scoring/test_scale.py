import math
from typing import cast

import pytest

from scoring.scale import Category, category_of


def test_every_score_from_0_to_10_has_its_category() -> None:
    assert [category_of(score) for score in range(11)] == (
        [Category.DETRACTOR] * 7 + [Category.PASSIVE] * 2 + [Category.PROMOTER] * 2
    )


@pytest.mark.parametrize("score", [-1, 11, 9.0, math.nan, math.inf, "9", None, True, False])
def test_what_is_not_a_whole_number_from_0_to_10_is_refused_by_name(score: object) -> None:
    with pytest.raises(ValueError, match=rf"from 0 to 10, not {score!r}$"):
        category_of(cast("int", score))
