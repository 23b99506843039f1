"""Every EXAMPLE of every view, ready for a test to make in any language."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from bot import views
from bot.views.message import Json, Message
from bot.wording import Words, words_for

LOCALES = {"en": "en-US", "fr": "fr-FR"}


@dataclass(frozen=True)
class Example:
    """One call of one view; facts that are themselves words, as a notice is, come as a function of the language."""

    view: str
    name: str
    render: Callable[[Any, Words], Any]
    facts: object

    def rendered(self, locale: str = "en-US", facts: object = None) -> Json:
        words = words_for(locale)
        given = facts or self.facts
        result = self.render(given(words) if callable(given) else given, words)
        plain: Json = json.loads(json.dumps(asdict(result) if isinstance(result, Message) else result))
        return plain


def _examples() -> Iterator[Example]:
    for info in iter_modules(views.__path__):
        module = import_module(f"bot.views.{info.name}")
        render = getattr(module, "render", _as_it_is)
        for name, facts in getattr(module, "EXAMPLES", {}).items():
            yield Example(info.name, name, render, facts)


def _as_it_is(notice: Message, _: Words) -> Message:
    return notice


EXAMPLES = list(_examples())

each_example = pytest.mark.parametrize(
    "example", EXAMPLES, ids=[f"{each.view}-{each.name}" for each in EXAMPLES]
)
each_language = pytest.mark.parametrize("language", LOCALES)
