"""`nps-bot about`, `forget`, `purge` and `scrub`: people's rights, in the operator's hands."""

import contextlib
import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from storage.answers import record_reason, store_taps
from storage.database.engine import Database
from storage.privacy.emptied import emptied
from storage.tables import Answer, Invitation, Result
from storage.waves.closing import close_wave
from tests.builders import WORKSPACE, a_stored_survey, a_tap, a_wave, invitations_of
from tests.shell.conftest import Shell

SAID = {"U0ANNA": 9, "U0BEN": 3}
NOW = datetime.now(UTC)


@pytest.fixture
async def books(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def waves_of_old(books: Database) -> None:
    """A wave that closed three years ago, and one of last week."""
    async with books.writing() as session:
        survey = await a_stored_survey(session)
        for then in (NOW - timedelta(days=3 * 365), NOW - timedelta(days=7)):
            wave = await a_wave(session, tuple(SAID), survey=survey, opens_at=then - timedelta(days=1))
            for user, asked in (await invitations_of(session, wave)).items():
                asked.delivered_at = then
                await store_taps(session, [a_tap(asked, SAID[user])], then - timedelta(hours=1))
                words = f"words of {user}"
                await record_reason(session, asked.id, WORKSPACE, user, words, (), then - timedelta(hours=1))
            await close_wave(session, wave.id, then)


def in_files(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("nps.db*"))


async def scores(database: Database) -> list[int]:
    async with database.reading() as session:
        return sorted((await session.exec(select(Answer.score))).all())


async def people(database: Database) -> list[str]:
    async with database.reading() as session:
        return sorted((await session.exec(select(Invitation.user_id))).all())


async def results(database: Database) -> list[tuple[int, int]]:
    async with database.reading() as session:
        return [(row.promoters, row.detractors) for row in (await session.exec(select(Result))).all()]


@pytest.mark.usefixtures("waves_of_old")
async def test_forget_says_first_what_would_go(shell: Shell, books: Database) -> None:
    ran = await shell.nps_bot("forget", "U0ANNA", "--dry-run")
    assert ran.out == (
        "Would erase 2 questions, 0 answers in open waves, 2 answers in closed waves, 2 comments. Nothing was erased.\n"
    )
    assert await scores(books) == [3, 3, 9, 9]
    asked = await shell.nps_bot("forget", "U0ANNA")
    assert asked.code == 2
    assert "This erases 2 questions" in asked.err
    assert await scores(books) == [3, 3, 9, 9]


@pytest.mark.usefixtures("waves_of_old")
async def test_forget_erases_one_person_and_no_number(shell: Shell, books: Database, tmp_path: Path) -> None:
    before = await results(books)
    await books.close()
    ran = await shell.nps_bot("forget", "U0ANNA", "--yes", "--json")
    assert json.loads(ran.out) == {
        "user": "U0ANNA",
        "questions": 2,
        "answers_in_open_waves": 0,
        "answers_in_closed_waves": 2,
        "comments": 2,
        "imported_answers": 0,
        "erased": True,
        "conversations_sealed": 0,
    }
    files = in_files(tmp_path)
    assert b"U0ANNA" not in files
    assert b"words of U0BEN" in files
    assert await scores(books) == [3, 3]
    assert await results(books) == before
    again = await shell.nps_bot("forget", "U0ANNA", "--yes")
    assert again.out.startswith("Erased 0 questions")


async def test_forget_knows_an_address_however_it_is_written(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(
        "Date,Score,Comment,Email\n2026-01-05,3,slow,JOSÉ.Ruiz@example.com\n2026-01-05,9,,ann@example.com\n"
    )
    assert (await shell.nps_bot("import", str(file), "--survey", "Acme")).code == 0

    about = json.loads((await shell.nps_bot("about", "josé.ruiz@example.com")).out)
    assert [one["comment"] for one in about["imported_answers"]] == ["slow"]
    erased = await shell.nps_bot("forget", " josé.RUIZ@example.com", "--yes", "--json")
    assert json.loads(erased.out)["imported_answers"] == 1
    assert b"Ruiz" not in in_files(tmp_path)
    again = await shell.nps_bot("forget", "josé.ruiz@example.com", "--yes")
    assert again.out == "No imported answer names josé.ruiz@example.com: there is nothing to erase.\n"


@pytest.mark.usefixtures("waves_of_old")
async def test_forget_leaves_it_to_the_clock_where_somebody_reads(
    shell: Shell, books: Database, tmp_path: Path
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "nps.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM answers").fetchone()
        ran = await shell.nps_bot("forget", "U0ANNA", "--yes")
    assert ran.out.endswith(
        "Traces may be left in the database's files: stop nps-bot and run nps-bot scrub.\n"
    )
    async with books.reading() as session:
        assert len(await emptied(session)) == 1
    assert (await shell.nps_bot("scrub")).code == 0
    async with books.reading() as session:
        assert await emptied(session) == []


@pytest.mark.usefixtures("waves_of_old")
async def test_purge_erases_what_is_old_and_no_number(shell: Shell, books: Database) -> None:
    before = await results(books)
    told = await shell.nps_bot("purge", "--older-than", "2y", "--dry-run")
    assert told.out == "Would erase 2 answers (2 comments) and 2 names in 1 wave. Nothing was erased.\n"
    assert await scores(books) == [3, 3, 9, 9]
    await books.close()

    ran = await shell.nps_bot("purge", "--older-than", "2y", "--yes")

    assert ran.out == (
        "Erased 2 answers (2 comments) and 2 names in 1 wave. The results stay. Backups made before hold it still. "
        "Nothing is left of it in the database's files.\n"
    )
    assert await scores(books) == [3, 9]
    assert await people(books) == ["U0ANNA", "U0BEN"]
    assert await results(books) == before
    again = await shell.nps_bot("purge", "--older-than", "2y", "--yes")
    assert again.out.startswith("Erased 0 answers (0 comments) and 0 names in 0 waves.")


@pytest.mark.usefixtures("waves_of_old")
async def test_purge_keeps_names_while_the_quarantine_lasts(shell: Shell, books: Database) -> None:
    """They would be asked too soon: names go once the ninety days are over."""
    await shell.nps_bot("purge", "--older-than", "5d", "--yes")
    assert await scores(books) == []
    assert await people(books) == ["U0ANNA", "U0BEN"]


async def test_an_age_that_is_none_is_refused(shell: Shell) -> None:
    ran = await shell.nps_bot("purge", "--older-than", "soon")
    assert (ran.code, ran.err) == (2, "“soon” is no age: write 90d, 26w, 18m or 2y.\n")


@pytest.mark.usefixtures("waves_of_old")
async def test_about_writes_all_that_is_kept(shell: Shell, tmp_path: Path) -> None:
    told = json.loads((await shell.nps_bot("about", "U0ANNA")).out)
    assert [one["answer"]["score"] for one in told["questions"]] == [9, 9]
    ran = await shell.nps_bot("about", "U0ANNA", "--out", "anna.json")
    assert ran.out == "All that is kept about U0ANNA written to anna.json.\n"
    assert json.loads((tmp_path / "anna.json").read_text()) == told | {
        "written_at": json.loads((tmp_path / "anna.json").read_text())["written_at"]
    }
    assert (tmp_path / "anna.json").stat().st_mode & 0o777 == 0o600
    assert (await shell.nps_bot("about", "U0ANNA", "--out", "no/such/folder")).code == 2


async def test_scrub_says_what_it_did(shell: Shell) -> None:
    ran = await shell.nps_bot("scrub")
    assert ran.out == "Nothing is left in the database's files of what was erased.\n"


async def test_the_notice_is_printed_in_each_language(shell: Shell) -> None:
    said = (await shell.nps_bot("privacy")).out
    assert said.startswith("What I keep\n• Of you: your Slack id")
    assert "You get at most one question in 90 days." in said
    assert "Ce que je garde" in (await shell.nps_bot("privacy", "--language", "fr")).out
