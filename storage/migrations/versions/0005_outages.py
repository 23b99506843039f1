"""Outages and newcomers.

Who answers an open question before Slack has told who they are stands in `newcomers` until it has.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "newcomers",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name="fk_newcomers_invitation_id_invitations",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_newcomers_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("invitation_id", name="pk_newcomers"),
    )
    op.create_index("newcomers_by_person", "newcomers", ["workspace_id", "user_id"])
