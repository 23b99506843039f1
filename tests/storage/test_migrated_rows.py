"""What was stored before a migration is there after it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from storage import migrate
from storage.database import revisions
from storage.errors import StorageError
from tests.storage.releases import copy_of_migrations, next_migration, write_as_the_first_release_did

pytestmark = pytest.mark.slow


def test_what_the_first_release_wrote_goes_on_and_it_may_write_while_the_next_one_starts(
    empty_database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as earlier:
        for later in sorted(copy_of_migrations(tmp_path, earlier).glob("0*.py"))[1:]:
            later.unlink()
        migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        write_as_the_first_release_did(connection, survey_id=1)
    migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        write_as_the_first_release_did(connection, survey_id=2)
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
        for later in sorted(copy_of_migrations(tmp_path, earlier).glob("0*.py"))[3:]:
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
        write_as_the_first_release_did(connection, survey_id=1)
        for statement in rows.split(";"):
            connection.execute(text(statement), {"then": "2026-03-02 09:00:00"})
    migrate.upgrade(empty_database_url)
    kept = "SELECT invitations.code, reminders.code, runs.code, because FROM invitations, reminders, runs, left_out"
    with engine.begin() as connection:
        assert connection.execute(text(kept)).all() == [
            ("user_not_found", "is_archived", "not_in_channel", "guest")
        ]


def test_what_people_answered_is_kept_when_answers_get_ids_of_their_own(
    empty_database_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = revisions.MIGRATIONS
    for later in sorted(copy_of_migrations(tmp_path, monkeypatch).glob("0*.py"))[1:]:
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
        connection.execute(text("INSERT INTO preferences (workspace_id, user_id) VALUES ('T1', 'U1')"))
    next_migration(tmp_path, monkeypatch, "op.execute('DELETE FROM workspaces')")
    with pytest.raises(StorageError, match=r"rows that belong to nothing: .*preferences"):
        migrate.upgrade(empty_database_url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM workspaces")).scalar_one() == 1
