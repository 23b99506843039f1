"""Releases before this one and after it: what they wrote, and which migrations they had."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from storage.database import revisions

FIRST_RELEASE = """
INSERT INTO workspaces (id, name) VALUES (:team, 'Acme');
INSERT INTO surveys (id, workspace_id, name, key, subject, kind, audience, wave_days, digest_channel, digest_weekday,
digest_hour, time_zone, created_by, created_at) VALUES (:id, :team, 'Pulse', 'pulse', 'Acme', 'employees', '{}', 7,
'C1', 0, 9, 'UTC', 'U1', :then);
INSERT INTO waves (id, workspace_id, survey_id, number, opened_by, opens_at, closes_at)
VALUES (:id, :team, :id, 1, 'U1', :then, :then);
INSERT INTO invitations (workspace_id, wave_id, user_id, state) VALUES (:team, :id, 'U1', 'planned')
"""


def write_as_the_first_release_did(connection: Connection, survey_id: int) -> None:
    facts = {"id": survey_id, "team": f"T{survey_id}", "then": "2026-03-02 09:00:00"}
    for statement in FIRST_RELEASE.split(";"):
        connection.execute(text(statement), facts)


def copy_of_migrations(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let migrations come from a copy, that a test may add to; return the folder of its versions."""
    copy = folder / "migrations"
    (copy / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako", *(f"versions/{one}" for one in shipped())):
        (copy / name).write_text((revisions.MIGRATIONS / name).read_text())
    monkeypatch.setattr(revisions, "MIGRATIONS", copy)
    return copy / "versions"


def shipped() -> list[str]:
    return sorted(migration.name for migration in (revisions.MIGRATIONS / "versions").glob("0*.py"))


def next_migration(folder: Path, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    newest = shipped()[-1].split("_")[0]
    versions = copy_of_migrations(folder, monkeypatch)
    lines = [
        "from alembic import op",
        f"revision, down_revision, branch_labels, depends_on = '9000', '{newest}', None, None",
        "def upgrade():",
        f"    {statement}",
    ]
    (versions / "9000_next.py").write_text("\n".join(lines))
