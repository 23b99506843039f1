"""`nps-bot backup` and `nps-bot restore` as an operator runs them."""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect

from storage.backups import copies, postgresql, tools
from storage.backups.errors import NotSaved
from storage.database import revisions
from storage.database.engine import Database
from storage.database.urls import read_url
from storage.tables import Survey
from tests.builders import a_stored_survey, a_wave
from tests.conftest import new_database
from tests.shell.conftest import Shell
from tests.shell.warm import Ran

pytestmark = pytest.mark.slow


@pytest.fixture
async def terminal(database_url: str, tmp_path: Path) -> Shell:
    """A terminal beside a database with one survey and its wave, which three people are to be asked in."""
    database = Database(database_url)
    async with database.writing() as session:
        await a_wave(session)
    await database.close()
    return Shell(tmp_path, {"DATABASE_URL": database_url})


@pytest.fixture
def elsewhere(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of the same kind."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/elsewhere.db"
    else:
        with new_database(request.getfixturevalue("postgres_server")) as url:
            yield url


async def rename(url: str, name: str) -> None:
    database = Database(url)
    async with database.writing() as session:
        (await session.get_one(Survey, 1)).name = name
    await database.close()


async def name_in(url: str) -> str:
    database = Database(url)
    async with database.reading() as session:
        name = (await session.get_one(Survey, 1)).name
    await database.close()
    return name


def refused(ran: Ran, sentence: str, code: int = 1) -> None:
    assert (ran.code, ran.out, ran.err) == (code, "", sentence + "\n")


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_a_backup_is_one_new_file_that_only_its_owner_reads(terminal: Shell) -> None:
    before = left(terminal.folder)

    ran = await terminal.nps_bot("backup", "saved")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Saved into saved: ")
    assert ran.out.endswith(f"revision {revisions.known()[-1]}.\n")
    assert left(terminal.folder) - before == {"saved"}
    assert (terminal.folder / "saved").stat().st_mode & 0o777 == 0o600


async def test_a_backup_overwrites_nothing(terminal: Shell) -> None:
    (terminal.folder / "saved").write_text("keep me")

    ran = await terminal.nps_bot("backup", "saved")

    refused(ran, "saved is there already, and a backup never overwrites one: give another name.", 2)
    assert (terminal.folder / "saved").read_text() == "keep me"


async def test_a_backup_into_a_folder_that_is_not_there_leaves_nothing(terminal: Shell) -> None:
    ran = await terminal.nps_bot("backup", "no/saved")

    refused(ran, "no/saved cannot be written: No such file or directory. Nothing was kept of it.", 2)


async def test_a_disk_that_is_full_leaves_nothing(terminal: Shell) -> None:
    before = left(terminal.folder)
    # The shell's own limit on the size of a file stands in for a disk that fills. SQLite needs some of it to read.
    blocks = 64 if terminal.settings["DATABASE_URL"].startswith("sqlite") else 8
    process = await asyncio.create_subprocess_exec(
        "bash",
        *(
            "-c",
            f'ulimit -f {blocks}; trap "" XFSZ; exec "$0" "$@"',
            sys.executable,
            "-m",
            "bot",
            "backup",
            "saved",
        ),
        cwd=terminal.folder,
        env=terminal.environment | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(Path.cwd())},
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await process.communicate()

    assert process.returncode == 1
    assert err.decode().startswith("The backup was not made (")
    assert err.decode().endswith("Nothing was kept of it.\n")
    assert left(terminal.folder) - before <= {"nps.db-wal", "nps.db-shm"}


async def test_what_was_saved_goes_into_an_empty_database(terminal: Shell, elsewhere: str) -> None:
    await terminal.nps_bot("backup", "saved")

    ran = await terminal.nps_bot("restore", "saved", DATABASE_URL=elsewhere)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:2] == [
        f"Restored from saved (revision {revisions.known()[-1]}).",
        "Paused: “Team pulse”.",
    ]
    assert await name_in(elsewhere) == "Team pulse"
    if elsewhere.startswith("sqlite"):
        assert (terminal.folder / "elsewhere.db").stat().st_mode & 0o777 == 0o600
    # Sequences are where they were, so that what comes next is stored.
    database = Database(elsewhere)
    async with database.writing() as session:
        assert (await a_stored_survey(session, "The next")).id == 2
    await database.close()


async def test_what_stands_is_replaced_only_when_told_twice(terminal: Shell) -> None:
    url = terminal.settings["DATABASE_URL"]
    await terminal.nps_bot("backup", "saved")
    await rename(url, "Changed since")

    stands = "The database holds 1 survey and 0 answers."
    refused(
        await terminal.nps_bot("restore", "saved"),
        f"{stands} Keep them first with nps-bot backup; then add --replace to put saved in their place.",
        2,
    )
    refused(
        await terminal.nps_bot("restore", "saved", "--replace"),
        f"{stands} Nobody is here to be asked: add --yes to put saved in their place.",
        2,
    )
    assert await name_in(url) == "Changed since"

    ran = await terminal.nps_bot("restore", "saved", "--replace", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert await name_in(url) == "Team pulse"


async def test_nothing_is_restored_while_another_program_has_the_database_open(terminal: Shell) -> None:
    url = terminal.settings["DATABASE_URL"]
    await terminal.nps_bot("backup", "saved")
    serving = Database(url)
    await serving.ping()

    ran = await terminal.nps_bot("restore", "saved", "--replace", "--yes")

    assert ran.code == 1
    assert ran.err.endswith("Stop nps-bot, then try again. Nothing was changed.\n")
    await serving.ping()
    await serving.close()
    assert (await terminal.nps_bot("restore", "saved", "--replace", "--yes")).code == 0


async def test_half_a_backup_changes_nothing(terminal: Shell) -> None:
    await terminal.nps_bot("backup", "saved")
    whole = (terminal.folder / "saved").read_bytes()
    await rename(terminal.settings["DATABASE_URL"], "Changed since")

    for share in (0.02, 0.5, 0.9):
        (terminal.folder / "half").write_bytes(whole[: int(len(whole) * share)])
        ran = await terminal.nps_bot("restore", "half", "--replace", "--yes")
        assert (ran.code, ran.out) == (1, "")
        assert "Traceback" not in ran.err
        assert await name_in(terminal.settings["DATABASE_URL"]) == "Changed since"


async def test_what_is_no_backup_of_ours_is_told(terminal: Shell, tmp_path: Path) -> None:
    url = terminal.settings["DATABASE_URL"]
    refused(await terminal.nps_bot("restore", "saved"), "saved cannot be read: No such file or directory.")
    (tmp_path / "saved").write_text("a,b\n")
    refused(
        await terminal.nps_bot("restore", "saved"),
        "saved is no backup of nps-bot: it is neither a SQLite file nor one of pg_dump's custom format.",
    )
    with closing(sqlite3.connect(tmp_path / "other")) as other:
        other.execute("CREATE TABLE songs (id INTEGER)")
    ran = await terminal.nps_bot("restore", "other")
    if url.startswith("sqlite"):
        refused(ran, "other is a SQLite file, but holds no database of nps-bot. Nothing was changed.")
    else:
        refused(
            ran,
            "other is a backup of SQLite, and DATABASE_URL names PostgreSQL. "
            "A backup goes back into the kind of database that it was taken of.",
        )


async def test_a_backup_of_a_later_release_waits_for_that_release(terminal: Shell, elsewhere: str) -> None:
    await terminal.nps_bot("backup", "saved")
    later = Shell(terminal.folder, terminal.settings | {"DATABASE_URL": elsewhere})
    with revisions.transaction(terminal.settings["DATABASE_URL"]) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    told = await terminal.nps_bot("backup", "newer")
    refused(
        told,
        "The database is of a later release (revision 9999), and this one does not know all that it holds. "
        "Use the later release's nps-bot backup.",
    )
    if elsewhere.startswith("sqlite"):
        shutil.copy(terminal.folder / "nps.db", terminal.folder / "newer")
        refused(
            await later.nps_bot("restore", "newer"),
            "newer is of a release that this one does not know (revision 9999). "
            "Install the release that wrote it, or a later one. Nothing was changed.",
        )
        assert not (terminal.folder / "elsewhere.db").exists()
        # The way back: the older release's backup takes the place of what the later one has migrated.
        assert (await terminal.nps_bot("restore", "saved", "--replace", "--yes")).code == 0
    else:
        refused(
            await terminal.nps_bot("restore", "saved", "--replace", "--yes"),
            "The database is of a later release (revision 9999), whose tables this one does not know. "
            "Make an empty database, and let DATABASE_URL name that. Nothing was changed.",
        )


async def test_there_is_nothing_to_save_before_the_first_migration(
    empty_database_url: str, tmp_path: Path
) -> None:
    ran = await Shell(tmp_path, {"DATABASE_URL": empty_database_url}).nps_bot("backup", "saved")

    refused(ran, "There is nothing to save: the database holds nothing of nps-bot yet.")
    assert left(tmp_path) == set()


async def test_without_postgresqls_programs_a_sentence_says_what_to_install(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Shell(tmp_path, {"DATABASE_URL": postgres_url, "PATH": str(tmp_path / "programs")})
    (tmp_path / "programs").mkdir()
    monkeypatch.setattr(tools, "FOLDERS", tmp_path / "none")
    monkeypatch.setenv("PATH", terminal.settings["PATH"])
    with pytest.raises(
        NotSaved, match=r"^pg_dump, pg_restore and psql are not installed here\. Install Postgre"
    ):
        copies.save(postgres_url, tmp_path / "saved")

    for name in tools.NAMES:
        program = tmp_path / "programs" / name
        program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
        program.chmod(0o755)
    with pytest.raises(
        NotSaved, match=r"^pg_dump here is of version 9, and the server of version \d+\. Install"
    ):
        copies.save(postgres_url, tmp_path / "saved")


def test_no_password_is_shown_to_other_users_of_the_machine(postgres_url: str) -> None:
    url = read_url(postgres_url).set(password="keep-me").update_query_dict({"application_name": "a b"})
    with tools.tools_for(url, 9, NotSaved) as found:
        with found.started("pg_dump", "--schema-only", "--file=/dev/null", stderr=subprocess.PIPE) as program:
            shown = [Path(f"/proc/{program.pid}/{name}").read_bytes() for name in ("cmdline", "environ")]
            program.communicate()
        assert program.returncode == 0
        assert not [one for one in shown if b"keep-me" in one]
        assert "password=keep-me" in found.service_file.read_text()
        assert found.service_file.stat().st_mode & 0o777 == 0o600
    assert not found.service_file.exists()


def test_every_table_that_a_migration_makes_is_saved(postgres_url: str) -> None:
    with revisions.transaction(postgres_url) as connection:
        assert set(inspect(connection).get_table_names()) == postgresql.OURS
