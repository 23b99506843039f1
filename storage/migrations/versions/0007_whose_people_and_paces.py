"""Whose people, and one pace for all clocks.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. Name each constraint, also the CHECK that an enum's new word needs: Alembic does
not compare those by itself. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paces",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("speed", sa.Float(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resumes_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_paces_workspace_id_workspaces"),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_paces"),
    )
    for column in ("is_stranger", "has_never_signed_in"):
        op.add_column("people", sa.Column(column, sa.Boolean(), server_default=sa.false(), nullable=False))
    # Whether somebody belongs to another company was not kept: Slack is asked again before anybody is believed.
    op.execute("UPDATE people SET refreshed_at = '2000-01-01 00:00:00'")
