"""What Slack says of people refers to no workspace's row: it is kept for a day, and asked for again where it is missing.

PostgreSQL locked that row once for each of a hundred thousand people: half of the time that it took to store them.

The code of the release before this one still runs while, and for a while after, this is applied: it sees no difference.
"""

from storage.migrations.constraints import drop_foreign_key

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    drop_foreign_key("people", "fk_people_workspace_id_workspaces")
