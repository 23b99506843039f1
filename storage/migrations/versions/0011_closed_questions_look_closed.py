"""Closed questions look closed.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. Name each constraint, also the CHECK that an enum's new word needs: Alembic does
not compare those by itself. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Waves that closed before this keep their messages as they are: nobody looks at those any more.
    op.add_column("waves", sa.Column("redraw_after", sa.Integer(), nullable=True))
    op.add_column("waves", sa.Column("redrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("invitations", sa.Column("again_ts", sa.String(), nullable=True))
    op.create_index(
        "waves_to_redraw",
        "waves",
        ["workspace_id"],
        sqlite_where=sa.text("redraw_after IS NOT NULL"),
        postgresql_where=sa.text("redraw_after IS NOT NULL"),
    )
