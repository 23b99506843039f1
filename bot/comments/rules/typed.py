"""What somebody types behind `/nps comments`: a survey's name, a category, a driver, and a text to look for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.kit.rules.command import prefixes
from scoring.scale import Category, scores_of

_CATEGORIES = {
    "detractor": Category.DETRACTOR,
    "passive": Category.PASSIVE,
    "promoter": Category.PROMOTER,
    "détracteur": Category.DETRACTOR,
    "detracteur": Category.DETRACTOR,
    "passif": Category.PASSIVE,
    "promoteur": Category.PROMOTER,
}


@dataclass(frozen=True, slots=True)
class WantedComments:
    """Which comments: of one category, with one driver, with a text in them; None and "" are any."""

    category: Category | None = None
    driver: str = ""
    text: str = ""

    @property
    def scores(self) -> tuple[int, ...] | None:
        """The scores of the category."""
        if self.category is None:
            return None
        return scores_of(self.category)


def category_typed(word: str) -> Category | None:
    """Read one word as a category, in English or French, one or many.

    >>> category_typed("Detractors"), category_typed("passifs"), category_typed("price")
    (<Category.DETRACTOR: 'detractor'>, <Category.PASSIVE: 'passive'>, None)
    """
    return _CATEGORIES.get(word.casefold().removesuffix("s"))


def wanted(words: Sequence[str], drivers: Mapping[str, str]) -> WantedComments:
    """Read which comments are meant. `drivers` pairs what people may type with the driver.

    >>> wanted(["promoters", "Service", "and", "support", "late"], {"service and support": "support"})
    WantedComments(category=<Category.PROMOTER: 'promoter'>, driver='support', text='late')
    """
    category = category_typed(words[0]) if words else None
    rest = words[1:] if category else words
    names = {name.casefold(): driver for name, driver in drivers.items()}
    named = next((prefix for prefix in prefixes(rest) if prefix.casefold() in names), "")
    text = " ".join(rest[len(named.split()) :])
    return WantedComments(category, names[named.casefold()] if named else "", text)
