"""Everyone an app can meet: people kept one by one, and crowds that are made up on demand."""

from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from typing import overload

from .records import User

_ZONES = ("Europe/Paris", "America/New_York", "Asia/Tokyo", "America/Los_Angeles", "Asia/Kolkata")


def made_up(user_id: str, number: int) -> User:
    """Return the person that a crowd has at this number: the same one each time."""
    return User(user_id, f"person{number}", f"Person {number}", tz=_ZONES[number % len(_ZONES)])


@dataclass(frozen=True, eq=False)
class Crowd(Sequence[str]):
    """The user ids of `size` people who are made up each time somebody asks, so that 100,000 cost nothing.

    It may stand for the members of a channel: `Channel("C1", "all", members=Crowd(100_000))`.
    """

    size: int
    prefix: str = "U9CROWD"
    person: Callable[[str, int], User] = made_up

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self._id(number) for number in range(self.size)[index]]
        return self._id(range(self.size)[index])

    def __len__(self) -> int:
        return self.size

    def __contains__(self, user_id: object) -> bool:
        return isinstance(user_id, str) and self.number_of(user_id) is not None

    def number_of(self, user_id: str) -> int | None:
        """Return where in the crowd this person stands, None when they are not of it."""
        digits = user_id.removeprefix(self.prefix)
        if not (digits.isascii() and digits.isdigit()):
            return None
        number = int(digits)
        return number if number < self.size and user_id == self._id(number) else None

    def _id(self, number: int) -> str:
        return f"{self.prefix}{number:06}"


class People(MutableMapping[str, User]):
    """People by their ids. One of a crowd who is replaced, say by a deactivated one, is kept from then on."""

    def __init__(self, people: Iterable[User]) -> None:
        self.kept = {user.id: user for user in people}
        self._crowds: list[Crowd] = []

    def add_crowd(self, crowd: Crowd) -> None:
        self._crowds.append(crowd)

    def __getitem__(self, user_id: str) -> User:
        if user_id in self.kept:
            return self.kept[user_id]
        for crowd in self._crowds:
            number = crowd.number_of(user_id)
            if number is not None:
                return crowd.person(user_id, number)
        raise KeyError(user_id)

    def __setitem__(self, user_id: str, user: User) -> None:
        self.kept[user_id] = user

    def __delitem__(self, user_id: str) -> None:
        del self.kept[user_id]

    def __iter__(self) -> Iterator[str]:
        yield from self._alone()
        for crowd in self._crowds:
            yield from crowd

    def __len__(self) -> int:
        return len(self._alone()) + sum(len(crowd) for crowd in self._crowds)

    def part(self, start: int, stop: int, team_id: str) -> tuple[list[User], int]:
        """Return the people of one company (its team id) at these places of its list, and how many it has."""
        own = [each for each in self._alone() if self.kept[each].team_id in {"", team_id}]
        groups: list[Sequence[str]] = [own, *self._crowds]
        found: list[User] = []
        before = 0
        for group in groups:
            found += [self[each] for each in group[max(start - before, 0) : max(stop - before, 0)]]
            before += len(group)
        return found, before

    def _alone(self) -> list[str]:
        return [user_id for user_id in self.kept if not any(user_id in crowd for crowd in self._crowds)]
