from collections import Counter
from math import fsum
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.drivers import (
    Ticked,
    benjamini_hochberg,
    by_category,
    counted_driver_report,
    driver_report,
    who_ticks_more,
    wilson,
)
from scoring.nps import Tally, signed, tally
from tests.scoring.strategies import confidences, counts, scores

DRIVERS = ("quality", "experience", "service", "communication", "reputation")
ticks = st.lists(st.sampled_from(DRIVERS), unique=True)
answers = st.lists(st.tuples(scores, ticks), max_size=60)
Answers = list[tuple[int, list[str]]]

WAVE: Answers = [
    *[(10, ["quality"])] * 6,
    *[(9, ["quality", "service"])] * 4,
    *[(8, [])] * 5,
    *[(3, ["service"])] * 3,
    *[(0, ["service", "reputation"])] * 2,
]


def test_drivers_come_most_mentioned_first_and_none_ticked_last() -> None:
    report = driver_report(WAVE, minimum=0)
    assert [(driver.name, driver.mentions) for driver in report.shown] == [
        ("quality", 10),
        ("service", 9),
        ("reputation", 2),
        (None, 5),
    ]


def test_each_driver_has_the_answers_of_those_who_ticked_it() -> None:
    report = driver_report(WAVE, minimum=0)
    assert [driver.ticked for driver in report.shown] == [
        Tally(10, 0, 0),
        Tally(4, 0, 5),
        Tally(0, 0, 2),
        Tally(0, 5, 0),
    ]


def test_each_answer_is_split_equally_over_what_it_ticked() -> None:
    report = driver_report(WAVE, minimum=0)
    assert [driver.contribution for driver in report.shown] == pytest.approx(
        [100 * (6 + 4 / 2) / 20, 100 * (4 / 2 - 3 - 2 / 2) / 20, 100 * (-2 / 2) / 20, 0]
    )


def test_shares_are_of_all_detractors_and_of_all_promoters() -> None:
    service = driver_report(WAVE, minimum=0).shown[1]
    assert service.share_of_detractors == wilson(5, 5)
    assert service.share_of_promoters == wilson(4, 10)
    alone = driver_report([(9, ["service"])] * 5).shown[0]
    assert alone.share_of_detractors is None


def test_drivers_below_the_minimum_are_hidden_and_the_least_mentioned_protects_them() -> None:
    report = driver_report(WAVE)
    assert [driver.name for driver in report.shown] == ["quality", "service"]
    assert report.hidden == 2
    assert report.hidden_contribution == pytest.approx(-5)


def test_enough_hidden_answers_protect_themselves() -> None:
    wave = [*[(9, ["quality"])] * 9, *[(2, ["service"])] * 3, *[(1, ["reputation"])] * 3]
    report = driver_report(wave)
    assert [driver.name for driver in report.shown] == ["quality"]
    assert report.hidden == 2


def test_a_driver_nearly_everyone_ticked_is_hidden_where_the_others_need_protection() -> None:
    wave: Answers = [*[(9, ["quality", "service"])] * 9, *[(7, ["quality"])] * 9, *[(2, ["service"])] * 3]
    assert [driver.name for driver in driver_report(wave).shown] == ["quality", "service"]
    guarded = driver_report(wave, minimum_others=5)
    assert [driver.name for driver in guarded.shown] == ["service"]


def test_no_answers_have_no_rows() -> None:
    assert driver_report([]).shown == ()


@given(answers)
def test_all_contributions_sum_to_the_nps(wave: Answers) -> None:
    nps = tally(score for score, _ in wave).nps
    for minimum in (0, 5):
        report = driver_report(wave, minimum=minimum)
        total = fsum(driver.contribution for driver in report.shown) + report.hidden_contribution
        assert total == pytest.approx(nps or 0, abs=1e-9)


@given(answers)
def test_the_points_people_read_sum_to_the_nps_they_read(wave: Answers) -> None:
    for minimum in (0, 5):
        report = driver_report(wave, minimum=minimum)
        assert all(abs(driver.points - driver.contribution) < 1 for driver in report.shown)
        total = sum(driver.points for driver in report.shown) + report.hidden_points
        assert not wave or signed(total) == tally(score for score, _ in wave).display


def test_no_driver_s_points_change_with_what_is_hidden() -> None:
    everything = {driver.name: driver.points for driver in driver_report(WAVE, minimum=0).shown}
    report = driver_report(WAVE)
    assert {driver.name: driver.points for driver in report.shown} == {"quality": 40, "service": -10}
    assert report.hidden_points == everything["reputation"] + everything[None] == -5


@given(answers)
def test_what_is_shown_was_ticked_by_enough_and_what_is_hidden_too(wave: Answers) -> None:
    report = driver_report(wave)
    shown = {driver.name for driver in report.shown}
    assert all(driver.mentions >= 5 for driver in report.shown)
    hidden = [ticked for _, ticked in wave if set(ticked) - shown or not (ticked or None in shown)]
    assert not hidden or not shown or len(hidden) >= 5


@given(answers, st.randoms())
def test_the_order_of_the_answers_does_not_matter(wave: Answers, rng: Random) -> None:
    shuffled = rng.sample(wave, len(wave))
    assert driver_report(shuffled) == driver_report(wave)


# Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_are_the_published_ones(part: int, whole: int, low: float, high: float) -> None:
    share = wilson(part, whole)
    assert share is not None
    assert (share.low / 100, share.high / 100) == pytest.approx((low, high), abs=5e-5)
    assert share.percent == 100 * part / whole


@given(counts, counts.filter(bool), confidences)
def test_a_wilson_interval_is_bounded_holds_its_share_and_mirrors(
    part: int, others: int, confidence: float
) -> None:
    share, rest = wilson(part, part + others, confidence), wilson(others, part + others, confidence)
    assert share is not None
    assert rest is not None
    assert 0 <= share.low <= share.percent <= share.high <= 100
    assert (100 - rest.high, 100 - rest.low) == pytest.approx((share.low, share.high), abs=1e-6)


def test_a_share_of_nothing_is_none_and_more_than_all_is_refused() -> None:
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="part is 3, more than the whole, 2"):
        wilson(3, 2)
    with pytest.raises(ValueError, match="part must"):
        wilson(-1, 2)
    with pytest.raises(ValueError, match="not 11"):
        driver_report([(11, [])])


def told(wave: Answers, confidence: float = 0.95) -> dict[str | None, Ticked]:
    everyone = tally(score for score, _ in wave)
    return who_ticks_more(driver_report(wave, minimum=0).shown, everyone, confidence)


def test_a_driver_ticked_much_more_often_by_one_side_is_told() -> None:
    wave: Answers = [
        *[(10, ["quality", "service"])] * 12,
        *[(9, ["service"])] * 2,
        *[(8, [])] * 5,
        *[(3, ["service", "reputation"])] * 9,
    ]
    assert told(wave) == {
        "service": Ticked.NO_CLEAR_DIFFERENCE,
        "quality": Ticked.BY_PROMOTERS,
        "reputation": Ticked.BY_DETRACTORS,
        None: Ticked.NO_CLEAR_DIFFERENCE,
    }


def test_one_tick_among_many_drivers_proves_nothing() -> None:
    assert set(told([(3, ["service"]), *[(10, ["quality"])] * 3]).values()) == {Ticked.NO_CLEAR_DIFFERENCE}


def test_with_many_drivers_each_must_be_surer() -> None:
    wave: Answers = [*[(10, ["quality"])] * 8, *[(9, [])] * 12, *[(3, ["quality"])] * 1, *[(2, [])] * 19]
    alone = who_ticks_more(driver_report(wave, minimum=6).shown[:1], Tally(20, 0, 20))
    assert alone == {"quality": Ticked.BY_PROMOTERS}
    crowd: Answers = [(score, [*ticked, *(f"other {place}" for place in range(9))]) for score, ticked in wave]
    assert told(crowd)["quality"] is Ticked.NO_CLEAR_DIFFERENCE


def test_where_drivers_do_not_differ_one_is_told_in_few_waves() -> None:
    rng = Random(3)  # noqa: S311 - a simulation that can be repeated
    wrong = 0
    for _ in range(400):
        wave = [
            (rng.choice((10, 10, 8, 3)), [name for name in DRIVERS if rng.random() < 0.3]) for _ in range(60)
        ]
        wrong += set(told(wave).values()) != {Ticked.NO_CLEAR_DIFFERENCE}
    assert wrong / 400 <= 0.06


@given(answers)
def test_seen_from_the_other_end_the_other_side_ticks_more(wave: Answers) -> None:
    opposite = {10: 0, 9: 0, 8: 7, 7: 7}
    mirrored = told([(opposite.get(score, 10), ticked) for score, ticked in wave])
    turned = {Ticked.BY_DETRACTORS: Ticked.BY_PROMOTERS, Ticked.BY_PROMOTERS: Ticked.BY_DETRACTORS}
    assert mirrored == {name: turned.get(by, by) for name, by in told(wave).items()}


def test_drivers_of_another_wave_are_refused() -> None:
    with pytest.raises(ValueError, match="more than answered"):
        who_ticks_more(driver_report(WAVE).shown, Tally(1, 1, 1))
    with pytest.raises(ValueError, match="confidence must"):
        told(WAVE, 95)


# Benjamini and Hochberg (1995), section 4: fifteen p values, of which four stay below 0.05.
PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_the_published_p_values_are_adjusted_as_published() -> None:
    adjusted = benjamini_hochberg(PUBLISHED)
    assert sum(p <= 0.05 for p in adjusted) == 4
    assert adjusted[:4] == pytest.approx((0.0015, 0.003, 0.0095, 0.035625))
    assert adjusted[-1] == 1


@given(st.lists(st.floats(min_value=0, max_value=1), max_size=12), st.randoms())
def test_adjusted_p_values_are_larger_bounded_and_in_the_order_given(
    p_values: list[float], rng: Random
) -> None:
    adjusted = benjamini_hochberg(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    places = rng.sample(range(len(p_values)), len(p_values))
    shuffled = benjamini_hochberg([p_values[place] for place in places])
    assert list(shuffled) == [adjusted[place] for place in places]
    in_order = [q for _, q in sorted(zip(p_values, adjusted, strict=True))]
    assert in_order == sorted(in_order)


def test_what_is_no_p_value_is_refused() -> None:
    assert benjamini_hochberg([]) == ()
    for bad in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="a p value lies between 0 and 1"):
            benjamini_hochberg([0.5, bad])


def test_what_is_hidden_together_may_not_be_of_one_mind_either() -> None:
    alike = {(9, frozenset({"quality"})): 8, (9, frozenset({"service"})): 6, (2, frozenset({"service"})): 6}
    report = counted_driver_report(by_category(alike), reveals=lambda ticked: ticked.detractors == 0)
    assert report.shown == ()
    assert (report.hidden, report.hidden_points) == (2, 40)


@given(answers)
def test_answers_counted_beforehand_are_reported_alike(wave: Answers) -> None:
    counted = Counter((score, frozenset(ticked)) for score, ticked in wave)
    assert counted_driver_report(by_category(counted)) == driver_report(wave)
