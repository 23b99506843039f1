"""What no linter knows to look for in our sources."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

MAY_STAND_TWICE = {
    "Channel": "Slack's own word: the pretend Slack's, and what we read of Slack's",
    "UserGroup": "Slack's own word, likewise",
    "Message": "Slack's own word: the one that stands in the pretend Slack, and the one that we send",
    "Json": "the pretend Slack imports nothing of ours",
}
LONGEST = 300
_TYPE = re.compile("_?[A-Z].*[a-z]")
_MADE_FOR_ONE_FILE = {"TypeVar", "ParamSpec"}  # their names are letters of a formula


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Parse the program's files, each with its path."""
    for folder in ("bot", "scoring", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def uses(name: str) -> Iterator[str]:
    """Name each place of the program that uses an attribute of this name."""
    for path, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Attribute) and node.attr == name:
                yield f"{path}:{node.lineno}"


def types_of(module: ast.Module) -> Iterator[str]:
    """Name the classes of a module, and the other types to which it gives a name."""
    for node in module.body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(value=ast.Call(func=ast.Name(id=made))) if made in _MADE_FOR_ONE_FILE:
                pass
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                if _TYPE.match(name):
                    yield name


def homes() -> dict[str, list[str]]:
    """Return in which files each type's name stands."""
    found: dict[str, list[str]] = {}
    for path, module in modules():
        for name in dict.fromkeys(types_of(module)):
            found.setdefault(name, []).append(path)
    return found


def test_no_row_of_a_table_is_copied() -> None:
    """A copy shares what SQLAlchemy knows of the row: a change of one is lost or stored with the other."""
    assert list(uses("model_copy")) == []


def test_a_type_s_name_means_one_thing() -> None:
    """Two things want two names; one thing that stands in two files wants one home."""
    twice = {name: paths for name, paths in homes().items() if len(paths) > 1}
    assert {name: paths for name, paths in twice.items() if name not in MAY_STAND_TWICE} == {}
    assert set(MAY_STAND_TWICE) <= set(twice)


def test_a_file_tells_one_story_and_ends() -> None:
    """What is longer than `LONGEST` lines tells two."""
    long = {
        path: lines
        for path, _ in modules()
        if (lines := len((ROOT / path).read_text().splitlines())) > LONGEST
    }
    assert long == {}
