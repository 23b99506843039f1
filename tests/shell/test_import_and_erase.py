"""A file that is imported again after somebody in it was erased: they stay erased, and nobody else is doubled."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from storage.database.engine import Database
from storage.tables import Answer
from tests.shell.conftest import Shell
from tests.shell.test_import_again import data_of, results_are_true, written

pytestmark = pytest.mark.slow

ROWS = (
    "2025-01-10,9,good,anna@x.com,Pro\n2025-02-11,3,slow,ben@x.com,Free\n2025-03-12,8,fine,cleo@x.com,Pro\n"
)
PEOPLE = "Date,Score,Comment,Email,Plan\n" + ROWS
WITH_IDS = "Response ID,Date,Score,Comment,Email,Plan\n" + "".join(
    f"response{number},{row}\n" for number, row in enumerate(ROWS.splitlines())
)
PLANS = "Date,Score,Plan\n2025-01-10,9,Pro\n2025-02-11,3,Free\n2025-03-12,8,Pro\n"


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"DATABASE_URL": database_url})


async def stands(database: Database) -> list[tuple[int, str | None, str | None]]:
    async with database.reading() as session:
        columns = select(Answer.score, Answer.comment, Answer.person).order_by(col(Answer.score))
        return list(await session.exec(columns))


@pytest.mark.parametrize("file", [PEOPLE, WITH_IDS])
async def test_who_was_erased_stays_so_when_the_file_comes_again(
    terminal: Shell, database: Database, file: str
) -> None:
    await data_of(terminal, written(terminal, file))
    for one in ("anna@x.com", "ben@x.com"):
        assert (await terminal.nps_bot("forget", one, "--yes")).code == 0

    found = await data_of(terminal, written(terminal, file))

    assert (found["imported"], found["updated"], found["ids_name_persons"]) == (0, 0, False)
    assert await stands(database) == [(3, None, None), (8, "fine", "cleo@x.com"), (9, None, None)]
    assert await results_are_true(database)


@pytest.mark.parametrize(("file", "words"), [(PEOPLE, ()), (WITH_IDS, ()), (PLANS, ("--property", "Plan"))])
async def test_so_does_what_was_purged(
    terminal: Shell, database: Database, file: str, words: tuple[str, ...]
) -> None:
    await data_of(terminal, written(terminal, file), *words)
    assert (await terminal.nps_bot("purge", "--older-than", "1d", "--yes")).code == 0

    found = await data_of(terminal, written(terminal, file), *words)

    assert (found["imported"], found["updated"], found["ids_name_persons"]) == (0, 0, False)
    assert await stands(database) == [(3, None, None), (8, None, None), (9, None, None)]


async def test_an_answer_of_another_still_changes_under_its_id(terminal: Shell, database: Database) -> None:
    await data_of(terminal, written(terminal, WITH_IDS))
    await terminal.nps_bot("forget", "ben@x.com", "--yes")

    later = WITH_IDS.replace(",8,fine,", ",10,better,").replace(",3,slow,", ",0,worse,")
    found = await data_of(terminal, written(terminal, later, "later.csv"))

    assert (found["imported"], found["updated"]) == (0, 1)
    assert await stands(database) == [
        (3, None, None),
        (9, "good", "anna@x.com"),
        (10, "better", "cleo@x.com"),
    ]
