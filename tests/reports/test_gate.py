"""The gate, by itself: who is told what of a wave, and what changes that somebody may see."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.rules.gate import Hidden, Numbers, Promise, Reader, Released, released
from scoring.distribution import distribution
from scoring.nps import Tally, tally
from storage.words import Kind

EMPLOYEES, CUSTOMERS = Promise(Kind.EMPLOYEES), Promise(Kind.CUSTOMERS)
OTHERS = (Reader.MEMBER, Reader.CHANNEL)
MIXED = [10, 9, 9, 8, 7, 7, 6, 3, 9, 10, 8, 5]

scores = st.lists(st.integers(0, 10), max_size=40)


def numbers(given: Sequence[int], invited: int | None = 40, late: Tally | None = None) -> Numbers:
    counts = {score: list(given).count(score) for score in set(given)}
    return Numbers(tally(given), invited, comments=0, scores=distribution(counts), late=late)


def told(
    reader: Reader, *versions: Sequence[int], promise: Promise = EMPLOYEES, is_open: bool = False
) -> Released:
    found = released([numbers(one) for one in versions], promise, reader, is_open=is_open)
    assert found is not None
    return found


@pytest.mark.parametrize("promise", [EMPLOYEES, CUSTOMERS])
@pytest.mark.parametrize("is_open", [True, False])
def test_a_guest_is_told_nothing(promise: Promise, *, is_open: bool) -> None:
    assert released([numbers(MIXED)], promise, Reader.GUEST, is_open=is_open) is None


@pytest.mark.parametrize("reader", [Reader.MANAGER, Reader.OPERATOR])
@given(given_scores=scores, is_open=st.booleans())
def test_a_manager_is_told_everything_of_a_named_survey(
    reader: Reader, given_scores: list[int], *, is_open: bool
) -> None:
    found = told(reader, given_scores, is_open=is_open)
    assert (found.tally, found.hidden) == (tally(given_scores), ())
    assert found.scores is not None


@pytest.mark.parametrize("reader", OTHERS)
@given(given_scores=scores)
def test_an_open_wave_of_employees_tells_others_how_many_answered_and_no_more(
    reader: Reader, given_scores: list[int]
) -> None:
    expected = Released(len(given_scores), 40, hidden=(Hidden.UNTIL_CLOSED,), fewest=5)
    assert told(reader, given_scores, is_open=True) == expected


@pytest.mark.parametrize("reader", OTHERS)
@given(given_scores=scores, is_open=st.booleans())
def test_customers_are_told_at_once(reader: Reader, given_scores: list[int], *, is_open: bool) -> None:
    found = told(reader, given_scores, promise=CUSTOMERS, is_open=is_open)
    assert (found.tally, found.hidden) == (tally(given_scores), ())


def test_whose_nps_it_is_is_known_of_employees_alone() -> None:
    assert told(Reader.MANAGER, MIXED).population == 40
    assert told(Reader.MANAGER, MIXED, promise=CUSTOMERS).population is None


@pytest.mark.parametrize("reader", OTHERS)
@given(few=st.lists(st.integers(0, 10), min_size=1, max_size=4))
def test_few_answers_have_no_number(reader: Reader, few: list[int]) -> None:
    assert told(reader, few) == Released(len(few), 40, hidden=(Hidden.TOO_FEW,), fewest=5)


def test_a_survey_may_ask_for_more_and_employees_never_for_fewer() -> None:
    assert told(Reader.MEMBER, MIXED, promise=Promise(Kind.EMPLOYEES, minimum=13)).hidden == (Hidden.TOO_FEW,)
    assert Promise(Kind.EMPLOYEES, minimum=0).fewest == 5
    assert told(Reader.MEMBER, [9, 3], promise=Promise(Kind.CUSTOMERS, minimum=3)).hidden == (Hidden.TOO_FEW,)


def test_drivers_too_are_held_to_a_higher_minimum() -> None:
    counted = replace(numbers([10] * 7 + [8] * 8 + [3] * 7), mentions=(("work", 9), ("team", 7)))
    found = released([counted], Promise(Kind.EMPLOYEES, minimum=8), Reader.MEMBER, is_open=False)
    assert found is not None
    assert found.mentions == (("work", 9),)


def test_customers_with_a_minimum_wait_for_the_closing_too() -> None:
    found = told(Reader.MEMBER, MIXED, promise=Promise(Kind.CUSTOMERS, minimum=3), is_open=True)
    assert found.hidden == (Hidden.UNTIL_CLOSED,)


@pytest.mark.parametrize("unanimous", [[10] * 12, [0] * 12, [8] * 12, [10] * 11 + [3], [7] * 11 + [0]])
def test_nobody_learns_that_all_or_all_but_one_agree(unanimous: list[int]) -> None:
    found = told(Reader.MEMBER, unanimous)
    assert (found.tally, found.scores, found.hidden) == (None, None, (Hidden.NEARLY_UNANIMOUS,))
    assert found.nps not in {"+100", "−100"}


@given(given_scores=st.lists(st.integers(0, 10), min_size=5, max_size=9))
def test_the_spread_needs_ten(given_scores: list[int]) -> None:
    assert told(Reader.MEMBER, given_scores).scores is None


def test_a_driver_that_points_at_those_who_ticked_it_or_at_the_others_is_left_out() -> None:
    counted = Numbers(
        tally(MIXED), 40, mentions=(("all but two", 10), ("half", 6), ("everyone", 12), ("four", 4))
    )
    found = released([counted], EMPLOYEES, Reader.MEMBER, is_open=False)
    everything = released([counted], EMPLOYEES, Reader.MANAGER, is_open=False)
    assert found is not None
    assert everything is not None
    assert found.mentions == (("half", 6), ("everyone", 12))
    assert everything.mentions == (("all but two", 10), ("half", 6), ("everyone", 12))


@pytest.mark.parametrize(
    ("late", "shown"), [(Tally(1, 2, 2), True), (Tally(1, 1, 2), False), (Tally(3, 2, 3), False)]
)
def test_late_answers_are_told_where_neither_they_nor_the_others_are_few(late: Tally, *, shown: bool) -> None:
    found = released([numbers(MIXED, late=late)], EMPLOYEES, Reader.MEMBER, is_open=False)
    assert found is not None
    assert found.late == (late if shown else None)


def test_a_result_that_was_shown_stays_until_five_more_have_come() -> None:
    found = told(Reader.MEMBER, MIXED, [*MIXED, 0])
    assert (found.tally, found.hidden) == (tally(MIXED), (Hidden.FEW_SINCE,))
    assert found.answered == len(MIXED)
    assert told(Reader.MANAGER, MIXED, [*MIXED, 0]).tally == tally([*MIXED, 0])
    more = [*MIXED, 0, 5, 9, 10, 7]
    assert told(Reader.MEMBER, MIXED, [*MIXED, 0], more).tally == tally(more)


def test_few_at_a_time_do_not_slip_through() -> None:
    """Each version differs from the one before it by one answer; what is shown differs by five."""
    versions = [MIXED + [0] * more for more in range(12)]
    seen = [told(Reader.MEMBER, *versions[: upto + 1]).answered for upto in range(12)]
    assert seen == [12, 12, 12, 12, 12, 17, 17, 17, 17, 17, 22, 22]


def test_what_was_never_shown_does_not_hold_back_the_first_result() -> None:
    assert told(Reader.MEMBER, [9, 3, 7], [9, 3, 7, 10, 6]).tally == tally([9, 3, 7, 10, 6])


def test_a_changed_answer_alone_changes_nothing_that_is_shown() -> None:
    changed = [0, *MIXED[1:]]
    assert told(Reader.MEMBER, MIXED, changed).tally == tally(MIXED)
