"""A survey's own promise: from how many answers on a result shows, and whether the digest shows comments.

A wave keeps to what its people were told. Comments are read newest first: an index lets a page of them cost the same
however many there are.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("surveys", "waves"):
        op.add_column(table, sa.Column("minimum", sa.Integer(), nullable=True))
        op.add_column(
            table, sa.Column("digest_comments", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    written = sa.text("comment IS NOT NULL")
    op.create_index(
        "comments_by_wave_and_time",
        "answers",
        ["wave_id", "answered_at", "id"],
        sqlite_where=written,
        postgresql_where=written,
    )
