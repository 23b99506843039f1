"""When an anonymous survey asked people is kept for some weeks after it is deleted.

The code of the release before this one still runs while, and for a while after, this is applied: it keeps nothing here.
There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_anonymously",
        sa.Column("workspace_id", sa.String(), sa.ForeignKey("workspaces.id"), primary_key=True),
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )
