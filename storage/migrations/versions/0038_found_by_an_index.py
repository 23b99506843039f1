"""Indexes find uncertain reminders, the newest wave and what closed lately: all that there ever were, were read.

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
    op.create_index("waves_by_opening", "waves", ["opens_at", "survey_id"])
    closed = sa.text("closed_at IS NOT NULL")
    op.create_index("waves_by_closing", "waves", ["closed_at"], sqlite_where=closed, postgresql_where=closed)
