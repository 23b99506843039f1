"""Uncertain reminders are found by an index: the doctor read all that were ever sent.

The code of the release before this one still runs while, and for a while after, this is applied: it sees no difference.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    uncertain = sa.text("state = 'uncertain'")
    op.create_index(
        "reminders_uncertain", "reminders", ["wave_id"], sqlite_where=uncertain, postgresql_where=uncertain
    )
