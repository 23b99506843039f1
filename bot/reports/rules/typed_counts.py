"""What somebody types behind `/nps score`: promoters, passives, detractors, and perhaps how many could have answered."""

import re

from scoring.nps import Tally

_DIGITS = 9
_COUNTS = 3


def typed_counts(text: str) -> tuple[Tally, int | None] | None:
    """Read three counts, or four, with spaces, commas or slashes between them; None where they are no such counts.

    >>> typed_counts("18 11 2"), typed_counts("15/9/6 40")
    ((Tally(promoters=18, passives=11, detractors=2), None), (Tally(promoters=15, passives=9, detractors=6), 40))
    """
    words = [word for word in re.split(r"[\s,;/]+", text) if word]
    if not all(word.isascii() and word.isdigit() and len(word) <= _DIGITS for word in words):
        return None
    counts = [int(word) for word in words]
    if len(counts) not in {_COUNTS, _COUNTS + 1}:
        return None
    tally = Tally(*counts[:_COUNTS])
    population = counts[_COUNTS] if len(counts) > _COUNTS else None
    if not tally.responses or (population is not None and population < tally.responses):
        return None
    return tally, population
