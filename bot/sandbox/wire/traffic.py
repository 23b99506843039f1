"""What went over the wire, both ways: when, what and how it ended. Never a token, a text or a score."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

OK = "ok"
Toward: TypeAlias = Literal["slack", "app"]


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. `about` names the person or channel; `seconds` passed until the answer."""

    number: int
    at: datetime
    toward: Toward
    what: str
    about: str
    outcome: str
    detail: str
    seconds: float


@dataclass
class _Watch:
    what: str
    left: int
    do: Callable[[], object]


class Traffic:
    """The newest exchanges (`keep` of them), and the count of all there ever were."""

    def __init__(self, clock: Callable[[], datetime], keep: int = 1000) -> None:
        self._clock = clock
        self._watches: list[_Watch] = []
        self._last = 0
        self.exchanges: deque[Exchange] = deque(maxlen=keep)
        self.counts: Counter[tuple[str, str]] = Counter()

    def note(  # noqa: PLR0913 - each is a column of the log
        self,
        toward: Toward,
        what: str,
        *,
        about: str = "",
        outcome: str = OK,
        detail: str = "",
        seconds: float = 0.0,
    ) -> None:
        """Keep one exchange, and do what was to be done after it."""
        self._last += 1
        self.exchanges.append(
            Exchange(self._last, self._clock(), toward, what, about, outcome, detail, seconds)
        )
        self.counts[what, outcome] += 1
        if outcome == OK:
            self._look(what)

    def count(self, what: str, outcome: str | None = None) -> int:
        """Return how often something was asked for, only those that ended in `outcome` if given."""
        return sum(
            times for (name, end), times in self.counts.items() if name == what and outcome in {None, end}
        )

    def since(self, number: int) -> list[Exchange]:
        """Return the exchanges after the one with this number, oldest first."""
        return [exchange for exchange in self.exchanges if exchange.number > number]

    def after(self, times: int, what: str, do: Callable[[], object]) -> None:
        """Do something at once when `what` (such as chat.postMessage) has gone well so many times from now."""
        self._watches.append(_Watch(what, times, do))

    def _look(self, what: str) -> None:
        for watch in [each for each in self._watches if each.what == what]:
            watch.left -= 1
            if watch.left == 0:
                self._watches.remove(watch)
                watch.do()
