from datetime import UTC, datetime, timedelta


class Hands:
    """A clock and a stopwatch that move only when a test turns them."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
        self.seconds = 0.0

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds
