"""What a command loads before it works: nobody waits for Slack who does not speak to it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PRINT_WHAT_IS_LOADED = """
import json, sys
from bot.__main__ import main
try:
    main()
except SystemExit as end:
    print(json.dumps([end.code, sorted(sys.modules)]), file=sys.stderr)
"""
SLACK = {"slack_sdk", "slack_bolt", "aiohttp", "starlette", "uvicorn", "apscheduler", "slackblocks"}
DATABASE = {"sqlalchemy", "sqlmodel", "alembic", "aiosqlite"}
SLOW = {"asyncio", "babel", "logging", "pydantic", "rich", "statistics", "structlog"}
SCORE = ("score", "--promoters", "18", "--passives", "11", "--detractors", "2")


def loaded(*words: str, database: str) -> set[str]:
    """Run a command that ends well in a Python of its own, and return the packages that it loaded."""
    ran = subprocess.run(  # noqa: S603 - the words are ours
        [sys.executable, "-c", PRINT_WHAT_IS_LOADED, *words],
        cwd=Path(__file__).parents[2],
        env={"DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=True,
    )
    code, modules = json.loads(ran.stderr)
    assert code == 0
    return {module.partition(".")[0] for module in modules}


@pytest.mark.parametrize(
    ("words", "never"),
    [
        (["--help"], SLACK | DATABASE | SLOW),
        (["--version"], SLACK | DATABASE | SLOW),
        (["survey", "--help"], SLACK | DATABASE | {"rich"}),
        (["export", "--help"], SLACK | DATABASE | {"rich"}),
        ([*SCORE, "--json"], SLACK | DATABASE | {"rich"}),
        (SCORE, SLACK | DATABASE),
        (["plan", "--margin", "10"], SLACK | DATABASE | {"rich"}),
    ],
)
def test_a_command_that_needs_neither_slack_nor_the_database_loads_neither(
    words: list[str], never: set[str], sqlite_url: str
) -> None:
    assert loaded(*words, database=sqlite_url) & never == set()


def test_the_import_and_the_export_load_the_database_alone(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("Date,Score\n2026-01-05,9\n")
    never = SLACK | {"alembic", "structlog"}

    imported = loaded("import", str(file), "--survey", "Acme", database=sqlite_url)
    exported = loaded("export", "--survey", "Acme", database=sqlite_url)

    assert (imported | exported) & never == set()
    assert "aiosqlite" in imported & exported


def test_a_program_that_imports_does_not_wait_for_a_table(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("Date,Score\n2026-01-05,9\n")

    for words in (["--dry-run"], []):
        imported = loaded("import", str(file), "--survey", "Acme", "--json", *words, database=sqlite_url)
        assert "rich" not in imported


def test_what_is_looked_for_would_be_found(sqlite_url: str) -> None:
    """Without this, a package that changes its name would never be missed."""
    assert loaded("migrate", database=sqlite_url) & DATABASE == DATABASE - {"aiosqlite"}
    assert "rich" in loaded(*SCORE, database=sqlite_url)
