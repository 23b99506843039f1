"""Quotes: what people said and may be quoted.

The code of the release before this one still runs while, and for a while after, this is applied: what it deletes takes
quotes along. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

STATE = sa.Enum(
    "offered",
    "picked",
    "posted",
    name="quote_state",
    native_enum=False,
    create_constraint=True,
    length=16,
)


def upgrade() -> None:
    op.add_column(
        "erased_messages", sa.Column("is_quote", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("with_name", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("picked_by", sa.String(), nullable=True),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel_id", sa.String(), nullable=True),
        sa.Column("message_ts", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'offered') = (picked_at IS NULL)", name="picked_quotes_say_when"),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name="fk_quotes_answer_id_answers", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name="fk_quotes_survey_id_surveys", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_quotes_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
        sa.UniqueConstraint("answer_id", name="one_quote_per_answer"),
        sqlite_autoincrement=True,
    )
    op.create_index("quotes_by_survey", "quotes", ["survey_id"])
    op.create_index("quotes_by_person", "quotes", ["workspace_id", "user_id"])
    picked = sa.text("state = 'picked'")
    op.create_index("quotes_to_post", "quotes", ["id"], sqlite_where=picked, postgresql_where=picked)
