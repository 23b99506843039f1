"""Indexes find what waits, and the cases of a week: all cases, quotes and notices that there ever were, were read.

The code of the release before this one still runs while, and for a while after, this is applied: it sees no difference.
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("cases_to_draw", "cases")
    op.drop_index("quotes_to_post", "quotes")
    op.drop_index("runs_by_state", "runs")
    op.drop_index("letters_by_state", "letters")
    _index("cases_to_draw", "cases", "drawn < version")
    _index("cases_under_way", "cases", "state <> 'closed'")
    op.create_index("cases_by_opening", "cases", ["survey_id", "opened_at"])
    _index("cases_by_contact", "cases", "contacted_at IS NOT NULL", "survey_id", "contacted_at")
    _index("cases_by_closing", "cases", "closed_at IS NOT NULL", "survey_id", "closed_at")
    _index("quotes_to_post", "quotes", "state = 'picked'")
    _index("notices_to_say", "notices", "said_at IS NULL AND claimed_at IS NULL")
    _index("runs_not_done", "runs", "state <> 'done'", "state", "speaking_at")
    _index("letters_on_the_way", "letters", "due_at IS NOT NULL", "workspace_id", "state")


def _index(name: str, table: str, condition: str, *columns: str) -> None:
    where = sa.text(condition)
    columns = columns or ("workspace_id", "id")
    op.create_index(name, table, list(columns), sqlite_where=where, postgresql_where=where)
