"""LimeSurvey and Microsoft Forms number their answers 1, 2, 3: a later export changes them, and nothing else does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database.engine import Database
from tests.importing.files import table
from tests.shell.conftest import Shell
from tests.shell.test_import_again import on_sqlite, results_are_true, said
from tests.shell.test_import_google import counts_of

pytestmark = pytest.mark.slow

ASKED = "How likely are you to recommend us?"
DAY = "2025-01-14"

Write = Callable[..., str]


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"DATABASE_URL": database_url})


def limesurvey(*rows: tuple[int, str, int, str]) -> str:
    header = ("Response ID", "Date submitted", "Last page", "Start language", "Seed", ASKED, "Why?")
    return table([header, *((number, at, 2, "en", 7, *answer) for number, at, *answer in rows)])


def microsoft_forms(*rows: tuple[int, str, int, str]) -> str:
    header = ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", ASKED, "Warum?")
    return table([header, *((number, at, at, "anonymous", "", *answer) for number, at, *answer in rows)])


def fewer_columns(*rows: tuple[int, str, int, str]) -> str:
    return table([("ID", "Date", ASKED, "Why?"), *rows])


def without_number(*rows: tuple[int, str, int, str]) -> str:
    return table([("Date", ASKED, "Why?"), *(row[1:] for row in rows)])


FIRST = (1, f"{DAY} 09:10:05", 9, ""), (2, f"{DAY} 09:11:05", 3, "slow"), (3, f"{DAY} 09:11:07", 3, "slow")
LATER = (
    (1, f"{DAY} 09:10:05", 9, "since then"),
    (2, f"{DAY} 09:11:05", 8, "slow"),
    FIRST[2],
    (4, f"{DAY} 09:12:05", 10, ""),
)
NOW = [(3, "slow"), (8, "slow"), (9, "since then"), (10, None)]
services = pytest.mark.parametrize("service", [limesurvey, microsoft_forms])


@services
async def test_a_later_export_changes_the_answers_of_its_numbers(
    terminal: Shell, database: Database, service: Write
) -> None:
    assert await counts_of(terminal, service(*FIRST)) == (3, 0)
    assert await counts_of(terminal, service(*FIRST), "--time-zone", "Asia/Tokyo") == (0, 0)
    assert await counts_of(terminal, service(*LATER)) == (1, 2)
    assert await said(database) == NOW
    assert await results_are_true(database)


@services
@pytest.mark.parametrize("before", [without_number, fewer_columns])
async def test_what_came_without_its_number_adds_nothing_and_changes_from_then_on(
    terminal: Shell, database: Database, service: Write, before: Write
) -> None:
    """Earlier releases knew all numbered rows by what they say, as this one knows rows of no known service."""
    assert await counts_of(terminal, before(*FIRST)) == (3, 0)
    assert await counts_of(terminal, service(*FIRST)) == (0, 0)
    assert await counts_of(terminal, service(*LATER)) == (1, 2)
    assert await said(database) == NOW
    assert await results_are_true(database)


@on_sqlite
@services
async def test_a_later_export_of_fewer_columns_has_the_same_numbers(
    terminal: Shell, database: Database, service: Write
) -> None:
    assert await counts_of(terminal, service(*FIRST)) == (3, 0)
    assert await counts_of(terminal, fewer_columns(*LATER)) == (1, 2)
    assert await said(database) == NOW


@on_sqlite
@services
async def test_two_forms_that_number_alike_leave_each_other_alone(
    terminal: Shell, database: Database, service: Write
) -> None:
    others = ((1, f"{DAY} 09:20:05", 0, "no"), (2, f"{DAY} 09:21:05", 1, "no"))
    assert await counts_of(terminal, service(*FIRST)) == (3, 0)
    assert await counts_of(terminal, service(*others)) == (2, 0)
    assert await said(database) == [(0, "no"), (1, "no"), (3, "slow"), (3, "slow"), (9, None)]


@on_sqlite
async def test_the_number_of_a_row_is_no_id(terminal: Shell) -> None:
    assert await counts_of(terminal, fewer_columns(*FIRST)) == (3, 0)
    sorted_again = [(number, *row[1:]) for number, row in enumerate(reversed(FIRST), 1)]
    assert await counts_of(terminal, fewer_columns(*sorted_again)) == (0, 0)
