"""What was carried over from another service, read in Slack."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.importing.foreign_file import open_export
from bot.importing.outcome import Imported, Wanted
from bot.importing.periods import Period
from bot.importing.run import import_answers
from storage.database.engine import Database
from storage.tables import Answer, Run
from tests.journeys.office import ALICE, GENERAL, MAYA, Office, office_with

pytestmark = pytest.mark.slow

ROWS = "Date,Score\n2025-08-01,3\n2025-09-01,9\n2025-10-14,10\n2025-11-02,9\n2025-12-01,7\n"


async def carried_over(database: Database, folder: Path, name: str = "Acme") -> Imported:
    file = folder / "answers.csv"
    file.write_text(ROWS, "utf-8")
    wanted = Wanted(name, by=Period.QUARTER)
    return await import_answers(database, open_export(file), wanted, datetime.now(UTC), lambda _: None)


async def test_the_card_shows_the_newest_imported_wave_beside_the_one_before(
    office: Office, tmp_path: Path
) -> None:
    await carried_over(office.books, tmp_path)

    card = await office.command(ALICE, "Acme")

    assert "Acme: NPS +67" in card
    assert "2025-Q4, closed on December 1, 2025" in card
    assert "\n3 answers\n" in card
    assert "+67 since 2025-Q3 (0)" in card
    assert "3 answers" in await office.command(ALICE, "list")


async def test_an_imported_survey_has_no_digest_however_the_weeks_go(office: Office, tmp_path: Path) -> None:
    await carried_over(office.books, tmp_path)

    for _ in range(3):
        office.clock.forward(days=7)
        await office.tick()

    assert office.slack.messages(GENERAL) == []
    assert await office.rows(Run) == []


async def test_a_wave_asked_after_the_import_is_the_first_and_stands_beside_what_was_imported(
    office: Office, tmp_path: Path
) -> None:
    await office.a_survey()
    await carried_over(office.books, tmp_path)
    await office.command(MAYA, "open Acme")
    await office.tick()
    await office.answer({ALICE: 10})

    card = await office.command(ALICE, "Acme")

    assert "Wave 1, open until" in card
    assert "1 of 4 answered (25%)" in card
    assert "2025-Q4, closed on December 1, 2025: NPS +67" in card


async def test_an_imported_survey_that_nobody_can_be_asked_for_says_so(
    office: Office, tmp_path: Path
) -> None:
    await carried_over(office.books, tmp_path)

    assert "nobody" in (await office.command(MAYA, "open Acme")).lower()


async def test_what_was_imported_before_slack_was_connected_is_there_once_it_is(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    await carried_over(database, tmp_path)

    async with office_with(database_url) as office:
        assert "Acme: NPS +67" in await office.command(ALICE, "")
        assert {row.workspace_id for row in await office.rows(Answer)} == {office.slack.team_id}


async def test_the_digest_of_a_survey_that_asks_again_leaves_imported_answers_out_of_the_week(
    office: Office, tmp_path: Path
) -> None:
    await office.a_survey()
    await carried_over(office.books, tmp_path)
    await office.command(MAYA, "open Acme")
    await office.tick()
    await office.answer({ALICE: 10})
    office.clock.forward(days=7)
    await office.tick()

    (digest,) = office.slack.messages(GENERAL)
    assert "1 new answer." in digest.text
    assert office.clock.now - timedelta(days=7) > datetime(2025, 12, 1, tzinfo=UTC)
