"""`nps-bot import`: whole files into closed waves, or nothing at all."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import SQLModel, select

from storage import waves
from storage.answers import store_taps
from storage.database.engine import Database
from storage.exporting import given_answers
from storage.reports import results
from storage.surveys import every_survey
from storage.tables import Answer, Mention, Result, Survey, Wave
from storage.waves.closing import close_wave
from tests.builders import MONDAY, a_stored_survey, a_tap, a_wave, invitations_of
from tests.importing.files import EXPORTS
from tests.shell.conftest import Shell
from tests.shell.warm import Ran

pytestmark = pytest.mark.slow

EXPECTED: dict[str, dict[str, Any]] = json.loads((EXPORTS / "expected.json").read_text("utf-8"))
TWO_QUARTERS = "Date,Score,Comment\n2024-03-31,9,fine\n2024-04-01,3,slow\n2024-05-01,10,\n"


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Shell:
    """A terminal that knows no Slack and has a database that no app has ever used."""
    return Shell(tmp_path, {"DATABASE_URL": database_url})


on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def carry_over(terminal: Shell, file: Path | str, *words: str) -> Ran:
    return await terminal.nps_bot("import", str(file), "--survey", "Acme", *words)


async def data_of(terminal: Shell, file: Path | str, *words: str) -> dict[str, Any]:
    ran = await carry_over(terminal, file, "--json", *words)
    assert (ran.code, ran.err) == (0, "")
    data: dict[str, Any] = json.loads(ran.out)
    return data


def written(terminal: Shell, text: str, name: str = "answers.csv") -> Path:
    (terminal.folder / name).write_text(text, "utf-8")
    return terminal.folder / name


def interrupted_import(terminal: Shell) -> tuple[Ran, list[Path]]:
    """Import and press Ctrl-C once the file is being read; return also where the system lists those who read it."""
    # Tests that a shell runs in the background ignore Ctrl-C, and what they start would too.
    hears = ("env", "--default-signal=INT")
    with subprocess.Popen(  # noqa: S603 - the words are ours
        [*hears, sys.executable, "-m", "bot", "import", "answers.csv", "--survey", "Acme"],
        cwd=terminal.folder,
        env=terminal.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        begun = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not (readers := begun.read_text("utf-8").split()):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    return Ran(process.returncode, out, err), [Path("/proc", reader) for reader in readers]


async def counted(database: Database) -> dict[str, int]:
    """Say how many rows stand in each table that an import writes to."""
    tables: tuple[type[SQLModel], ...] = (Survey, Wave, Answer, Mention, Result)
    async with database.reading() as session:
        return {
            str(table.__tablename__): (await session.exec(select(func.count()).select_from(table))).one()
            for table in tables
        }


@on_sqlite
@pytest.mark.parametrize("name", EXPECTED)
async def test_each_sample_is_carried_over_with_its_known_totals(terminal: Shell, name: str) -> None:
    expected = EXPECTED[name]
    found = await data_of(terminal, EXPORTS / name)
    assert found["nps"] == pytest.approx(expected["nps"], abs=1e-6)
    assert (found["imported"], found["no_score"]) == (expected["n"], expected["no_score"])
    assert found["rows"] == found["imported"] + found["skipped"] + found["no_score"]
    for category in ("promoters", "passives", "detractors"):
        assert found[category] == expected[category] == found["waves"][0][category]


async def test_the_same_file_twice_adds_nothing(terminal: Shell, database: Database) -> None:
    first = await data_of(terminal, EXPORTS / "surveymonkey_two_header_rows.csv")
    stood = await counted(database)
    again = await data_of(terminal, EXPORTS / "surveymonkey_two_header_rows.csv")

    assert stood == {"surveys": 1, "waves": 1, "answers": 11, "mentions": 15, "results": 1}
    assert await counted(database) == stood
    assert (again["imported"], again["skipped"]) == (0, first["imported"] + first["skipped"])
    assert (again["nps"], again["waves"]) == (first["nps"], first["waves"])


@on_sqlite
async def test_the_same_file_cut_otherwise_adds_nothing_either(terminal: Shell, database: Database) -> None:
    await carry_over(terminal, EXPORTS / "delighted.csv", "--by", "month")
    stood = await counted(database)

    await carry_over(terminal, EXPORTS / "delighted.csv", "--wave", "Another")

    assert await counted(database) == stood


@on_sqlite
async def test_a_longer_export_adds_its_new_rows_and_the_result_is_frozen_again(terminal: Shell) -> None:
    await carry_over(terminal, written(terminal, TWO_QUARTERS), "--by", "quarter")

    more = written(terminal, TWO_QUARTERS + "2024-05-02,10,\n2024-05-02,10,\n")
    found = await data_of(terminal, more, "--by", "quarter")

    assert (found["imported"], found["skipped"]) == (2, 3)
    quarters = [(one["wave"], one["responses"], one["nps"]) for one in found["waves"]]
    assert quarters == [("2024-Q1", 1, 100.0), ("2024-Q2", 4, 50.0)]
    assert found["waves"][1]["to"] == "2024-05-02T00:00:00+00:00"


@on_sqlite
async def test_a_frozen_result_says_what_stands_in_its_wave_however_often_files_overlap(
    terminal: Shell, database: Database
) -> None:
    for more in ("", "2024-05-02,10,good\n", "2024-06-02,8,\n"):
        await carry_over(terminal, written(terminal, TWO_QUARTERS + more), "--by", "quarter")

        async with database.reading() as session:
            for frozen in await session.exec(select(Result)):
                wave = await session.get_one(Wave, frozen.wave_id)
                assert frozen == await results.count(session, wave, None, frozen.frozen_at)


@on_sqlite
async def test_two_people_who_said_the_same_are_two(terminal: Shell, database: Database) -> None:
    alike = written(terminal, "Score,Comment\n9,fine\n9,fine\n8,\n8,\n")
    assert (await data_of(terminal, alike))["imported"] == 4
    assert (await data_of(terminal, alike))["imported"] == 0
    assert (await counted(database))["answers"] == 4


@on_sqlite
async def test_an_id_that_comes_again_in_the_file_is_one_answer_in_every_figure(terminal: Shell) -> None:
    once = "".join(f"r{row},9\n" for row in range(1000))  # an id that repeats sooner is taken for none
    twice = written(terminal, f"Response ID,Score\n{once}r1,2\nr1000,3\nr1001,\nr1000,3\n")

    for imported in (1001, 0):
        found = await data_of(terminal, twice)

        assert (found["rows"], found["imported"], found["no_score"]) == (1004, imported, 1)
        assert (found["promoters"], found["passives"], found["detractors"]) == (1000, 0, 1)
        assert found["waves"][0]["responses"] == 1001
    assert "2 left out: the same id again.\n" in (await carry_over(terminal, twice)).out


@on_sqlite
async def test_the_figures_are_those_that_stand_when_a_known_row_says_something_else(terminal: Shell) -> None:
    await carry_over(terminal, written(terminal, "Response ID,Score\nr1,9\nr2,3\n"))

    found = await data_of(terminal, written(terminal, "Response ID,Score\nr1,2\nr2,3\nr4,8\n"))

    assert (found["imported"], found["updated"], found["skipped"]) == (1, 1, 2)
    assert (found["promoters"], found["passives"], found["detractors"]) == (0, 1, 2)


async def test_a_large_file_goes_in_whole_and_twice_adds_nothing(terminal: Shell, database: Database) -> None:
    rows = "".join(f"2024-{1 + row % 12:02}-03 09:10,{row % 11},why {row},Support\n" for row in range(33_000))
    large = written(terminal, "Date,Score,Comment,Drivers\n" + rows)

    first = await data_of(terminal, large, "--by", "month")
    stood = await counted(database)
    again = await data_of(terminal, large, "--by", "month")

    assert (first["imported"], first["promoters"], first["detractors"]) == (33_000, 6_000, 21_000)
    assert stood == {"surveys": 1, "waves": 12, "answers": 33_000, "mentions": 33_000, "results": 12}
    assert (again["imported"], again["waves"]) == (0, first["waves"])
    assert await counted(database) == stood


@on_sqlite
async def test_an_interrupted_import_leaves_the_database_as_it_was_and_nothing_running(
    terminal: Shell, database: Database
) -> None:
    written(terminal, "Score,Comment\n" + "".join(f"{row % 11},why {row}\n" for row in range(120_000)))
    before = await counted(database)

    ran, readers = await asyncio.to_thread(interrupted_import, terminal)

    assert ran == Ran(130, "", "")
    assert not any(reader.exists() for reader in readers)
    assert await counted(database) == before


async def test_each_month_is_a_wave_of_its_own_in_the_order_of_time(
    terminal: Shell, database: Database
) -> None:
    shuffled = "Date,Score\n2024-11-05,10\n2024-09-30,2\n2024-10-01,8\n2024-09-01,9\n"
    found = await data_of(terminal, written(terminal, shuffled), "--by", "month")

    assert [wave["wave"] for wave in found["waves"]] == ["2024-09", "2024-10", "2024-11"]
    async with database.reading() as session:
        (survey,) = await every_survey(session)
        newest = await waves.newest_waves(session, survey.id, limit=3)
        frozen = [await waves.result(session, wave.id) for wave in newest]
    assert [wave.label for wave in newest] == ["2024-11", "2024-10", "2024-09"]
    assert [(one.promoters, one.passives, one.detractors, one.invited) for one in frozen if one] == [
        (1, 0, 0, None),
        (0, 1, 0, None),
        (1, 0, 1, None),
    ]
    assert all(wave.closed_at for wave in newest)


async def test_what_was_said_comes_out_again_as_it_came_in(terminal: Shell, database: Database) -> None:
    said = 'Date,Score,Comment,Drivers\n2024-10-14 23:30,3,"=1+1, slow\nand loud",Support; Reputation\n'
    await carry_over(terminal, written(terminal, said), "--wave", "Autumn")

    async with database.reading() as session:
        (survey,) = await every_survey(session)
        ((answer,),) = [page async for page in given_answers(session, survey.id)]
    assert (answer.wave, str(answer.day), answer.score) == ("Autumn", "2024-10-14", 3)
    assert (answer.comment, answer.drivers) == ("=1+1, slow\nand loud", ("reputation", "support"))


@on_sqlite
async def test_our_own_export_counts_the_same_in_another_survey(terminal: Shell, database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ("U1", "U2", "U3"))
        asked = await invitations_of(session, wave)
        taps = [a_tap(asked[user], score) for user, score in (("U1", 10), ("U2", 9), ("U3", 2))]
        await store_taps(session, taps, MONDAY)
        await close_wave(session, wave.id, MONDAY)
    await terminal.nps_bot("export", "--survey", "Team pulse", "--out", "ours.csv")

    found = await data_of(terminal, "ours.csv")

    assert (found["imported"], found["nps"]) == (3, pytest.approx(100 / 3))


@on_sqlite
async def test_people_read_what_was_recognised_and_what_came_of_it(terminal: Shell) -> None:
    ran = await carry_over(terminal, EXPORTS / "qualtrics_numeric.csv")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(
        "This is Qualtrics, because short names stand above its questions.\nThe score is in “How "
    )
    assert "Imported   +18        11           5          3            3\n" in ran.out
    assert "11 answers imported into a new survey, “Acme”.\n1 without a score.\n" in ran.out
    assert "1 left out: preview.\n" in ran.out


async def test_a_dry_run_says_the_same_and_stores_nothing(terminal: Shell, database: Database) -> None:
    before = await counted(database)
    dry = await data_of(terminal, EXPORTS / "delighted.csv", "--dry-run")
    assert await counted(database) == before

    assert dry["import"] is None
    assert await data_of(terminal, EXPORTS / "delighted.csv") | {"import": None} == dry


@on_sqlite
@pytest.mark.parametrize("words", [(), ("--dry-run",)])
async def test_who_gave_no_date_beside_others_is_told(terminal: Shell, words: tuple[str, ...]) -> None:
    file = written(terminal, "Date,Score\n2025-01-14,9\n,3\n")
    told = "1 answer has no date: it stands there undated, as of today.\n"
    assert told in (await carry_over(terminal, file, *words)).out
    assert (await data_of(terminal, file, *words))["undated"] == 1
    of_all = written(terminal, "Date,Score\n2025-01-14,9\n2025-01-15,3\n", "all.csv")
    assert "undated" not in (await carry_over(terminal, of_all, *words)).out
    assert (await data_of(terminal, of_all, *words))["undated"] == 0


async def test_bad_rows_are_told_with_their_lines_and_nothing_is_imported(
    terminal: Shell, database: Database
) -> None:
    before = await counted(database)
    ran = await carry_over(terminal, written(terminal, "Score,Comment\n9,a\n11,b\nsoon,c\n8,d\n"))

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "Line 3, column “Score”: “11” is not a score; a score is a whole number from 0 to 10.\n"
        "Line 4, column “Score”: “soon” is not a score; a score is a whole number from 0 to 10.\n"
        "Nothing was imported. Mend the file, or leave such rows out with --skip-bad.\n"
    )
    assert await counted(database) == before


@on_sqlite
async def test_the_rest_goes_in_when_bad_rows_may_be_left_out(terminal: Shell) -> None:
    rows = "Score,Comment\n9,a\n11,b\n8,d\n" + "x,\n" * 30
    found = await data_of(terminal, written(terminal, rows), "--skip-bad")

    assert (found["rows"], found["imported"], found["skipped"]) == (33, 2, 31)
    ran = await carry_over(terminal, "answers.csv", "--skip-bad")
    assert "Line 3, column “Score”: “11” is not a score" in ran.out
    assert ran.out.endswith("… and 21 more rows that cannot be read.\n")


@on_sqlite
@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        (b"", (), "The file is empty: there is nothing to import.\n"),
        (b"Name,City\nAnn,Oslo\n", (), "No column holds scores from 0 to 10. "),
        (b"PK\x03\x04\x14\x00", (), "The archive or workbook is damaged and cannot be unpacked"),
        (b"Score\n" + b"9" * 2_000_000, (), "Line 2 is longer than 1,000,000 characters"),
        (b"Score\n9\n", ("--by", "month"), "No column of the file holds dates, and --by month needs them"),
        (b"Date,Score\n2024-01-01,9\n,9\n", ("--by", "month"), "Line 3: there is no date, which --by month"),
        (b"Score,Why\n,late\n", (), "No row of the file has a score: there is nothing to import.\n"),
        (b"Score\n9\n", ("--wave", "A", "--by", "all"), "Give either --wave or --by, not both.\n"),
        (b"Score\n9\n", ("--wave", "A" * 61), "--wave: give 1 to 60 characters that can be seen.\n"),
        (b"Score\n9\n", ("--time-zone", "Mars/Olympus"), "--time-zone: I know no time zone “Mars/Olympus”."),
        (b'Score,Why\n9,"begins\n8,goes on\n', (), "Line 2: a quoted cell begins here and does not end."),
    ],
)
async def test_what_cannot_be_imported_is_one_sentence_and_leaves_the_database_as_it_was(
    terminal: Shell, database: Database, content: bytes, words: tuple[str, ...], sentence: str
) -> None:
    before = await counted(database)
    (terminal.folder / "answers.csv").write_bytes(content)

    ran = await carry_over(terminal, "answers.csv", *words)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(sentence)
    assert await counted(database) == before


@on_sqlite
@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("nowhere.csv", "nowhere.csv cannot be read: No such file or directory.\n"),
        (".", ". is not a file: save the export and give its name.\n"),
    ],
)
async def test_a_file_that_is_none_is_told(terminal: Shell, file: str, sentence: str) -> None:
    ran = await carry_over(terminal, file)
    assert (ran.code, ran.out, ran.err) == (2, "", sentence)


@on_sqlite
async def test_a_wave_that_was_asked_in_slack_is_never_imported_into(
    terminal: Shell, database: Database
) -> None:
    async with database.writing() as session:
        await a_wave(session, survey=await a_stored_survey(session, "Acme"))
    before = await counted(database)

    ran = await carry_over(terminal, EXPORTS / "delighted.csv", "--wave", "Wave 1")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "Wave 1 of “Acme” was asked in Slack, and its answers stay as they are: choose another --wave.\n"
    )
    assert await counted(database) == before


@on_sqlite
async def test_nobody_can_tell_which_of_several_workspaces_owns_a_new_survey(
    terminal: Shell, database: Database
) -> None:
    async with database.writing() as session:
        for workspace in ("T1", "T2"):
            await a_stored_survey(session, f"Survey of {workspace}", workspace_id=workspace)

    ran = await carry_over(terminal, EXPORTS / "delighted.csv")

    assert ran.code == 2
    assert ran.err.startswith("Several workspaces use this database, and I cannot tell whose “Acme” is.")


async def on_a_full_disk(terminal: Shell) -> tuple[int | None, bytes, str]:
    """Import answers.csv where the shell's own limit on the size of a file stands in for a disk that fills."""
    process = await asyncio.create_subprocess_exec(
        "bash",
        *("-c", 'ulimit -f 2000; trap "" XFSZ; exec "$0" "$@"'),
        *(sys.executable, "-m", "bot", "import", "answers.csv", "--survey", "Acme"),
        cwd=terminal.folder,
        env=terminal.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode, out, err.decode()


@on_sqlite
async def test_a_disk_that_fills_half_way_leaves_the_database_as_it_was(
    terminal: Shell, database: Database
) -> None:
    rows = "".join(f"{row % 11},{row} {'words ' * 30}\n" for row in range(30_000))
    written(terminal, "Score,Comment\n" + rows)
    before = await counted(database)

    code, out, err = await on_a_full_disk(terminal)

    assert (code, out) == (2, b"")
    assert err.startswith("The database took no more (")
    assert err.endswith("Nothing was imported: see whether its disk is full, then try again.\n")
    assert await counted(database) == before


@on_sqlite
async def test_a_disk_that_holds_not_what_is_joined_on_it_leaves_the_database_as_it_was(
    terminal: Shell, database: Database
) -> None:
    rows = "".join(
        f"r{row},How likely are you to recommend us?,{row % 11}\nr{row},Why?,{'words ' * 60}\n"
        for row in range(20_000)
    )
    written(terminal, "Response ID,Question,Answer\n" + rows)
    before = await counted(database)

    code, out, err = await on_a_full_disk(terminal)

    assert (code, out) == (2, b"")
    assert err.startswith("There is no room for what an import keeps on disk meanwhile (")
    assert err.endswith(
        "Nothing was imported: free some, or name another folder in TMPDIR, then try again.\n"
    )
    assert await counted(database) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_import_whose_words_nobody_takes_stands_and_says_so(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "answers.csv").write_text("Date,Score\n2025-01-14,9\n2025-01-15,3\n", "utf-8")

    with Path("/dev/full").open("wb") as full:  # noqa: ASYNC230 - it opens at once
        ran = subprocess.run(  # noqa: ASYNC221 - nothing else goes on
            [sys.executable, "-m", "bot", "import", "answers.csv", "--survey", "Acme"],
            cwd=tmp_path,
            env=Shell(tmp_path, {"DATABASE_URL": database_url}).environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    said = "Standard output cannot be written: No space left on device. What was done before stands.\n"
    assert (ran.returncode, ran.stderr.decode()) == (1, said)
    async with database.reading() as session:
        assert sorted(await session.exec(select(Answer.score))) == [3, 9]
