"""Google gives one form in two ways: in its sheet clocks name no zone, and in its download they do."""

from pathlib import Path

import pytest

from tests.importing.files import table
from tests.shell.conftest import Shell
from tests.shell.test_import_again import data_of, on_sqlite, written

pytestmark = pytest.mark.slow

HEADER = ("Timestamp", "How likely are you to recommend us?", "Why?")
SAID = [
    ("14/01/2025 09:10:05", "2025/01/14 9:10:05 am GMT+1", 9, ""),
    ("14/01/2025 10:10:05", "2025/01/14 10:10:05 am GMT+1", 9, ""),
    ("14/07/2025 23:40:05", "2025/07/14 11:40:05 pm GMT+2", 3, "Too slow"),
]
SHEET = table([HEADER, *((sheet, *said) for sheet, _, *said in SAID)])
DOWNLOAD = table([HEADER, *((download, *said) for _, download, *said in SAID)])
IN_UTC = table([
    HEADER, ("2025-01-14 08:10:05", 9, ""), ("2025-01-14 09:10:05", 9, ""), ("2025-07-14 21:40:05", 3, "Too slow"),
])  # fmt: skip
"""The earlier releases read the download as if it said this."""

PARIS = ("--time-zone", "Europe/Paris")
TOKYO = ("--time-zone", "Asia/Tokyo")


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"DATABASE_URL": database_url})


async def counts_of(terminal: Shell, text: str, *words: str) -> tuple[int, int]:
    found = await data_of(terminal, written(terminal, text), *words)
    return found["imported"], found["updated"]


def only(text: str, *rows: int) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([lines[0], *(lines[row] for row in rows)])


@on_sqlite
@pytest.mark.parametrize("files", [(SHEET, DOWNLOAD), (DOWNLOAD, SHEET)])
@pytest.mark.parametrize("words", [((), ()), (PARIS, PARIS), (PARIS, ()), ((), PARIS), (TOKYO, ())])
async def test_what_came_in_one_way_adds_nothing_in_the_other(
    terminal: Shell, files: tuple[str, str], words: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert await counts_of(terminal, files[0], *words[0]) == (3, 0)
    assert await counts_of(terminal, files[1], *words[1]) == (0, 0)
    longer = files[1] + only(files[1], 3).partition("\n")[2].replace("/2025/07/14", "/2025/07/15").replace(
        "Too slow", "Slow still"
    )
    assert await counts_of(terminal, longer, *words[1]) == (1, 0)


async def test_what_an_earlier_release_imported_adds_nothing(terminal: Shell) -> None:
    assert await counts_of(terminal, IN_UTC) == (3, 0)
    assert await counts_of(terminal, DOWNLOAD) == (0, 0)


@on_sqlite
@pytest.mark.parametrize("first", [DOWNLOAD, SHEET])
async def test_who_says_the_same_an_hour_later_is_another(terminal: Shell, first: str) -> None:
    """An earlier release knew the later of the two as this one knows the first."""
    assert await counts_of(terminal, only(first, 1)) == (1, 0)
    assert await counts_of(terminal, DOWNLOAD) == (2, 0)
    assert await counts_of(terminal, DOWNLOAD) == (0, 0)


@on_sqlite
async def test_who_says_the_same_an_hour_later_is_another_in_a_file_of_newer_answers(terminal: Shell) -> None:
    assert await counts_of(terminal, only(DOWNLOAD, 1)) == (1, 0)
    assert await counts_of(terminal, only(DOWNLOAD, 2)) == (1, 0)
