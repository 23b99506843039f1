"""Our own export comes back whole: into the survey that it came from it adds nothing, elsewhere it says the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.shell.conftest import Shell
from tests.shell.test_import_again import data_of, written

pytestmark = pytest.mark.slow

FORMATS = pytest.mark.parametrize("file_format", ["csv", "json", "xlsx"])


@pytest.fixture
def terminal(sqlite_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"DATABASE_URL": sqlite_url})


async def exported(terminal: Shell, survey: str, file_format: str) -> str:
    file = f"own.{file_format}"
    await terminal.nps_bot("export", "--survey", survey, "--format", file_format, "--people", "--out", file)
    return file


async def answers(terminal: Shell, survey: str) -> list[dict[str, Any]]:
    ran = await terminal.nps_bot("export", "--survey", survey, "--format", "json", "--people")
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


async def comes_back(terminal: Shell, file_format: str) -> None:
    """Check that the export of Acme adds nothing to it, and says the same in another survey."""
    file = await exported(terminal, "Acme", file_format)
    again = await data_of(terminal, file)
    assert (again["imported"], again["updated"]) == (0, 0)
    ran = await terminal.nps_bot("import", file, "--survey", "Other")
    assert ran.code == 0, ran.err
    assert await answers(terminal, "Other") == await answers(terminal, "Acme")


@FORMATS
@pytest.mark.parametrize("label", ["2024", "007", "2024-Q1"])
async def test_a_wave_that_is_called_by_digits_keeps_its_name(
    terminal: Shell, file_format: str, label: str
) -> None:
    await data_of(terminal, written(terminal, "Date,Score\n2025-01-14,9\n2025-01-15,3\n"), "--wave", label)
    await comes_back(terminal, file_format)


@FORMATS
async def test_a_wave_called_by_a_small_number_adds_nothing_where_it_came_from(
    terminal: Shell, file_format: str
) -> None:
    await data_of(terminal, written(terminal, "Date,Score\n2025-01-14,9\n2025-01-15,3\n"), "--wave", "3")
    assert (await data_of(terminal, await exported(terminal, "Acme", file_format)))["imported"] == 0


@FORMATS
async def test_low_scores_are_still_scores(terminal: Shell, file_format: str) -> None:
    rows = "Date,Score\n" + "".join(f"2025-01-{day},{1 + day % 5}\n" for day in range(10, 30))
    await data_of(terminal, written(terminal, rows), "--any-scale")
    await comes_back(terminal, file_format)


@FORMATS
async def test_what_a_workbook_cannot_hold_adds_nothing_where_it_came_from(
    terminal: Shell, file_format: str
) -> None:
    said = ["a bell \x07", "one\rtwo", "long " * 8_000, "=1+1"]
    reasons = [["Price", "Two\nlines"], [], [], []]
    rows = [
        {"date": "2025-01-14", "score": 9, "comment": one, "drivers": some}
        for one, some in zip(said, reasons, strict=True)
    ]
    await data_of(terminal, written(terminal, json.dumps(rows), "in.json"))
    assert (await data_of(terminal, await exported(terminal, "Acme", file_format)))["imported"] == 0


@FORMATS
async def test_an_answer_without_a_date_is_exported_without_a_time(terminal: Shell, file_format: str) -> None:
    await data_of(terminal, written(terminal, "Score,Comment\n9,good\n3,slow\n"))
    assert [one["answered_at"] for one in await answers(terminal, "Acme")] == [None, None]
    await data_of(terminal, written(terminal, "Date,Score\n2025-01-14,9\n", "dated.csv"))
    assert [one["answered_at"] for one in await answers(terminal, "Acme")].count(None) == 2
    assert (await data_of(terminal, await exported(terminal, "Acme", file_format)))["imported"] == 0


async def test_neither_is_one_that_was_erased(terminal: Shell) -> None:
    await data_of(
        terminal, written(terminal, "Date,Score,Email\n2025-01-14,9,a@x.com\n2025-01-15,8,b@x.com\n")
    )
    await terminal.nps_bot("forget", "b@x.com", "--yes")
    assert [one["answered_at"] for one in await answers(terminal, "Acme")] == [
        None,
        "2025-01-14T00:00:00+00:00",
    ]
