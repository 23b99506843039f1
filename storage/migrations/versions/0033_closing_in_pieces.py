"""A wave that is being closed remembers when it would have closed.

The code of the release before this one still runs while, and for a while after, this is applied: it sees a wave that is
past its time, and closes it as it always did. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("waves", sa.Column("was_to_close_at", sa.DateTime(timezone=True), nullable=True))
