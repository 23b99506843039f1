"""What managers set for their workspace.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. Name each constraint, also the CHECK that an enum's new word needs: Alembic does
not compare those by itself. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # No row: everything is as the environment says.
    op.create_table(
        "workspace_settings",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("quarantine_days", sa.Integer(), nullable=True),
        sa.Column("working_days", sa.JSON(), nullable=True),
        sa.Column("opens_minute", sa.Integer(), nullable=True),
        sa.Column("closes_minute", sa.Integer(), nullable=True),
        sa.Column("managers", sa.JSON(), nullable=False),
        sa.Column("manager_groups", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quarantine_days BETWEEN 0 AND 365", name="own_quarantine_within_a_year"),
        sa.CheckConstraint(
            "opens_minute >= 0 AND opens_minute < closes_minute AND closes_minute < 1440 AND closes_minute - opens_minute <= 720",
            name="working_hours_within_a_day",
        ),
        sa.CheckConstraint(
            "(opens_minute IS NULL) = (closes_minute IS NULL)", name="working_hours_with_both_ends"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_workspace_settings_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_workspace_settings"),
    )
