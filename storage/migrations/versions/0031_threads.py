"""Threads: conversations about anonymous comments, and the letters of each.

The code of the release before this one still runs while, and for a while after, this is applied: it casts no ballot that
allows a conversation. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=16)


def upgrade() -> None:
    op.add_column("ballots", sa.Column("thread_key", sa.LargeBinary(), nullable=True))
    op.create_table(
        "threads",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", _words("thread_state", "open", "ending", "ended"), nullable=False),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (sealed IS NOT NULL)", name="open_threads_are_joined"),
        sa.CheckConstraint("(state = 'open') = (ending IS NULL)", name="threads_say_why_they_end"),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_threads_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_threads_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_threads"),
        sqlite_with_rowid=False,
    )
    op.create_index("threads_by_wave", "threads", ["wave_id"])
    op.create_index("threads_by_state", "threads", ["workspace_id", "state"])
    op.create_table(
        "letters",
        sa.Column("thread_key", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("is_from_team", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "state",
            _words("letter_state", "waiting", "claimed", "delivered", "uncertain", "dropped"),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_key"], ["threads.key"], name="fk_letters_thread_key_threads", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_letters_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("thread_key", "number", name="pk_letters"),
        sqlite_with_rowid=False,
    )
    op.create_index("letters_by_state", "letters", ["workspace_id", "state"])
