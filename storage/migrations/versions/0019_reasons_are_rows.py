"""Reasons are rows.

A survey may have drivers of its own, and each wave writes down which it offers. The waves of before offered the five
that every survey had.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "survey_drivers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_survey_drivers_workspace_id_workspaces"
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_survey_drivers_survey_id_surveys"),
        sa.PrimaryKeyConstraint("id", name="pk_survey_drivers"),
        sa.UniqueConstraint("survey_id", "key", name="one_driver_per_key"),
        sqlite_autoincrement=True,
    )
    op.add_column("waves", sa.Column("drivers", sa.JSON(none_as_null=True), nullable=True))
