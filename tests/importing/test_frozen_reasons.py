"""What was ticked in imported answers is frozen with their wave, so that no report looks through the answers again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.importing.foreign_file import open_export
from bot.importing.outcome import Wanted
from bot.importing.run import import_answers
from storage.database.engine import Database
from storage.reports import results
from storage.tables import ReasonCount, Result

HEADER = "Id,Score,Drivers\n"
FIRST = "r1,9,Support; Reputation\nr2,9,\nr3,3,Support\nr4,9,Reputation; Support\n"
LATER = "r5,3,Support\nr6,10,\n"


async def carried_over(
    database: Database, folder: Path, rows: str
) -> tuple[list[ReasonCount] | None, list[ReasonCount]]:
    """Import these rows; return what the wave's result keeps of the reasons, and what counting them again gives."""
    file = folder / "answers.csv"
    file.write_text(HEADER + rows, "utf-8")
    wanted = Wanted("Acme", label="Autumn")
    await import_answers(database, open_export(file), wanted, datetime.now(UTC), lambda _: None)
    async with database.reading() as session:
        (result,) = (await session.exec(select(Result))).all()
        return result.reasons, await results.reasons(session, result.wave_id)


async def test_they_are_those_of_the_answers(database: Database, tmp_path: Path) -> None:
    frozen, counted = await carried_over(database, tmp_path, FIRST)

    assert frozen == [[3, ["support"], 1], [9, [], 1], [9, ["reputation", "support"], 2]]
    assert counted == frozen


async def test_they_are_frozen_again_when_answers_join_the_wave(database: Database, tmp_path: Path) -> None:
    await carried_over(database, tmp_path, FIRST)

    frozen, counted = await carried_over(database, tmp_path, FIRST + LATER)

    assert frozen == [[3, ["support"], 2], [9, [], 1], [9, ["reputation", "support"], 2], [10, [], 1]]
    assert counted == frozen


async def test_too_many_for_a_row_stay_with_the_answers(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "MOST_REASONS", 2)

    frozen, counted = await carried_over(database, tmp_path, FIRST)

    assert frozen is None
    assert len(counted) == 3
