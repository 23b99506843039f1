"""Results can be read by the channels and user groups that people were in when they were asked.

The code of the release before this one still runs while, and for a while after, this is applied: the waves that it plans
know no channels, and their results are read as a whole.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "memberships",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_memberships_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_memberships_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("wave_id", "user_id", "part", name="pk_memberships"),
        sqlite_with_rowid=False,
    )
    for table in ("results", "publications"):
        op.add_column(table, sa.Column("cells", sa.JSON(none_as_null=True), nullable=True))
