"""What to do when a receiver does not take what it is told."""

from datetime import datetime, timedelta
from enum import Enum, auto
from http import HTTPStatus

GIVES_UP_AFTER = timedelta(days=3)
_PAUSES = [timedelta(seconds=5), *(timedelta(minutes=one) for one in (1, 5, 30, 120, 300, 600))]
LONGEST_REST = timedelta(hours=10)


class ReceiverVerdict(Enum):
    """What an answer means."""

    TAKEN = auto()
    REFUSED = auto()  # this event, by a receiver that is there: the next one may be taken
    AWAY = auto()  # nothing will be taken now


def verdict(status: int) -> ReceiverVerdict:
    """Say what an HTTP status means for what comes after.

    >>> [verdict(status).name for status in (204, 400, 404, 429, 500, 302)]
    ['TAKEN', 'REFUSED', 'REFUSED', 'AWAY', 'AWAY', 'AWAY']
    """
    if HTTPStatus(200) <= status < HTTPStatus(300):
        return ReceiverVerdict.TAKEN
    is_busy = status in {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
    is_no = HTTPStatus(400) <= status < HTTPStatus(500) and not is_busy
    return ReceiverVerdict.REFUSED if is_no else ReceiverVerdict.AWAY


def pause(tries: int, retry_after: int | None = None) -> timedelta:
    """Return how long to wait after so many tries: longer each time, at least as long as the receiver asks for.

    >>> [str(pause(tries)) for tries in (1, 3, 7, 99)]
    ['0:00:05', '0:05:00', '10:00:00', '10:00:00']
    >>> str(pause(1, retry_after=90))
    '0:01:30'
    """
    grown = _PAUSES[min(tries, len(_PAUSES)) - 1]
    return min(max(grown, timedelta(seconds=retry_after or 0)), LONGEST_REST)


def is_over(happened_at: datetime, now: datetime) -> bool:
    """Say whether an event has been told in vain for so long that it is given up."""
    return now - happened_at >= GIVES_UP_AFTER
