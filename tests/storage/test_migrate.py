import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, text
from sqlalchemy.engine.interfaces import ReflectedIndex
from sqlmodel import SQLModel

from storage import migrate
from storage.database import revisions
from storage.database.urls import read_url, synchronous
from storage.errors import DatabaseAway, StorageError
from storage.migrate import MigrationsDiffer

pytestmark = pytest.mark.slow

FIRST_RELEASE = """
INSERT INTO workspaces (id, name) VALUES (:team, 'Acme');
INSERT INTO surveys (id, workspace_id, name, key, subject, kind, audience, wave_days, digest_channel, digest_weekday,
digest_hour, time_zone, created_by, created_at) VALUES (:id, :team, 'Pulse', 'pulse', 'Acme', 'employees', '{}', 7,
'C1', 0, 9, 'UTC', 'U1', :then);
INSERT INTO waves (id, workspace_id, survey_id, number, opened_by, opens_at, closes_at)
VALUES (:id, :team, :id, 1, 'U1', :then, :then);
INSERT INTO invitations (workspace_id, wave_id, user_id, state) VALUES (:team, :id, 'U1', 'planned')
"""
Description = dict[str, dict[str, list[str]]]


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    one = create_engine(synchronous(read_url(empty_database_url)), poolclass=NullPool)
    yield one
    one.dispose()


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


def test_what_the_first_release_wrote_goes_on_and_it_may_write_while_the_next_one_starts(
    empty_database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as earlier:
        for later in sorted(_copy_of_migrations(tmp_path, earlier).glob("0*.py"))[1:]:
            later.unlink()
        migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        _write_as_the_first_release_did(connection, survey_id=1)
    migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        _write_as_the_first_release_did(connection, survey_id=2)
        before, meanwhile = connection.execute(
            text("SELECT survey_id, planned_at = opens_at, left_out FROM waves ORDER BY survey_id")
        )
        surveys = connection.execute(
            text("SELECT starts_at = created_at, rhythm, every_weeks, reminders FROM surveys ORDER BY id")
        ).all()
        sendable = text(
            "SELECT count(*) FROM invitations WHERE send_after < '2026-01-01' AND time_zone = 'UTC'"
        )
        assert connection.execute(sendable).scalar_one() == 2
    # What was open then had all its invitations; what was opened since is looked at once more.
    assert (before[1], meanwhile[1]) == (True, None)
    assert surveys == [(True, "once", 1, 1), (False, "once", 1, 1)]


def test_what_was_called_a_reason_is_kept_under_its_own_word(
    empty_database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as earlier:
        for later in sorted(_copy_of_migrations(tmp_path, earlier).glob("0*.py"))[3:]:
            later.unlink()
        migrate.upgrade(empty_database_url)
    rows = """
    UPDATE invitations SET state = 'failed', reason = 'user_not_found';
    INSERT INTO reminders (workspace_id, wave_id, invitation_id, number, state, reason, send_after)
    VALUES ('T1', 1, 1, 1, 'failed', 'is_archived', :then);
    INSERT INTO runs (workspace_id, job, subject, due_at, state, reason, claimed_at)
    VALUES ('T1', 'weekly_digest', 1, :then, 'failed', 'not_in_channel', :then);
    INSERT INTO left_out (wave_id, user_id, workspace_id, reason) VALUES (1, 'U2', 'T1', 'guest')
    """
    with engine.begin() as connection:
        _write_as_the_first_release_did(connection, survey_id=1)
        for statement in rows.split(";"):
            connection.execute(text(statement), {"then": "2026-03-02 09:00:00"})
    migrate.upgrade(empty_database_url)
    kept = "SELECT invitations.code, reminders.code, runs.code, because FROM invitations, reminders, runs, left_out"
    with engine.begin() as connection:
        assert connection.execute(text(kept)).all() == [
            ("user_not_found", "is_archived", "not_in_channel", "guest")
        ]


@pytest.mark.slow
def test_processes_that_migrate_at_once_take_turns(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        runs = [threads.submit(_upgrade_elsewhere, empty_database_url) for _ in range(4)]
    assert [run.result() for run in runs] == [0] * 4
    assert revisions.pending(empty_database_url) == []


def test_a_migration_that_fails_leaves_nothing_behind(
    empty_database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _next_migration(tmp_path, monkeypatch, "op.execute('CREATE TABLE half (id INTEGER)'); raise LookupError")
    with pytest.raises(LookupError):
        migrate.upgrade(empty_database_url)
    assert revisions.current(empty_database_url) is None
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []


def test_what_people_answered_is_kept_when_answers_get_ids_of_their_own(
    empty_database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = revisions.MIGRATIONS
    for later in sorted(_copy_of_migrations(tmp_path, monkeypatch).glob("0*.py"))[1:]:
        later.unlink()
    migrate.upgrade(empty_database_url)
    now = "'2026-03-02 09:00:00'"
    with engine.begin() as connection:
        for row in (
            "workspaces VALUES ('T1', 'Acme')",
            f"surveys VALUES (1, 'T1', 'A', 'a', 'Acme', 'employees', '{{}}', 7, 'C1', 0, 9, 'UTC', 'U1', {now})",
            f"waves VALUES (1, 'T1', 1, 1, 'U1', {now}, {now}, {now})",
            "invitations (id, workspace_id, wave_id, user_id, state) VALUES (7, 'T1', 1, 'U1', 'answered')",
            "invitations (id, workspace_id, wave_id, user_id, state) VALUES (9, 'T1', 1, 'U2', 'answered')",
            f"answers VALUES (9, 'T1', 1, 3, 'slow', {now}, {now})",
            f"answers VALUES (7, 'T1', 1, 9, NULL, {now}, {now})",
            "mentions VALUES (9, 'support', 'T1')",
            "mentions VALUES (7, 'quality', 'T1')",
            f"results VALUES (1, 'T1', 1, 0, 1, 1, 2, {now})",
        ):
            connection.execute(text(f"INSERT INTO {row}"))
    monkeypatch.setattr(revisions, "MIGRATIONS", shipped)
    migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        said = connection.execute(
            text(
                "SELECT invitation_id, score, comment, driver, import_key FROM answers "
                "JOIN mentions ON answer_id = answers.id ORDER BY answers.id"
            )
        )
        assert said.all() == [(7, 9, None, "quality", None), (9, 3, "slow", "support", None)]
        frozen = connection.execute(text("SELECT promoters, detractors, invited FROM results"))
        assert frozen.all() == [(1, 1, 2)]
        imported = text(
            "INSERT INTO answers (import_key, workspace_id, wave_id, score, answered_at, changed_at) "
            "VALUES ('k', 'T1', 1, 5, :now, :now)"
        )
        connection.execute(imported, {"now": now.strip("'")})
        assert connection.execute(text("SELECT max(id) FROM answers")).scalar_one() == 3


@pytest.mark.parametrize("empty_database_url", ["sqlite"], indirect=True)
def test_a_migration_that_would_orphan_rows_is_refused(
    empty_database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO workspaces (id, name) VALUES ('T1', 'Acme')"))
        connection.execute(
            text(
                "INSERT INTO people (workspace_id, user_id, locale, time_zone, is_bot, is_deactivated, is_admin,"
                " refreshed_at) VALUES ('T1', 'U1', 'en-US', 'UTC', false, false, false, '2026-03-02 09:00:00')"
            )
        )
    _next_migration(tmp_path, monkeypatch, "op.execute('DELETE FROM workspaces')")
    with pytest.raises(StorageError, match=r"rows that belong to nothing: .*people"):
        migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM workspaces")).scalar_one() == 1


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
    _next_migration(tmp_path, monkeypatch, "op.drop_column('workspaces', 'name')")
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
    shipped = _copy_of_migrations(tmp_path, monkeypatch)
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


def _write_as_the_first_release_did(connection: Connection, survey_id: int) -> None:
    facts = {"id": survey_id, "team": f"T{survey_id}", "then": "2026-03-02 09:00:00"}
    for statement in FIRST_RELEASE.split(";"):
        connection.execute(text(statement), facts)


def _upgrade_elsewhere(url: str) -> int:
    program = "import sys; from storage.migrate import upgrade; upgrade(sys.argv[1])"
    return subprocess.run([sys.executable, "-c", program, url], check=False).returncode  # noqa: S603 - ours


def _copy_of_migrations(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let migrations come from a copy, that a test may add to; return the folder of its versions."""
    copy = folder / "migrations"
    (copy / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako", *(f"versions/{one}" for one in _shipped())):
        (copy / name).write_text((revisions.MIGRATIONS / name).read_text())
    monkeypatch.setattr(revisions, "MIGRATIONS", copy)
    return copy / "versions"


def _shipped() -> list[str]:
    return sorted(migration.name for migration in (revisions.MIGRATIONS / "versions").glob("0*.py"))


def _next_migration(folder: Path, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    newest = _shipped()[-1].split("_")[0]
    versions = _copy_of_migrations(folder, monkeypatch)
    lines = [
        "from alembic import op",
        f"revision, down_revision, branch_labels, depends_on = '9000', '{newest}', None, None",
        "def upgrade():",
        f"    {statement}",
    ]
    (versions / "9000_next.py").write_text("\n".join(lines))
