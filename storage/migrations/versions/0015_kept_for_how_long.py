"""Kept for how long.

A survey may keep what people said for some time only. A wave keeps to what its people were told.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("surveys", sa.Column("keep_days", sa.Integer(), nullable=True))
    op.add_column("waves", sa.Column("keep_days", sa.Integer(), nullable=True))
