"""Surveys say when the clock next looks at them: each look read all that repeat, and all that post digests.

The code of the release before this one still runs while, and for a while after, this is applied: it sees no difference.
A rhythm that it changes meanwhile keeps the time that the clock had worked out; its next opening may be late by that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    at_once = sa.text("'2000-01-01 00:00:00'")
    when = sa.DateTime(timezone=True)
    op.add_column("surveys", sa.Column("next_opening_at", when, nullable=True, server_default=at_once))
    op.add_column("surveys", sa.Column("next_digest_at", when, nullable=False, server_default=at_once))
    at_work = "paused_at IS NULL AND ended_at IS NULL"
    _index("surveys_by_opening", "next_opening_at", at_work)
    _index("surveys_by_digest", "next_digest_at", at_work)


def _index(name: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "surveys", ["workspace_id", column], sqlite_where=where, postgresql_where=where)
