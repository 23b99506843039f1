import ast
import sys
from pathlib import Path

from storage import words


def test_the_vocabularies_import_the_standard_library_alone() -> None:
    """Rules, views and commands import them, and must not load a database with them."""
    tree = ast.parse(Path(words.__file__).read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported <= sys.stdlib_module_names
