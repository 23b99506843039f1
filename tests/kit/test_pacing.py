from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.rules.pacing import (
    MINUTE,
    RECOVERY,
    SLOWEST,
    Bucket,
    full_bucket,
    refused,
    reserved,
    seconds_to_wait,
    sent,
    set_right,
)

TINY = 1e-6
rates = st.integers(30, 1200)
bursts = st.integers(1, 20)
pauses = st.lists(st.floats(0, 90), min_size=1, max_size=200)


def send(paced: Bucket, now: float, pause: float = 0) -> tuple[Bucket, float]:
    """Send one message as soon as it may be, `pause` seconds from now at the earliest; return when that was."""
    now += pause
    now += seconds_to_wait(paced, now)
    return sent(paced, now), now


@given(rates, bursts, pauses, st.floats(0, 1e6))
def test_no_minute_ever_holds_more_messages_than_slack_allows(
    per_minute: int, burst: int, pauses: list[float], start: float
) -> None:
    paced, now, times = full_bucket(per_minute, burst, start), start, list[float]()
    for pause in pauses:
        # Some wait, as when there is nothing to send, and then come many at once.
        paced, now = send(paced, now, pause if pause > 60 else 0)
        times.append(now)
    for number, time in enumerate(times):
        assert number - bisect_left(times, time - MINUTE + TINY) + 1 <= per_minute


@given(rates, bursts, st.lists(st.tuples(st.floats(0, 2), st.integers(1, 20)), min_size=1, max_size=60))
def test_no_minute_ever_holds_more_turns_than_slack_allows_when_several_are_taken_at_once(
    per_minute: int, burst: int, takings: list[tuple[float, int]]
) -> None:
    paced, now, times = full_bucket(per_minute, burst, 0), 0.0, list[float]()
    for pause, most in takings:
        now += pause
        paced, taken = reserved(paced, now, within=0.5, most=most)
        assert len(taken) <= most
        assert all(now <= time <= now + 0.5 for time in taken)
        times += taken
    assert times == sorted(times)
    for number, time in enumerate(times):
        assert number - bisect_left(times, time - MINUTE + TINY) + 1 <= per_minute


def test_a_clock_that_was_far_ahead_is_set_right_and_what_slack_asked_for_is_still_waited_for() -> None:
    ahead = refused(full_bucket(600, 5, 1e9), 1e9, 30)
    assert seconds_to_wait(set_right(ahead, 0), 0) == pytest.approx(30)
    a_little = full_bucket(600, 5, 30)
    assert set_right(a_little, 0) == a_little


@pytest.mark.parametrize(("per_minute", "burst"), [(60, 1), (300, 3), (600, 5)])
def test_ten_thousand_messages_take_hardly_longer_than_the_limit_itself_asks(
    per_minute: int, burst: int
) -> None:
    paced, now = full_bucket(per_minute, burst, 0), 0.0
    for _ in range(10_000):
        paced, now = send(paced, now)
    assert now <= 10_000 / per_minute * MINUTE * 1.02


@given(rates, bursts, st.floats(0, 3600))
def test_after_a_refusal_nothing_is_sent_before_slack_said_and_then_half_as_fast(
    per_minute: int, burst: int, retry_after: float
) -> None:
    full = full_bucket(per_minute, burst, 0)
    slowed = refused(full, 1, retry_after)
    paced, first = send(slowed, 1)
    _, second = send(paced, first)
    assert first >= 1 + retry_after - TINY
    assert second - first == pytest.approx(2 / full.rate, rel=0.1)


def test_what_was_under_way_when_slack_refused_slows_down_once() -> None:
    once = refused(full_bucket(600, 5, 0), 10, 30)
    thrice = refused(refused(once, 10.1, 30), 10.2, 45)
    assert thrice.rate == once.rate
    assert seconds_to_wait(thrice, 10.2) == pytest.approx(45)
    assert seconds_to_wait(refused(once, 11, 5), 11) == pytest.approx(29)


@given(rates, bursts, st.integers(1, 40))
def test_refusals_without_end_leave_a_try_now_and_then_and_a_way_back(
    per_minute: int, burst: int, refusals: int
) -> None:
    full = full_bucket(per_minute, burst, 0)
    paced, now = full, 0.0
    for _ in range(refusals):
        paced = refused(paced, now, 1)
        now += 1
    assert full.rate * SLOWEST <= paced.rate <= full.rate
    paced, now = send(paced, now + RECOVERY + 1)
    assert paced.rate == pytest.approx(full.rate)
    _, following = send(paced, now)
    assert following - now <= 1 / full.rate + TINY


@given(rates, bursts, st.floats(0, RECOVERY), st.floats(0, RECOVERY))
def test_the_rate_comes_back_little_by_little_however_often_it_is_looked_at(
    per_minute: int, burst: int, once: float, more: float
) -> None:
    slow = refused(full_bucket(per_minute, burst, 0), 0, 0)
    looked_at, unwatched = sent(sent(slow, once), once + more), sent(sent(slow, 0), once + more)
    assert slow.rate <= sent(slow, once).rate <= looked_at.rate + TINY
    assert looked_at.rate == pytest.approx(unwatched.rate)


def test_a_clock_that_stands_still_or_goes_back_gives_nothing_away() -> None:
    paced = full_bucket(60, 1, 100)
    paced = sent(paced, 100)
    assert seconds_to_wait(paced, 90) > 0
    assert sent(paced, 90).tokens == -1


@pytest.mark.parametrize(("per_minute", "burst"), [(60, 0), (5, 5), (0, 1)])
def test_a_bucket_that_could_not_be_is_refused(per_minute: int, burst: int) -> None:
    with pytest.raises(ValueError, match=r"a burst of .* cannot be"):
        full_bucket(per_minute, burst, 0)
