"""When Slack is tried again after it took nothing."""

from datetime import timedelta

_LONGEST = timedelta(minutes=15)


def pause_after(probes: int) -> timedelta:
    """Return how long to wait after so many tries in vain: a minute, then twice as long each time, up to fifteen.

    >>> [pause_after(probes) // timedelta(minutes=1) for probes in range(7)]
    [1, 2, 4, 8, 15, 15, 15]
    """
    return min(timedelta(minutes=2 ** min(probes, 10)), _LONGEST)
