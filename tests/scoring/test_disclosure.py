import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.disclosure import (
    MINIMUM_ANSWERS_FOR_COMMENTS,
    Hiding,
    bounded_nps,
    counts_reveal,
    why_hidden,
    why_not_refreshed,
    why_segment_hidden,
    why_segments_hidden,
)
from scoring.nps import MINUS, Tally
from tests.scoring.strategies import mirror, tallies

segments = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(min_value=0, max_value=30), max_size=8)
few = st.integers(min_value=0, max_value=12)
small_tallies = st.builds(Tally, few, few, few)


@pytest.mark.parametrize(
    ("answers", "reason"), [(0, Hiding.TOO_FEW_ANSWERS), (4, Hiding.TOO_FEW_ANSWERS), (5, None)]
)
def test_nothing_is_shown_below_5_answers(answers: int, reason: Hiding | None) -> None:
    assert why_hidden(answers) is reason


def test_comments_need_10_answers() -> None:
    assert why_hidden(9, MINIMUM_ANSWERS_FOR_COMMENTS) is Hiding.TOO_FEW_ANSWERS
    assert why_hidden(10, MINIMUM_ANSWERS_FOR_COMMENTS) is None


@pytest.mark.parametrize(
    ("segment", "total", "reason"),
    [
        (4, 30, Hiding.TOO_FEW_ANSWERS),
        (5, 30, None),
        (25, 30, None),
        (26, 30, Hiding.TOO_FEW_OTHERS),
        (29, 30, Hiding.TOO_FEW_OTHERS),
        (30, 30, None),
    ],
)
def test_a_segment_is_hidden_when_it_or_its_complement_is_small(
    segment: int, total: int, reason: Hiding | None
) -> None:
    assert why_segment_hidden(segment, total) is reason


def test_the_next_smallest_goes_too_when_the_hidden_ones_are_few() -> None:
    assert why_segments_hidden({"Paris": 20, "Lyon": 9, "Nice": 3}) == {
        "Paris": None,
        "Lyon": Hiding.PROTECTS_ANOTHER,
        "Nice": Hiding.TOO_FEW_ANSWERS,
    }


def test_small_segments_that_add_up_hide_each_other() -> None:
    assert why_segments_hidden({"Paris": 20, "Lyon": 9, "Nice": 3, "Metz": 2}) == {
        "Paris": None,
        "Lyon": None,
        "Nice": Hiding.TOO_FEW_ANSWERS,
        "Metz": Hiding.TOO_FEW_ANSWERS,
    }


def test_a_segment_nobody_answered_in_endangers_no_other() -> None:
    assert why_segments_hidden({"Paris": 20, "Nice": 0}) == {"Paris": None, "Nice": Hiding.TOO_FEW_ANSWERS}


@given(segments)
def test_what_is_hidden_cannot_be_subtracted_down_to_a_few(answers: dict[str, int]) -> None:
    hiding = why_segments_hidden(answers)
    assert list(hiding) == list(answers)
    shown = [answers[segment] for segment, reason in hiding.items() if reason is None]
    hidden = sum(answers.values()) - sum(shown)
    assert all(number >= 5 for number in shown)
    assert hidden == 0 or hidden >= 5 or not shown


@given(segments)
def test_no_more_than_one_segment_is_hidden_for_another(answers: dict[str, int]) -> None:
    reasons = list(why_segments_hidden(answers).values())
    assert reasons.count(Hiding.PROTECTS_ANOTHER) <= 1


@pytest.mark.parametrize(
    ("published", "answers", "reason"),
    [
        (0, 4, Hiding.TOO_FEW_NEW_ANSWERS),
        (0, 5, None),
        (12, 12, Hiding.TOO_FEW_NEW_ANSWERS),
        (12, 16, Hiding.TOO_FEW_NEW_ANSWERS),
        (12, 17, None),
        (12, 11, Hiding.TOO_FEW_NEW_ANSWERS),
    ],
)
def test_a_result_is_refreshed_only_after_5_new_answers(
    published: int, answers: int, reason: Hiding | None
) -> None:
    assert why_not_refreshed(published, answers) is reason


@pytest.mark.parametrize(
    ("answers", "bound"),
    [
        (Tally(5, 0, 0), "≥ +60"),
        (Tally(10, 0, 0), "≥ +80"),
        (Tally(20, 0, 0), "≥ +90"),
        (Tally(40, 0, 0), "≥ +95"),
        (Tally(1000, 10, 0), "≥ +95"),
        (Tally(0, 1, 9), f"≤ {MINUS}80"),
        (Tally(8, 1, 1), None),
        (Tally(0, 0, 0), None),
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
    if not counts_reveal(answers):
        assert answers.responses - max(answers.promoters, answers.passives, answers.detractors) >= 2
        assert bounded_nps(answers) is None


@pytest.mark.parametrize("passives", [5, 30])
def test_counts_are_hidden_when_everyone_was_passive(passives: int) -> None:
    assert counts_reveal(Tally(0, passives, 0))
    assert bounded_nps(Tally(0, passives, 0)) is None


def test_impossible_counts_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="answers must"):
        why_hidden(-1)
    with pytest.raises(ValueError, match="segment is 6, more than the 5 in all"):
        why_segment_hidden(6, 5)
    with pytest.raises(ValueError, match="answers of Nice must"):
        why_segments_hidden({"Nice": -1})
    with pytest.raises(ValueError, match="published must"):
        why_not_refreshed(-1, 5)
