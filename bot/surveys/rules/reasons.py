"""What a manager writes of the reasons that people may tick: a line each, with its names, or with what it was called."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.rules.drivers import DRIVER_NAMES
from bot.wording import DEFAULT_LOCALES, words_for
from storage.question import Offered
from storage.words import MOST_DRIVERS, NAME_LENGTH

BETWEEN_NAMES = "|"
WAS = "="

Names = tuple[tuple[str, str], ...]


class WrongReasons(Exception):  # noqa: N818 - shown beside the field
    """What is wrong with them: a word for it."""


def reasons(lines: Sequence[str], language: str, known: Sequence[Offered]) -> tuple[Offered, ...]:
    """Read the lines, in the survey's own language first. `known` are the drivers that it has had. Raises WrongReasons.

    A name that is known means the driver that it named before; "Old = New" gives that driver another name.

    >>> reasons(["Tools | Outils", "Pay"], "en", ())
    (Offered(key='Tools', names=(('en', 'Tools'), ('fr', 'Outils'))), Offered(key='Pay', names=(('en', 'Pay'),)))
    >>> reasons(["Tools = Gear"], "en", [Offered("Tools", (("en", "Tools"),))])
    (Offered(key='Tools', names=(('en', 'Gear'),)),)
    """
    languages = [language, *(one for one in DEFAULT_LOCALES if one != language)]
    known = [*(_with_names(one) for one in known), *_ours()]
    found: list[Offered] = []
    for line in lines:
        before, names = _split(line, languages, known)
        if not names:
            continue
        if any(len(name) > NAME_LENGTH for _, name in names):
            raise WrongReasons("too_long")
        before = before or next((one for one in known if _called(one.names) & _called(names)), None)
        if before and _called(names) <= _called(before.names):
            names = before.names
        one = Offered(before.key if before else _new_key(names[0][1], [*known, *found]), names)
        if any(one.key == other.key or _called(names) & _called(other.names) for other in found):
            raise WrongReasons("twice")
        found.append(one)
    if len(found) > MOST_DRIVERS:
        raise WrongReasons("too_many")
    return tuple(found)


def written(offered: Sequence[Offered]) -> list[str]:
    """Write drivers as `reasons` reads them."""
    return [f" {BETWEEN_NAMES} ".join(name for _, name in _with_names(one).names) for one in offered]


def _split(line: str, languages: Sequence[str], known: Sequence[Offered]) -> tuple[Offered | None, Names]:
    """Take apart what a line says: which driver it was, if it says so, and its names."""
    parts = line.split(WAS)
    for cut in range(1, len(parts)):
        was = " ".join(WAS.join(parts[:cut]).split()).casefold()
        if one := next((one for one in known if was in _called(one.names)), None):
            return one, _names(WAS.join(parts[cut:]), languages)
    return None, _names(line, languages)


def _names(text: str, languages: Sequence[str]) -> Names:
    names = [" ".join(name.split()) for name in text.split(BETWEEN_NAMES, len(languages) - 1)]
    return tuple((language, name) for language, name in zip(languages, names, strict=False) if name)


def _called(names: Names) -> set[str]:
    return {name.casefold() for _, name in names}


def _ours() -> list[Offered]:
    """Give our own drivers with their names: one that is called like ours is ours, and imports know it."""
    return [_with_names(Offered(driver.value)) for driver in DRIVER_NAMES]


def _with_names(driver: Offered) -> Offered:
    name = {one.value: name for one, name in DRIVER_NAMES.items()}.get(driver.key)
    if driver.names or name is None:
        return driver
    return replace(driver, names=tuple((one, words_for(one)(name)) for one in DEFAULT_LOCALES))


def _new_key(name: str, taken: Sequence[Offered]) -> str:
    keys = {one.key for one in taken}
    return next(
        key for key in (name, *(f"{name} {number}" for number in range(2, len(keys) + 3))) if key not in keys
    )
