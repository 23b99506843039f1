"""`nps-bot export`: every answer of a survey, in a form that spreadsheets, programs and `nps-bot import` read."""

import asyncio
import csv
import io
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from bot.exporting.answer_file import FileFormat
from bot.importing.files.rows import ImportedRow
from bot.importing.foreign_file import open_export
from bot.importing.options import Format as WrittenBy
from bot.importing.options import Options
from bot.shell.doing import export as exports
from bot.shell.kit.sentences import WrongInput
from scoring.nps import tally
from storage.answers import record_reason, store_taps
from storage.database.engine import Database
from storage.waves.closing import close_wave
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_tap, a_wave, invitations_of
from tests.shell.conftest import Shell
from tests.shell.warm import Ran

pytestmark = pytest.mark.slow

HEADER = "wave,date,score,category,comment,drivers,answered_at"
AT = MONDAY.astimezone(ZoneInfo("Europe/Paris")).isoformat()
SCHEMA = Path(__file__).parents[2].joinpath("docs/answers.schema.json").read_text("utf-8")
SAID = {
    "U1": (10, 'He said "wow",\nthen left; 10/10', ("support", "quality")),
    "U2": (9, '=HYPERLINK("https://x.example","click")', ()),
    "U3": (8, None, ("Price, value for money",)),
    "U4": (3, "- slow\n- loud", ()),
    "U5": (0, "Trop lent\N{HORIZONTAL ELLIPSIS} déçu \N{CRYING FACE}", ("reputation",)),
}


@pytest.fixture
async def books(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def answered(books: Database) -> None:
    """Five answers of “Team pulse” in a closed wave and one in the next; another survey without any."""
    async with books.writing() as session:
        survey = await a_stored_survey(session)
        await a_stored_survey(session, "Silent")
        wave = await a_wave(session, tuple(SAID), survey=survey)
        asked = await invitations_of(session, wave)
        for user, (score, comment, drivers) in SAID.items():
            await store_taps(session, [a_tap(asked[user], score)], MONDAY)
            await record_reason(session, asked[user].id, WORKSPACE, user, comment, drivers, MONDAY)
        await close_wave(session, wave.id, MONDAY)
        second = await a_wave(session, ("U1",), survey=survey)
        await store_taps(session, [a_tap((await invitations_of(session, second))["U1"], 7)], MONDAY)


@pytest.fixture
def terminal(sqlite_url: str, tmp_path: Path) -> Shell:
    """A terminal that knows no Slack: answers can be had all the same."""
    return Shell(tmp_path, {"DATABASE_URL": sqlite_url})


async def export(terminal: Shell, *words: str) -> Ran:
    return await terminal.nps_bot("export", "--survey", "team PULSE", *words)


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith("nps.db")}


@pytest.mark.usefixtures("answered")
async def test_the_csv_is_what_a_spreadsheet_shows(terminal: Shell) -> None:
    ran = await export(terminal)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"\ufeff{HEADER}\r\n")
    rows = list(csv.reader(io.StringIO(ran.out.removeprefix("\ufeff"), newline="")))
    assert rows == [
        HEADER.split(","),
        ["1", "2026-03-02", "0", "detractor", SAID["U5"][1], "Reputation", AT],
        ["1", "2026-03-02", "3", "detractor", "'- slow\n- loud", "", AT],
        ["1", "2026-03-02", "8", "passive", "", "Price, value for money", AT],
        ["1", "2026-03-02", "9", "promoter", '\'=HYPERLINK("https://x.example","click")', "", AT],
        [
            "1",
            "2026-03-02",
            "10",
            "promoter",
            SAID["U1"][1],
            "Product or service quality\nService and support",
            AT,
        ],
        ["2", "2026-03-02", "7", "passive", "", "", AT],
    ]


@pytest.mark.usefixtures("answered")
async def test_json_is_an_array_of_answers_as_they_were_given(terminal: Shell) -> None:
    ran = await export(terminal, "--format", "json")

    assert (ran.code, ran.err) == (0, "")
    answers = json.loads(ran.out)
    assert len(answers) == 6
    assert answers[3] == {
        "wave": 1,
        "date": "2026-03-02",
        "score": 9,
        "category": "promoter",
        "comment": SAID["U2"][1],
        "drivers": [],
        "answered_at": AT,
    }
    assert answers[4]["drivers"] == ["Product or service quality", "Service and support"]
    assert answers[5]["comment"] is None


@pytest.mark.usefixtures("answered")
async def test_json_is_as_its_schema_says(terminal: Shell) -> None:
    schema = json.loads(SCHEMA)
    for words in ((), ("--people",)):
        answers = json.loads((await export(terminal, "--format", "json", *words)).out)
        jsonschema.validate(answers, schema)
        assert [one.get("person") for one in answers][-1] == ("U1" if words else None)


@pytest.mark.usefixtures("answered")
async def test_what_was_exported_can_be_read_again_and_counts_the_same(terminal: Shell) -> None:
    ran = await export(terminal, "--out", "answers.csv")
    assert (ran.code, ran.err, ran.out) == (0, "", "6 answers of “Team pulse” written to answers.csv.\n")

    rows = list(open_export(terminal.folder / "answers.csv", Options(format=WrittenBy.NPS_BOT)).rows())

    read = [row for row in rows if isinstance(row, ImportedRow)]
    assert read == rows
    assert tally(row.score for row in read if row.score is not None) == tally([10, 9, 8, 3, 0, 7])
    said = {(row.score, row.comment, frozenset(row.drivers)) for row in read}
    assert said == {(score, comment, frozenset(drivers)) for score, comment, drivers in SAID.values()} | {
        (7, None, frozenset())
    }
    assert {row.answered_at.date() for row in read if row.answered_at} == {MONDAY.date()}


@pytest.mark.usefixtures("answered")
async def test_a_survey_without_answers_gives_an_empty_file_that_is_still_one(
    books: Database, tmp_path: Path
) -> None:
    out = tmp_path / "answers"

    await exports.write(books, "Silent", FileFormat.CSV, out)
    assert out.read_bytes() == f"\ufeff{HEADER}\r\n".encode()

    await exports.write(books, "Silent", FileFormat.JSON, out)
    assert json.loads(out.read_text()) == []


@pytest.mark.usefixtures("answered")
async def test_a_file_that_stood_there_is_replaced_whole_and_only_its_owner_reads_it(
    books: Database, tmp_path: Path
) -> None:
    out = tmp_path / "answers.csv"
    out.write_text("old" * 10_000)

    await exports.write(books, "Team pulse", FileFormat.CSV, out)

    assert out.read_text("utf-8-sig").startswith(HEADER)
    assert "old" not in out.read_text("utf-8-sig")
    assert out.stat().st_mode & 0o777 == 0o600
    assert left_in(tmp_path) == {"answers.csv"}


@pytest.mark.usefixtures("answered")
async def test_a_disk_that_is_full_leaves_what_stood_there_and_one_sentence(terminal: Shell) -> None:
    (terminal.folder / "answers.csv").write_text("old")
    # The shell's own limit on the size of a file stands in for a disk that fills.
    process = await asyncio.create_subprocess_exec(
        "bash",
        *("-c", 'ulimit -f 0; trap "" XFSZ; exec "$0" "$@"'),
        *(sys.executable, "-m", "bot", "export", "--survey", "Team pulse", "--out", "answers.csv"),
        cwd=terminal.folder,
        env=terminal.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await process.communicate()

    assert err.decode() == "answers.csv cannot be written: File too large. Nothing was kept of it.\n"
    assert process.returncode == 2
    assert (terminal.folder / "answers.csv").read_text() == "old"
    assert left_in(terminal.folder) == {"answers.csv"}


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("/dev/full", "No space left on device"),
        (".", "Is a directory"),
        ("nowhere/answers.csv", "No such file or directory"),
    ],
)
async def test_what_cannot_be_written_is_said_in_one_sentence(
    books: Database, tmp_path: Path, out: str, why: str
) -> None:
    with pytest.raises(WrongInput) as caught:
        await exports.write(books, "Team pulse", FileFormat.CSV, tmp_path / out)

    assert str(caught.value) == f"{tmp_path / out} cannot be written: {why}. Nothing was kept of it."
    assert left_in(tmp_path) == set()


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(
    ("to", "code", "says"),
    [
        ("> /dev/full", 2, "Standard output cannot be written: No space left on device.\n"),
        ("| true", 0, ""),
    ],
)
async def test_standard_output_that_takes_no_more_ends_without_a_traceback(
    terminal: Shell, to: str, code: int, says: str
) -> None:
    process = await asyncio.create_subprocess_shell(
        f"set -o pipefail; {sys.executable} -m bot export --survey 'Team pulse' {to}",
        executable="/bin/bash",
        cwd=terminal.folder,
        env=terminal.environment,
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await process.communicate()

    assert (process.returncode, err.decode()) == (code, says)


@pytest.mark.usefixtures("answered")
async def test_an_unknown_survey_is_named_with_the_nearest(books: Database, tmp_path: Path) -> None:
    with pytest.raises(WrongInput) as caught:
        await exports.write(books, "Team puls", FileFormat.CSV, tmp_path / "answers.csv")

    assert str(caught.value) == "There is no survey called “Team puls”. Did you mean “Team pulse”?"
    assert left_in(tmp_path) == set()


async def test_a_name_that_two_workspaces_use_is_not_guessed_at(books: Database) -> None:
    async with books.writing() as session:
        for workspace in ("T1", "T2"):
            await a_stored_survey(session, workspace_id=workspace)

    with pytest.raises(WrongInput, match="Several workspaces"):
        await exports.write(books, "Team pulse", FileFormat.CSV, None)


async def test_a_database_that_is_not_ready_says_what_to_run(terminal: Shell) -> None:
    ran = await terminal.nps_bot("export", "--survey", "Acme", DATABASE_URL="sqlite:///empty.db")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("Run nps-bot migrate.\n")
