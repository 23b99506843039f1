"""Whether somebody may contact the person who answered: who is asked that, and what stands."""

from dataclasses import dataclass

from scoring.scale import Category, category_of
from storage.words import FollowUp

_ASKED = {
    FollowUp.DETRACTORS: {Category.DETRACTOR},
    FollowUp.PASSIVES: {Category.DETRACTOR, Category.PASSIVE},
    FollowUp.EVERYONE: set(Category),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """What a person is asked, and has said: those in this channel would contact them."""

    channel_id: str
    may: bool = False


def contact(channel_id: str | None, with_whom: FollowUp, score: int, *, may: bool = False) -> Contact | None:
    """Return what to ask somebody with this score; None where they are not asked and have not said yes before.

    >>> contact("C1", FollowUp.DETRACTORS, 3)
    Contact(channel_id='C1', may=False)
    >>> contact("C1", FollowUp.DETRACTORS, 9) is None
    True
    """
    if channel_id is None or not (may or category_of(score) in _ASKED[with_whom]):
        return None
    return Contact(channel_id, may)
