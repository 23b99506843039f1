"""Public holidays.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. Name each constraint, also the CHECK that an enum's new word needs: Alembic does
not compare those by itself. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "workspace_settings", sa.Column("holidays", sa.JSON(), server_default=sa.text("'[]'"), nullable=False)
    )
