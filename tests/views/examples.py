"""Every EXAMPLE of every view, ready for a test to make in any language."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, get_type_hints

import pytest

import bot
from bot.message import Json, Message
from bot.wording import Words, words_for

LOCALES = {"en": "en-US", "fr": "fr-FR"}


@dataclass(frozen=True)
class Example:
    """One call of one view; facts that are themselves words, as a notice is, come as a function of the language."""

    view: str
    name: str
    render: Callable[[Any, Words], Any]
    facts: object

    @property
    def is_message(self) -> bool:
        """Tell a message from a window or a part of either."""
        return get_type_hints(self.render)["return"] is Message

    def rendered(self, locale: str = "en-US", facts: object = None) -> Json:
        words = words_for(locale)
        given = facts or self.facts
        result = self.render(given(words) if callable(given) else given, words)
        plain: Json = json.loads(json.dumps(asdict(result) if isinstance(result, Message) else result))
        return plain


def _examples() -> Iterator[Example]:
    for info in walk_packages(bot.__path__, "bot."):
        _, room, *inside = info.name.split(".")
        if inside[:1] != ["views"] or len(inside) != 2:
            continue
        module = import_module(info.name)
        render = getattr(module, "render", _as_it_is)
        for name, facts in getattr(module, "EXAMPLES", {}).items():
            yield Example(f"{room}/{inside[1]}", name, render, facts)


def _as_it_is(notice: Message, _: Words) -> Message:
    return notice


EXAMPLES = list(_examples())

each_example = pytest.mark.parametrize(
    "example", EXAMPLES, ids=[f"{each.view}-{each.name}" for each in EXAMPLES]
)
each_language = pytest.mark.parametrize("language", LOCALES)
