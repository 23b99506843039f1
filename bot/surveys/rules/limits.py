"""What a survey may not exceed, beyond the limits that its table keeps (see `storage.words`)."""

from storage.words import MOST_WAVE_DAYS, Rhythm

DAYS_OF_THE_SHORTEST_MONTH = 28
DAYS_OF_THE_SHORTEST_QUARTER = 89


def longest_wave(rhythm: Rhythm, every_weeks: int | None) -> int:
    """Return how many days a wave may be open, so that it is over before the next one opens.

    >>> longest_wave(Rhythm.WEEKS, 2)
    14
    """
    if rhythm is Rhythm.WEEKS and every_weeks:
        return min(7 * every_weeks, MOST_WAVE_DAYS)
    shortest = {
        Rhythm.MONTHLY: DAYS_OF_THE_SHORTEST_MONTH,
        Rhythm.QUARTERLY: DAYS_OF_THE_SHORTEST_QUARTER,
    }
    return shortest.get(rhythm, MOST_WAVE_DAYS)
