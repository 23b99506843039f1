"""Forms in steps.

What a manager has typed into the form of a survey stands in `form_drafts` until they agree, for two days at most.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "form_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=True),
        sa.Column("written", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_form_drafts_workspace_id_workspaces"
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_form_drafts_survey_id_surveys"),
        sa.PrimaryKeyConstraint("id", name="pk_form_drafts"),
        sqlite_autoincrement=True,
    )
