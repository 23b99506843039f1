"""Imports that meet again: files saved by a spreadsheet, later exports, our own export, and the way back."""

import asyncio
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func
from sqlmodel import col, select

from bot.exporting.answer_file import FileFormat
from bot.importing.options import Options
from bot.importing.outcome import Wanted
from bot.shell.doing import export as exports
from bot.shell.doing.imports import import_file
from storage import migrate
from storage.database.engine import Database
from storage.reports import results
from storage.tables import Answer, ImportChange, Mention, Property, Result, Wave
from tests.importing.kinds import FOLDER
from tests.shell.conftest import Shell

pytestmark = pytest.mark.slow

REPORTS = FOLDER.with_name("reports")
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"DATABASE_URL": database_url})


def written(terminal: Shell, text: str, name: str = "answers.csv") -> str:
    (terminal.folder / name).write_text(text, "utf-8")
    return name


async def data_of(terminal: Shell, file: Path | str, *words: str) -> dict[str, Any]:
    ran = await terminal.nps_bot("import", str(file), "--survey", "Acme", "--json", *words)
    assert (ran.code, ran.err) == (0, "")
    data: dict[str, Any] = json.loads(ran.out)
    return data


async def said(database: Database) -> list[tuple[int, str | None]]:
    async with database.reading() as session:
        found = await session.exec(select(Answer.score, Answer.comment).order_by(col(Answer.score)))
        return list(found)


async def results_are_true(database: Database) -> bool:
    async with database.reading() as session:
        for frozen in await session.exec(select(Result)):
            wave = await session.get_one(Wave, frozen.wave_id)
            if frozen != await results.count(session, wave, None, frozen.frozen_at):
                return False
    return True


@on_sqlite
async def test_ids_that_come_again_on_other_days_are_persons(terminal: Shell, database: Database) -> None:
    panel = FOLDER / "panel_respondent_id_two_quarters.csv"
    found = await data_of(terminal, panel, "--by", "quarter")
    assert (found["imported"], found["nps"], found["ids_name_persons"]) == (2400, 0.0, True)
    assert (await data_of(terminal, panel, "--by", "quarter"))["imported"] == 0
    async with database.reading() as session:
        people = await session.exec(select(func.count(func.distinct(Answer.person))))
        assert people.one() == 1200


@on_sqlite
async def test_a_file_that_a_spreadsheet_saved_again_adds_nothing(terminal: Shell) -> None:
    await data_of(
        terminal,
        written(terminal, "Date,Score,Comment\n2024-10-14 09:10:05,9,fine\n2024-10-15 23:30:59,2,=a\n"),
    )
    saved = written(terminal, "Date;Score;Comment\n14/10/2024 09:10;9;fine \n15/10/2024 23:30;2;'=a\n")
    assert (await data_of(terminal, saved))["imported"] == 0
    assert (await data_of(terminal, saved, "--time-zone", "America/New_York"))["imported"] == 0


@on_sqlite
async def test_rounded_ids_are_told_and_never_double_what_is_there(terminal: Shell) -> None:
    await data_of(terminal, REPORTS / "ids_first.csv")
    ran = await terminal.nps_bot("import", str(REPORTS / "ids_resaved_by_excel.csv"), "--survey", "Acme")
    assert ran.code == 2
    assert "a spreadsheet has rounded the ids (“1.14012E+11”)" in ran.err


@on_sqlite
async def test_a_later_export_of_fewer_columns_is_known_by_the_same_ids(terminal: Shell) -> None:
    whole = (
        "#,How likely are you to recommend us?,Why?,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags\n"
        "k3v9x1q7,9,,completed,2025-01-14 09:10:05,,2025-01-14 09:11:05,n1,\n"
        "p2m8z4w6,3,slow,completed,2025-01-15 09:10:05,,2025-01-15 09:11:05,n2,\n"
    )
    fewer = "#,Submit Date (UTC),Why?,How likely are you to recommend us?\nk3v9x1q7,2025-01-14 09:11:05,since then,9\np2m8z4w6,2025-01-15 09:11:05,slow,3\nt5b1n7c9,2025-01-16 09:11:05,,8\n"
    assert (await data_of(terminal, written(terminal, whole)))["format"] == "typeform"
    found = await data_of(terminal, written(terminal, fewer))
    assert (found["format"], found["imported"], found["updated"]) == ("csv", 1, 1)


PANEL = {
    "first": ("2025-02-03", "9", "3", "8"),
    "second": ("2025-05-05", "4", "3", "10"),
}


def quarters(header: str, clock: str, *names: str) -> str:
    rows = [
        f"{person},{PANEL[name][0]}{clock},{score}"
        for name in names
        for person, score in zip(("c-1001", "c-1002", "c-1003"), PANEL[name][1:], strict=True)
    ]
    return "\n".join([f"{header},Date,Score", *rows, ""])


@on_sqlite
@pytest.mark.parametrize("clock", ["", "T09:10:05.250Z"])
@pytest.mark.parametrize("header", ["ID", "Respondent ID", "Response ID"])
@pytest.mark.parametrize(
    "files",
    [
        [("first",), ("first", "second")],
        [("second",), ("first", "second")],
        [("first",), ("second",), ("second", "first"), ("first",)],
        [("first", "second"), ("first",), ("second",), ("second", "first")],
    ],
)
async def test_a_panel_comes_once_whole_and_quarter_by_quarter(
    terminal: Shell, database: Database, header: str, clock: str, files: list[tuple[str, ...]]
) -> None:
    came = set[str]()
    for names in files:
        await data_of(terminal, written(terminal, quarters(header, clock, *names)))
        came.update(names)
        async with database.reading() as session:
            stored = await session.exec(select(Answer.score))
            assert sorted(stored) == sorted(int(score) for one in came for score in PANEL[one][1:])


async def test_a_later_export_updates_what_it_says_otherwise(terminal: Shell, database: Database) -> None:
    first = (
        "Response ID,Date,Score,Comment,Drivers\nr1xxxx,2024-01-10,9,,Support\nr2xxxx,2024-04-11,3,slow,\n"
    )
    later = "Response ID,Date,Score,Comment,Drivers\nr1xxxx,2024-01-10,9,since then,Support\nr2xxxx,2024-04-11,8,slow,Price\n"
    await data_of(terminal, written(terminal, first), "--by", "quarter")

    found = await data_of(terminal, written(terminal, later, "later.csv"), "--by", "quarter")

    assert (found["imported"], found["updated"]) == (0, 2)
    assert await said(database) == [(8, "slow"), (9, "since then")]
    assert await results_are_true(database)

    undone = await terminal.nps_bot("import", "--undo", "later.csv", "--yes")
    assert undone.out.startswith(
        "Import 2 is taken back: 0 answers of “Acme” are gone, 2 answers are as they were."
    )
    assert await said(database) == [(3, "slow"), (9, None)]
    assert await results_are_true(database)


async def test_the_last_import_is_taken_back_whole(terminal: Shell, database: Database) -> None:
    await data_of(
        terminal, written(terminal, "Date,Score,Plan\n2024-01-10,9,Pro\n2024-01-11,8,Pro\n"), "--by", "month"
    )
    more = "Date,Score,Drivers\n2024-01-20,2,Price\n2024-02-20,3,Support\n"
    await data_of(terminal, written(terminal, more, "more.csv"), "--by", "month")
    listed = await terminal.nps_bot("import", "--list")
    assert [line[:3] for line in listed.out.splitlines()] == ["2: ", "1: "]

    asked = await terminal.nps_bot("import", "--undo")
    assert asked.code == 1  # nobody said yes
    ran = await terminal.nps_bot("import", "--undo", "--yes")

    assert "2 answers of “Acme” are gone. Counted again: 2024-01, 2024-02." in ran.out
    assert await said(database) == [(8, None), (9, None)]
    assert await results_are_true(database)
    async with database.reading() as session:
        assert [wave.label for wave in await session.exec(select(Wave))] == ["2024-01"]
        assert list(await session.exec(select(Mention))) == []
        assert list(await session.exec(select(ImportChange))) == []
    await terminal.nps_bot("import", "--undo", "--yes")
    async with database.reading() as session:
        assert [list(await session.exec(select(table))) for table in (Answer, Property, Wave, Result)] == [
            []
        ] * 4
    nothing = await terminal.nps_bot("import", "--undo", "--yes")
    assert (nothing.code, nothing.err[:32]) == (2, "No import can be taken back: `np")


@on_sqlite
async def test_what_a_later_import_changed_is_not_taken_from_under_it(terminal: Shell) -> None:
    await data_of(terminal, written(terminal, "Response ID,Score\nr1xxxx,9\n"))
    await data_of(terminal, written(terminal, "Response ID,Score\nr1xxxx,2\n", "later.csv"))
    ran = await terminal.nps_bot("import", "--undo", "answers.csv", "--yes")
    assert (ran.code, ran.err) == (
        2,
        "A later import has changed 1 of its answers: take that one back first.\n",
    )


@on_sqlite
@pytest.mark.parametrize("file_format", ["csv", "json", "xlsx"])
async def test_our_own_export_adds_nothing_where_it_came_from(terminal: Shell, file_format: str) -> None:
    file = FOLDER / "typeform_opinion_scale_hidden_fields.csv"
    await data_of(terminal, file, "--by", "month", "--time-zone", "America/New_York")
    await terminal.nps_bot(
        "export", "--survey", "Acme", "--format", file_format, "--out", f"ours.{file_format}"
    )
    found = await data_of(terminal, f"ours.{file_format}")
    assert (found["imported"], found["skipped"], found["bad_rows"]) == (0, 11, 0)


@on_sqlite
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
async def test_our_own_export_adds_nothing_wherever_the_survey_lives(terminal: Shell, zone: str) -> None:
    rows = "Date,Score\n2025-01-14 17:10:05,9\n2025-01-15 03:30:00,3\n"
    await data_of(terminal, written(terminal, rows), "--time-zone", zone)
    await terminal.nps_bot("export", "--survey", "Acme", "--out", "own.csv")
    assert (await data_of(terminal, "own.csv"))["imported"] == 0
    assert (await data_of(terminal, "own.csv", "--time-zone", "UTC"))["imported"] == 0


@on_sqlite
async def test_the_day_in_an_export_is_that_where_the_survey_lives(terminal: Shell) -> None:
    late = written(
        terminal, "Date (UTC),Score\n2024-11-03 05:30:00,9\n2024-11-04 03:30:00,8\n2024-07-02 03:30:00,7\n"
    )
    await data_of(terminal, late, "--time-zone", "America/New_York")
    ran = await terminal.nps_bot("export", "--survey", "Acme", "--for", "excel")
    rows = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff")), delimiter=";"))
    # Within a day by what was said: the order tells no more.
    assert [(row["date"], row["answered_at"]) for row in rows] == [
        ("2024-07-01", "2024-07-01T23:30:00-04:00"),
        ("2024-11-03", "2024-11-03T22:30:00-05:00"),
        ("2024-11-03", "2024-11-03T01:30:00-04:00"),
    ]


comments = st.lists(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\t"), max_size=40
    )
    | st.text(alphabet="'=+-@\t\n ＠－a", max_size=6),  # noqa: RUF001 - a Japanese keyboard's signs
    min_size=1,
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=8)
@given(comments=comments)
def test_export_import_export_is_stable_for_any_comment(tmp_path: Path, comments: list[str]) -> None:
    asyncio.run(_around(tmp_path, comments))


async def _around(folder: Path, comments: list[str]) -> None:
    database_file = folder / "around.db"
    database_file.unlink(missing_ok=True)
    url = f"sqlite:///{database_file}"
    await asyncio.to_thread(migrate.upgrade, url)
    database = Database(url)
    try:
        first, again = folder / "first.csv", folder / "again.csv"
        rows = [["wave", "date", "score", "category", "comment", "drivers"]]
        rows += [["Imported", "2024-01-10", "9", "promoter", f"'{one}", ""] for one in comments]
        with (folder / "given.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        wanted = Wanted("One", own_waves=True)
        await import_file.run(database, folder / "given.csv", Options(), wanted)
        await exports.write(database, "One", FileFormat.CSV, first)
        found = await import_file.run(database, first, Options(), wanted)
        assert isinstance(found.data, dict)
        assert found.data["imported"] == 0
        await import_file.run(database, first, Options(), Wanted("Two", own_waves=True))
        await exports.write(database, "Two", FileFormat.CSV, again)
        assert again.read_bytes() == first.read_bytes()
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (
            "Score,Comment,Date\n9,,2024-01-10\n9,,2024-01-10\n3,slow,2024-01-10\n",
            "Score,Comment,Date,Time\n9,,2024-01-10,09:10\n9,,2024-01-10,2:30 PM\n3,slow,2024-01-10,23:59\n",
        ),
        (
            "Score,Comment,Day\n9,,14\n9,,14\n3,slow,15\n",
            "Score,Comment,Day,Month,Year\n9,,14,1,2024\n9,,14,1,2024\n3,slow,15,1,2024\n",
        ),
        (
            "Score,Comment,Date\n9,,2024-01-10 09:10\n9,,2024-01-10 09:10\n3,slow,2024-01-10 23:59\n",
            "Score,Comment,Date,UTC Offset\n9,,2024-01-10 09:10,-5\n9,,2024-01-10 09:10,-5\n3,slow,2024-01-10 23:59,1\n",
        ),
        (
            "Score,Comment,Date,Time zone\n9,,2024-01-10 09:10,EST\n9,,2024-01-10 09:10,EST\n3,slow,2024-01-10 23:59,MST\n",
            "Score,Comment,Date (UTC),Time zone\n9,,2024-01-10 09:10,EST\n9,,2024-01-10 09:10,EST\n3,slow,2024-01-10 23:59,MST\n",
        ),
    ],
)
async def test_what_came_before_its_date_was_joined_adds_nothing_after(
    terminal: Shell, before: str, now: str
) -> None:
    """Without the joined columns, or with others, a file is read as one with them was before."""
    zone = ("--time-zone", "Europe/Paris")
    assert (await data_of(terminal, written(terminal, before), *zone))["imported"] == 3
    found = await data_of(terminal, written(terminal, now), *zone)
    assert (found["imported"], found["updated"], found["skipped"]) == (0, 0, 3)
    assert (await data_of(terminal, written(terminal, now.replace("3,slow", "4,slow")), *zone))[
        "imported"
    ] == 1


@on_sqlite
async def test_two_halves_of_one_day_are_told_apart_by_their_clocks(terminal: Shell) -> None:
    header = "Score,Date,Time\n"
    morning = written(terminal, f"{header}9,2024-01-10,09:10\n9,2024-01-10,10:10\n")
    assert (await data_of(terminal, morning))["imported"] == 2
    assert (await data_of(terminal, morning))["imported"] == 0
    afternoon = written(terminal, f"{header}9,2024-01-10,15:10\n9,2024-01-10,16:10\n")
    assert (await data_of(terminal, afternoon))["imported"] == 2
