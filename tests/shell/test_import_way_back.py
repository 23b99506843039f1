"""The way back from an import: which one is meant, and a look before."""

from pathlib import Path

import pytest

from tests.shell.conftest import Shell
from tests.shell.test_import_again import written

pytestmark = pytest.mark.slow


@pytest.fixture
async def terminal(sqlite_url: str, tmp_path: Path) -> Shell:
    """A terminal where Acme has an import of one answer, and Beta a later one."""
    made = Shell(tmp_path, {"DATABASE_URL": sqlite_url})
    for survey in ("Acme", "Beta"):
        file = written(made, "Date,Score\n2025-01-14,9\n", f"{survey.lower()}.csv")
        assert (await made.nps_bot("import", file, "--survey", survey)).code == 0
    return made


async def listed(terminal: Shell, *words: str) -> list[str]:
    ran = await terminal.nps_bot("import", "--list", *words)
    return [line[0] for line in ran.out.splitlines()]


async def test_the_last_import_of_the_survey_that_is_named_goes(terminal: Shell) -> None:
    assert await listed(terminal, "--survey", "acme") == ["1"]
    ran = await terminal.nps_bot("import", "--undo", "--survey", "acme", "--yes")
    assert ran.out == "Import 1 is taken back: 1 answer of “Acme” is gone. Counted again: Imported.\n"
    assert await listed(terminal) == ["2"]

    ran = await terminal.nps_bot("import", "--undo", "beta.csv", "--survey", "Acme", "--yes")
    assert (ran.code, ran.err[:32]) == (2, "No import called “beta.csv” into")
    assert await listed(terminal) == ["2"]


async def test_a_dry_run_takes_nothing_back(terminal: Shell) -> None:
    ran = await terminal.nps_bot("import", "--undo", "--dry-run", "--yes")
    assert ran.code == 0
    assert ran.out.startswith("2: “beta.csv” into “Beta”")
    assert await listed(terminal) == ["2", "1"]


async def test_a_file_is_named_by_its_path_too(terminal: Shell) -> None:
    ran = await terminal.nps_bot("import", "--undo", str(terminal.folder / "acme.csv"), "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert await listed(terminal) == ["2"]
