"""What a first answer shows is rendered once for all who chose the same, and each still gets their own."""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from bot.answers.views import answered, reason
from bot.answers.views.answered import AnsweredFacts
from bot.answers.views.reason import ReasonFacts
from bot.wording import Words, words_for

EXAMPLES = [
    pytest.param(view, facts, id=f"{view.__name__} {name}")
    for view in (answered, reason)
    for name, facts in view.EXAMPLES.items()
]


@pytest.mark.parametrize("locale", ["en-US", "fr-FR"])
@pytest.mark.parametrize(("view", "facts"), EXAMPLES)
def test_each_gets_their_own_whoever_came_before(
    view: ModuleType, facts: AnsweredFacts | ReasonFacts, locale: str
) -> None:
    words = words_for(locale)
    before = [view.render(replace(facts, invitation_id=one), words) for one in (7001, 7002)]
    now = view.render(replace(facts, invitation_id=7003), words)
    assert "7003" in str(now) or getattr(facts, "is_closed", False)
    assert str(now) == str(before[0]).replace("7001", "7003")
    assert not any(str(other) in str(now) for other in (7001, 7002))


@pytest.mark.parametrize("view", [answered, reason])
def test_no_memory_holds_what_a_person_wrote(view: ModuleType) -> None:
    remembered: Callable[[Any, Words], object] = view._remembered  # noqa: SLF001
    words = words_for("en-US")
    kept = remembered.cache_info().currsize  # type: ignore[attr-defined]
    for facts in view.EXAMPLES.values():
        if facts.comment or facts.drivers:
            view.render(replace(facts, comment="An unheard-of reason"), words)
    assert remembered.cache_info().currsize == kept  # type: ignore[attr-defined]
