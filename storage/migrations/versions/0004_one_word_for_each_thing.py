"""One word for each thing.

A reason is what a respondent gives, and nothing else: Slack's word for no is a `code`, and somebody is left out
`because`. No release was made before this one, so the columns are renamed at once: no older code runs beside this.
There is no way down but the backup.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

RENAMED = {"invitations": "code", "reminders": "code", "runs": "code", "left_out": "because"}


def upgrade() -> None:
    # Plain ALTERs on both databases: Alembic would copy whole tables for them on SQLite.
    for table, name in RENAMED.items():
        op.execute(f"ALTER TABLE {table} RENAME COLUMN reason TO {name}")
