"""When a manager last looked at the newest comments of a survey. What was written before this counts as read.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. Name each constraint, also the CHECK that an enum's new word needs: Alembic does
not compare those by itself. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("surveys", sa.Column("comments_read_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE surveys SET comments_read_at = CURRENT_TIMESTAMP")
