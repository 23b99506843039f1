import math
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import chain, repeat
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.nps import MINUS, Tally, display, tally, tally_counts, whole_percent
from tests.scoring.cases import ONE_WAVE, counts_of, name_of
from tests.scoring.strategies import answered_tallies, counts, mirror, scores, tallies


def in_decimal(ratio: Fraction) -> str:
    exact = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    whole = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return f"{whole:+d}".replace("-", MINUS) if whole else "0"


@pytest.mark.parametrize("case", ONE_WAVE, ids=name_of)
def test_the_reference_cases_have_their_nps_and_display(case: dict[str, Any]) -> None:
    answers = counts_of(case)
    expected = case["expected"]
    if expected["nps"] is None:
        assert (answers.nps, answers.variance) == (None, None)
    else:
        assert answers.nps == pytest.approx(expected["nps"], abs=5e-7)
        assert answers.variance == pytest.approx(expected["variance"], abs=5e-9)
    assert answers.display == expected["nps_display"].replace("-", MINUS)


@pytest.mark.parametrize("case", [case for case in ONE_WAVE if "scores" in case], ids=name_of)
def test_the_reference_scores_count_as_they_should(case: dict[str, Any]) -> None:
    assert tally(case["scores"]) == counts_of(case)


@pytest.mark.parametrize("case", [case for case in ONE_WAVE if "scores_hist" in case], ids=name_of)
def test_the_reference_histogram_counts_as_it_should(case: dict[str, Any]) -> None:
    by_score = {int(score): answers for score, answers in case["scores_hist"].items()}
    assert tally_counts(by_score) == counts_of(case)
    assert tally(chain.from_iterable(map(repeat, by_score, by_score.values()))) == counts_of(case)


def test_nobody_has_no_number() -> None:
    nobody = tally([])
    assert (nobody.responses, nobody.nps, nobody.display) == (0, None, "—")
    assert display(None) == "—"


@pytest.mark.parametrize(
    ("points", "shown"),
    [(12.5, "+13"), (-12.5, f"{MINUS}13"), (-0.4, "0"), (0.5, "+1"), (-0.5, f"{MINUS}1"), (-0.0, "0")],
)
def test_points_are_rounded_half_away_from_zero_and_signed(points: float, shown: str) -> None:
    assert display(points) == shown


@pytest.mark.parametrize("points", [math.nan, math.inf, -math.inf])
def test_points_that_are_not_finite_are_refused(points: float) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        display(points)


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("bad", [-1, 2.0, math.nan, math.inf, "3", None, True])
def test_a_bad_count_is_refused_by_name(place: int, bad: object) -> None:
    three: list[Any] = [1, 1, 1]
    three[place] = bad
    name = ("promoters", "passives", "detractors")[place]
    with pytest.raises(ValueError, match=rf"^{name} must be .*, not {bad!r}$"):
        Tally(*three)


@pytest.mark.parametrize("bad", [11, True, 7.0])
def test_one_bad_score_refuses_the_whole_tally(bad: object) -> None:
    with pytest.raises(ValueError, match=f"not {bad!r}"):
        tally([1, cast("int", bad), 10])


def test_a_negative_number_of_answers_with_a_score_is_refused_by_score() -> None:
    with pytest.raises(ValueError, match="answers with score 7 must be"):
        tally_counts({9: 1, 7: -1})


@given(st.lists(scores))
def test_grouped_scores_count_as_loose_ones(loose: list[int]) -> None:
    assert tally(loose) == tally_counts(Counter(loose))


@given(tallies)
def test_the_mirror_turns_the_sign_only(answers: Tally) -> None:
    assert mirror(mirror(answers)) == answers
    if answers.nps is None:
        assert mirror(answers).nps is None
    else:
        assert mirror(answers).nps == -answers.nps
        assert mirror(answers).display.strip("+" + MINUS) == answers.display.strip("+" + MINUS)


@given(answered_tallies)
def test_the_nps_is_bounded(answers: Tally) -> None:
    assert answers.nps is not None
    assert -100 <= answers.nps <= 100


@given(answered_tallies, st.integers(min_value=1, max_value=1000))
def test_more_promoters_never_lower_the_nps(answers: Tally, more: int) -> None:
    richer = Tally(answers.promoters + more, answers.passives, answers.detractors)
    assert answers.nps is not None
    assert richer.nps is not None
    assert richer.nps >= answers.nps


@given(answered_tallies)
def test_a_tally_is_displayed_as_decimal_arithmetic_rounds_it(answers: Tally) -> None:
    exact = Fraction(100 * (answers.promoters - answers.detractors), answers.responses)
    assert answers.display == in_decimal(exact)
    assert display(answers.nps) == answers.display


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_points_are_displayed_as_decimal_arithmetic_rounds_them(points: float) -> None:
    assert display(points) == in_decimal(Fraction(points))


@given(counts, counts.filter(bool))
def test_a_whole_percentage_is_the_nearest_one(part: int, whole: int) -> None:
    percent = whole_percent(part, whole)
    assert percent is not None
    assert Fraction(-1, 2) <= percent - Fraction(100 * part, whole) <= Fraction(1, 2)


def test_a_percentage_of_nothing_is_none_and_a_negative_part_is_refused() -> None:
    assert whole_percent(0, 0) is None
    with pytest.raises(ValueError, match="part must be"):
        whole_percent(-1, 4)
