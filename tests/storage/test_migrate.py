import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine.interfaces import ReflectedIndex
from sqlmodel import SQLModel

from storage import migrate
from storage.database import revisions
from storage.errors import DatabaseAway
from storage.migrate import MigrationsDiffer
from tests.storage.releases import (
    copy_of_migrations,
    next_migration,
)

pytestmark = pytest.mark.slow

Description = dict[str, dict[str, list[str]]]


def describe(connection: Connection) -> Description:
    """Return all that the database holds tables to, as it says it itself; order says nothing."""
    schema = inspect(connection)
    ask: dict[str, Callable[[str], Sequence[object]]] = {
        "columns": schema.get_columns,
        "primary key": lambda table: [schema.get_pk_constraint(table)],
        "foreign keys": schema.get_foreign_keys,
        "unique": schema.get_unique_constraints,
        "checks": schema.get_check_constraints,
        "indexes": lambda table: [_with_where_as_text(index) for index in schema.get_indexes(table)],
    }
    return {
        table: {name: sorted(str(one) for one in asked(table)) for name, asked in ask.items()}
        for table in schema.get_table_names()
        if table != "alembic_version"
    }


def test_a_migrated_database_holds_exactly_what_the_tables_say(
    empty_database_url: str, engine: Engine
) -> None:
    """Alembic's own check compares neither CHECK constraints nor the WHERE of an index."""
    migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        migrated = describe(connection)
        SQLModel.metadata.drop_all(connection)
        SQLModel.metadata.create_all(connection)
        created = describe(connection)
    assert migrated == created


def test_an_empty_database_has_everything_pending_and_a_migrated_one_nothing(empty_database_url: str) -> None:
    assert revisions.current(empty_database_url) is None
    assert revisions.pending(empty_database_url)[0] == "0001 The first tables."
    migrate.upgrade(empty_database_url)
    assert revisions.pending(empty_database_url) == []
    assert revisions.pending(empty_database_url) == []


def test_migrating_again_changes_nothing_and_keeps_what_is_stored(
    empty_database_url: str, engine: Engine
) -> None:
    migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO workspaces (id, name) VALUES ('T1', 'Acme')"))
    migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT name FROM workspaces")).scalars().all() == ["Acme"]


@pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)
def test_a_file_whose_tables_were_changed_in_place_is_whole(empty_database_url: str, engine: Engine) -> None:
    migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
        keys = (
            connection.execute(text("SELECT \"table\" FROM pragma_foreign_key_list('answers')"))
            .scalars()
            .all()
        )
    assert sorted(keys) == ["invitations", "waves"]


def test_this_release_runs_on_after_the_next_one_has_migrated(
    empty_database_url: str, engine: Engine
) -> None:
    migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert revisions.pending(empty_database_url) == []


@pytest.mark.slow
def test_processes_that_migrate_at_once_take_turns(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        runs = [threads.submit(_upgrade_elsewhere, empty_database_url) for _ in range(4)]
    assert [run.result() for run in runs] == [0] * 4
    assert revisions.pending(empty_database_url) == []


def test_a_migration_that_fails_leaves_nothing_behind(
    empty_database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    next_migration(tmp_path, monkeypatch, "op.execute('CREATE TABLE half (id INTEGER)'); raise LookupError")
    with pytest.raises(LookupError):
        migrate.upgrade(empty_database_url)
    assert revisions.current(empty_database_url) is None
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []


def test_tables_and_migrations_agree_and_the_check_touches_nothing(
    empty_database_url: str, engine: Engine
) -> None:
    migrate.check(empty_database_url)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
        assert "nps_bot_check" not in inspect(connection).get_schema_names()


def test_a_column_without_its_migration_is_told(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    next_migration(tmp_path, monkeypatch, "op.drop_column('workspaces', 'name')")
    with pytest.raises(MigrationsDiffer, match=r"tables and migrations differ on .*add_column.*workspaces"):
        migrate.check(empty_database_url)


def test_the_command_checks_without_being_told_of_a_database() -> None:
    quiet = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-W", "error", "-m", "storage.migrate", "check"]
    assert subprocess.run(command, env=quiet, check=False).returncode == 0  # noqa: S603 - the words are ours


def test_a_database_that_is_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatabaseAway, match="unable to open database file"):
        migrate.upgrade(f"sqlite:///{tmp_path}/no-such-folder/nps.db")


def test_the_next_migration_speaks_of_plain_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Types of ours may change or go, and what a migration did must not change with them."""
    shipped = copy_of_migrations(tmp_path, monkeypatch)
    for migration in shipped.glob("0*.py"):
        migration.unlink()
    migrate.revision("Everything anew")
    (written,) = shipped.glob("0*.py")
    text_of_it = written.read_text()
    assert "still runs while" in text_of_it
    for ours in ("UtcDateTime", "AutoString", "sqlmodel", "sa.Enum"):
        assert ours not in text_of_it
    compile(text_of_it, written.name, "exec")


def _with_where_as_text(index: ReflectedIndex) -> dict[str, object]:
    options = {name: str(option) for name, option in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


def _upgrade_elsewhere(url: str) -> int:
    program = "import sys; from storage.migrate import upgrade; upgrade(sys.argv[1])"
    return subprocess.run([sys.executable, "-c", program, url], check=False).returncode  # noqa: S603 - ours
