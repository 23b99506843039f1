from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.disclosure import (
    Gate,
    Hiding,
    bounded_nps,
    gate,
    minimum_answers,
    minimum_for_details,
    why_counts_hidden,
    why_hidden,
    why_not_refreshed,
    why_segments_not_refreshed,
)
from scoring.nps import MINUS, Tally
from tests.scoring.strategies import mirror, small_tallies, tallies

MIXED = Tally(5, 4, 3)
numbers = st.integers(min_value=0, max_value=40)
minimums = st.integers(min_value=3, max_value=15)


@pytest.mark.parametrize(
    ("answers", "reason"), [(0, Hiding.TOO_FEW_ANSWERS), (4, Hiding.TOO_FEW_ANSWERS), (5, None)]
)
def test_nothing_is_shown_below_5_answers(answers: int, reason: Hiding | None) -> None:
    assert why_hidden(answers) is reason


@pytest.mark.parametrize(
    ("chosen", "anonymous", "customers", "minimum"),
    [
        (None, False, False, 5),
        (None, True, False, 5),
        (None, False, True, 0),
        (None, True, True, 5),
        (8, False, True, 8),
        (8, True, False, 8),
        (1, True, False, 3),
        (1, False, False, 5),
        (1, False, True, 1),
        (0, True, True, 3),
    ],
)
def test_a_survey_may_set_its_minimum_employees_none_below_5_and_an_anonymous_one_none_below_3(
    *, chosen: int | None, anonymous: bool, customers: bool, minimum: int
) -> None:
    assert minimum_answers(chosen, anonymous=anonymous, customers=customers) == minimum


def test_details_and_comments_need_10_answers_or_a_larger_minimum() -> None:
    assert [minimum_for_details(minimum) for minimum in (0, 3, 5, 10, 12)] == [0, 10, 10, 10, 12]


@pytest.mark.parametrize(
    ("published", "answers", "reason"),
    [
        (None, 3, None),
        (0, 4, Hiding.TOO_FEW_NEW_ANSWERS),
        (0, 5, None),
        (12, 12, Hiding.TOO_FEW_NEW_ANSWERS),
        (12, 16, Hiding.TOO_FEW_NEW_ANSWERS),
        (12, 17, None),
        (12, 11, Hiding.TOO_FEW_NEW_ANSWERS),
    ],
)
def test_a_result_is_refreshed_only_after_5_new_answers(
    published: int | None, answers: int, reason: Hiding | None
) -> None:
    assert why_not_refreshed(published, answers) is reason


def test_a_larger_minimum_holds_for_new_answers_too_and_a_smaller_one_does_not() -> None:
    assert why_not_refreshed(12, 19, minimum=8) is Hiding.TOO_FEW_NEW_ANSWERS
    assert why_not_refreshed(12, 20, minimum=8) is None
    assert why_not_refreshed(12, 16, minimum=3) is Hiding.TOO_FEW_NEW_ANSWERS
    assert why_not_refreshed(12, 13, minimum=0) is None


@given(st.lists(numbers, max_size=30).map(sorted), minimums)
def test_between_any_two_published_results_at_least_5_answered(grown: list[int], minimum: int) -> None:
    published: list[int] = []
    for answers in grown:
        last = published[-1] if published else None
        if not (why_hidden(answers, minimum) or why_not_refreshed(last, answers, minimum)):
            published.append(answers)
    assert all(answers >= minimum for answers in published)
    for place, later in enumerate(published):
        assert all(later - earlier >= max(5, minimum) for earlier in published[:place])


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"Paris": 14, "Lyon": 7}, None),
        ({"Paris": 14, "Lyon": 12}, None),
        ({"Paris": 14, "Lyon": 8}, Hiding.TOO_FEW_NEW_ANSWERS),
        ({"Paris": 9, "Lyon": 7, "Nice": 5}, None),
        ({"Paris": 9, "Lyon": 7, "Nice": 4}, Hiding.TOO_FEW_NEW_ANSWERS),
        ({"Paris": 14}, Hiding.TOO_FEW_NEW_ANSWERS),
        ({"Paris": 9, "Lyon": 7}, None),
    ],
)
def test_segments_are_refreshed_together_when_each_that_changed_gained_enough(
    answers: dict[str, int], reason: Hiding | None
) -> None:
    assert why_segments_not_refreshed({"Paris": 9, "Lyon": 7}, answers) is reason
    assert why_segments_not_refreshed(None, answers) is None


@pytest.mark.parametrize(
    ("answers", "bound"),
    [
        (Tally(3, 0, 0), "≥ +30"),
        (Tally(5, 0, 0), "≥ +60"),
        (Tally(10, 0, 0), "≥ +80"),
        (Tally(20, 0, 0), "≥ +90"),
        (Tally(40, 0, 0), "≥ +95"),
        (Tally(1000, 10, 0), "≥ +95"),
        (Tally(0, 1, 9), f"≤ {MINUS}80"),
        (Tally(8, 1, 1), None),
        (Tally(0, 0, 0), None),
        (Tally(2, 0, 0), None),
        (Tally(0, 1, 0), None),
    ],
)
def test_an_nps_near_its_end_is_shown_as_a_bound(answers: Tally, bound: str | None) -> None:
    assert bounded_nps(answers) == bound


@given(small_tallies.filter(lambda answers: answers.responses >= 5))
def test_a_bound_always_leaves_two_answers_open(answers: Tally) -> None:
    n = answers.responses
    unanimous, two_unsure = Tally(n, 0, 0), Tally(n - 2, 2, 0)
    assert bounded_nps(unanimous) == bounded_nps(two_unsure)
    if answers.nps is not None and answers.nps >= 100 * (n - 2) / n:
        assert bounded_nps(answers) == bounded_nps(unanimous)


@given(tallies)
def test_a_bound_mirrors(answers: Tally) -> None:
    turned = {"≥": "≤", "≤": "≥", "+": MINUS, MINUS: "+"}
    bound = bounded_nps(answers)
    mirrored = None if bound is None else "".join(turned.get(letter, letter) for letter in bound)
    assert bounded_nps(mirror(answers)) == mirrored


@given(small_tallies.filter(lambda answers: answers.responses >= 5))
def test_counts_that_may_be_shown_leave_two_answers_off_the_largest_category(answers: Tally) -> None:
    if why_counts_hidden(answers) is None:
        assert answers.responses - max(answers.promoters, answers.passives, answers.detractors) >= 2
        assert bounded_nps(answers) is None


@pytest.mark.parametrize("passives", [1, 2, 5, 30])
def test_counts_are_hidden_when_everyone_was_passive(passives: int) -> None:
    assert why_counts_hidden(Tally(0, passives, 0)) is Hiding.NEARLY_UNANIMOUS
    assert bounded_nps(Tally(0, passives, 0)) is None


def test_nobody_is_not_unanimous() -> None:
    assert why_counts_hidden(Tally(0, 0, 0)) is None


FEW, AGREED, NEW = Hiding.TOO_FEW_ANSWERS, Hiding.NEARLY_UNANIMOUS, Hiding.TOO_FEW_NEW_ANSWERS


@pytest.mark.parametrize(
    ("answers", "published", "expected"),
    [
        (Tally(2, 1, 1), None, Gate(FEW, FEW, FEW, FEW)),
        (Tally(3, 2, 2), None, Gate(None, None, FEW, FEW)),
        (MIXED, None, Gate(None, None, None, None)),
        (MIXED, 7, Gate(None, None, None, None)),
        (MIXED, 8, Gate(NEW, NEW, NEW, NEW)),
        (Tally(5, 0, 0), None, Gate(AGREED, AGREED, FEW, FEW, bound="≥ +60")),
        (Tally(0, 1, 11), None, Gate(AGREED, AGREED, AGREED, None, bound=f"≤ {MINUS}80")),
        (Tally(0, 12, 0), None, Gate(None, AGREED, AGREED, None)),
    ],
)
def test_one_result_passes_the_gate_part_by_part(
    answers: Tally, published: int | None, expected: Gate
) -> None:
    assert gate(answers, published=published) == expected


def test_a_survey_without_a_minimum_hides_nothing() -> None:
    for answers in (Tally(0, 0, 0), Tally(1, 0, 0), Tally(5, 0, 0)):
        assert gate(answers, minimum=0, published=answers.responses) == Gate(None, None, None, None)


@given(small_tallies, minimums, st.none() | numbers)
def test_what_tells_more_is_never_shown_where_what_tells_less_is_hidden(
    answers: Tally, minimum: int, published: int | None
) -> None:
    found = gate(answers, minimum, published)
    if found.nps:
        assert found.counts
    if found.counts:
        assert found.details
    assert (found.bound is not None) == (found.nps is AGREED)
    if found.nps is None:
        assert answers.responses >= minimum
    if found.details is None or found.comments is None:
        assert answers.responses >= max(10, minimum)


def test_impossible_counts_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="answers must"):
        why_hidden(-1)
    with pytest.raises(ValueError, match="published must"):
        why_not_refreshed(-1, 5)
    with pytest.raises(ValueError, match="answers must"):
        why_not_refreshed(None, cast("int", 5.0))
    with pytest.raises(ValueError, match="minimum must"):
        minimum_answers(-1, anonymous=False, customers=False)
