"""What every example looks like, as JSON that Slack's Block Kit Builder accepts.

After a change that is meant: UPDATE_SNAPSHOTS=1 pytest tests/views, and read the difference.
"""

import json
import os
from pathlib import Path

from tests.views.examples import EXAMPLES, LOCALES, Example, each_example, each_language

SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE = "UPDATE_SNAPSHOTS"


def path_of(example: Example, language: str) -> Path:
    return SNAPSHOTS / language / example.view / f"{example.name.replace(',', '').replace(' ', '-')}.json"


@each_example
@each_language
def test_each_example_looks_as_it_did(example: Example, language: str) -> None:
    path = path_of(example, language)
    rendered = example.rendered(LOCALES[language])
    if os.environ.get(UPDATE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(rendered, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert path.exists(), f"no snapshot yet: run with {UPDATE}=1"
    assert json.loads(path.read_text(encoding="utf-8")) == rendered


@each_example
def test_rendering_twice_gives_the_same(example: Example) -> None:
    assert example.rendered() == example.rendered()


def test_no_snapshot_is_left_of_an_example_that_is_gone() -> None:
    known = {path_of(example, language) for example in EXAMPLES for language in LOCALES}
    assert set(SNAPSHOTS.rglob("*.json")) <= known
