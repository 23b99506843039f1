"""What no linter knows to look for in our sources."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def uses(name: str) -> Iterator[str]:
    """Name each place of the program that uses an attribute of this name."""
    for folder in ("bot", "scoring", "storage"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute) and node.attr == name:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_no_row_of_a_table_is_copied() -> None:
    """A copy shares what SQLAlchemy knows of the row: a change of one is lost or stored with the other."""
    assert list(uses("model_copy")) == []
