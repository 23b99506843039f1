"""What was ticked together, as a result keeps it."""

from collections.abc import Mapping

from storage.tables import ReasonCount


def as_kept(together: Mapping[tuple[int, tuple[str, ...]], int]) -> list[ReasonCount]:
    """Write how often drivers were ticked together with a score; nothing ticked is an empty list.

    >>> as_kept({(9, ("quality",)): 3, (7, ()): 1})
    [[7, [], 1], [9, ['quality'], 3]]
    """
    return [[score, list(drivers), answers] for (score, drivers), answers in sorted(together.items())]
