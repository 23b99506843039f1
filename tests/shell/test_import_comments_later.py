"""A file came without its comments, or an earlier release took none of its columns for them: they are added."""

from pathlib import Path

import pytest

from storage.database.engine import Database
from tests.importing.files import table
from tests.shell.conftest import Shell
from tests.shell.test_import_again import on_sqlite, results_are_true, said
from tests.shell.test_import_google import counts_of

pytestmark = pytest.mark.slow

# Who wrote something came in one minute with who wrote nothing.
ROWS = [
    ("2025-01-14 09:10:05", 9, "kind people"),
    ("2025-01-14 09:10:09", 9, ""),
    ("2025-01-14 09:12:05", 3, "slow"),
    ("2025-01-15 09:12:05", 8, ""),
    ("2025-01-16 09:12:05", 7, "dear"),
]
WITH = table([("Date", "Score", "Comment"), *ROWS])
WITHOUT = table([("Date", "Score"), *(row[:2] for row in ROWS)])
NOW = [(3, "slow"), (7, "dear"), (8, None), (9, "kind people"), (9, None)]


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"DATABASE_URL": database_url})


async def test_comments_that_come_later_are_added_to_their_answers(
    terminal: Shell, database: Database
) -> None:
    assert await counts_of(terminal, WITHOUT) == (5, 0)
    assert await counts_of(terminal, WITH) == (0, 3)
    assert sorted(await said(database), key=str) == sorted(NOW, key=str)
    assert await results_are_true(database)
    assert await counts_of(terminal, WITH) == (0, 0)


@on_sqlite
async def test_a_later_export_with_comments_has_new_answers_too(terminal: Shell, database: Database) -> None:
    longer = WITH + "2025-01-17 09:12:05,0,bad\n"
    assert await counts_of(terminal, WITHOUT) == (5, 0)
    assert await counts_of(terminal, longer) == (1, 3)
    assert (0, "bad") in await said(database)


@on_sqlite
@pytest.mark.parametrize("header", ["Date", "Group"])
async def test_a_day_and_a_score_are_those_of_many(terminal: Shell, header: str) -> None:
    days = table([(header, "Score", "Comment"), *(("2025-01-14", *row[1:]) for row in ROWS)])
    alone = table([(header, "Score"), *(("2025-01-14", row[1]) for row in ROWS)])
    assert await counts_of(terminal, alone) == (5, 0)
    assert await counts_of(terminal, days) == (3, 0)


@on_sqlite
async def test_who_says_more_in_the_minute_of_who_said_nothing_is_another(terminal: Shell) -> None:
    said_nothing = table([("Date", "Score", "Comment"), *(row for row in ROWS if not row[2])])
    assert await counts_of(terminal, said_nothing) == (2, 0)
    assert await counts_of(terminal, WITH) == (3, 0)
    assert await counts_of(terminal, WITH) == (0, 0)
