"""How fast one workspace may be spoken to: a token bucket that slows down when Slack says so.

Times are seconds of one clock. Several processes share a bucket, so their clocks may differ a little, and one may be
set right meanwhile.
"""

from dataclasses import dataclass, replace

MINUTE = 60.0
SLOWER = 0.5
# However often Slack refuses, a try now and then finds out that it no longer does.
SLOWEST = 1 / 64
# From a standstill to the full rate again: slow, so that a limit we do not know of is met rarely.
RECOVERY = 10 * MINUTE


@dataclass(frozen=True)
class Bucket:
    """What may be sent, in messages: `tokens` at once, as counted at `counted_at`, and `rate` more each second.

    `full_rate` and `capacity` bound them. Nothing may be sent before `resumes_at`.
    """

    full_rate: float
    capacity: float
    rate: float
    tokens: float
    counted_at: float
    resumes_at: float


def full_bucket(per_minute: float, burst: float, now: float) -> Bucket:
    """Return a full bucket: `burst` messages at once, and never more than `per_minute` in any minute.

    >>> paced = full_bucket(per_minute=61, burst=1, now=0)
    >>> seconds_to_wait(paced, 0), seconds_to_wait(sent(paced, 0), 0)
    (0.0, 1.0)
    """
    if not 1 <= burst < per_minute:
        message = f"a burst of {burst} at {per_minute} a minute cannot be: give 1 or more, and fewer than a minute's"
        raise ValueError(message)
    rate = (per_minute - burst) / MINUTE
    return Bucket(full_rate=rate, capacity=burst, rate=rate, tokens=burst, counted_at=now, resumes_at=now)


def seconds_to_wait(paced: Bucket, now: float) -> float:
    """Return after how many seconds a message may be sent; 0 when one may be sent now."""
    counted = _counted(paced, now)
    return max(counted.resumes_at - now, 0.0) + max((1 - counted.tokens) / counted.rate, 0.0)


def sent(paced: Bucket, now: float) -> Bucket:
    """Return the bucket after one message more; ask `seconds_to_wait` first."""
    counted = _counted(paced, now)
    return replace(counted, tokens=counted.tokens - 1)


def reserved(paced: Bucket, now: float, within: float, most: int) -> tuple[Bucket, list[float]]:
    """Give away at most so many of the turns that come `within` seconds; return the bucket without, and their times.

    >>> _, times = reserved(full_bucket(per_minute=61, burst=1, now=0), 0, within=2, most=9)
    >>> times
    [0.0, 1.0, 2.0]
    """
    times: list[float] = []
    while len(times) < most and (wait := seconds_to_wait(paced, now)) <= within:
        paced = sent(paced, now)
        times.append(now + wait)
    return paced, times


def set_right(paced: Bucket, now: float) -> Bucket:
    """Return the bucket as counted at `now`, where a clock far ahead has counted it; any other as it is.

    >>> ahead = full_bucket(per_minute=61, burst=1, now=31_536_000)
    >>> seconds_to_wait(set_right(ahead, 0), 0)
    0.0
    """
    ahead = paced.counted_at - now
    if ahead <= MINUTE:
        return paced
    return replace(paced, counted_at=now, resumes_at=paced.resumes_at - ahead)


def refused(paced: Bucket, now: float, retry_after: float) -> Bucket:
    """Return the bucket after Slack's 429: nothing for `retry_after` seconds, then half as fast.

    Several messages may be under way when Slack begins to refuse; their refusals slow it down once.
    """
    counted = _counted(paced, now)
    slowed = (
        counted.rate if now < counted.resumes_at else max(counted.rate * SLOWER, paced.full_rate * SLOWEST)
    )
    resumes_at = max(counted.resumes_at, now + retry_after)
    return replace(counted, rate=slowed, tokens=min(counted.tokens, 1), resumes_at=resumes_at)


def _counted(paced: Bucket, now: float) -> Bucket:
    """Fill the bucket up to `now`; its rate grows meanwhile, but not while nothing may be sent."""
    idle = max(now - paced.counted_at, 0)
    running = min(idle, max(now - paced.resumes_at, 0))
    gained_each_second = paced.full_rate / RECOVERY
    climbing = min(running, (paced.full_rate - paced.rate) / gained_each_second)
    rate = min(paced.rate + climbing * gained_each_second, paced.full_rate)
    tokens = paced.tokens + climbing * (paced.rate + rate) / 2 + (running - climbing) * rate
    return replace(
        paced, rate=rate, tokens=min(tokens, paced.capacity), counted_at=max(now, paced.counted_at)
    )
