"""The question is theirs.

How a question is worded beyond its subject, for the survey and for each wave as its people read it. The questions of
before have none: their subject is the same in every language.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("surveys", sa.Column("wording", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("waves", sa.Column("wording", sa.JSON(none_as_null=True), nullable=True))
