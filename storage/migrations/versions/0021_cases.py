"""Cases: somebody may be contacted, and what was done about it.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. Name each constraint, also the CHECK that an enum's new word needs: Alembic does
not compare those by itself. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("surveys", sa.Column("follow_up_channel", sa.String(), nullable=True))
    op.add_column(
        "surveys",
        sa.Column("follow_up_with", sa.String(), server_default=sa.text("'detractors'"), nullable=False),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "taken",
                "contacted",
                "closed",
                name="case_state",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(), nullable=True),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("channel_id", sa.String(), nullable=True),
        sa.Column("message_ts", sa.String(), nullable=True),
        sa.Column("line_channel", sa.String(), nullable=True),
        sa.Column("line_ts", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_cases_say_when"),
        sa.CheckConstraint("(state = 'closed') = (ending IS NOT NULL)", name="closed_cases_say_why"),
        sa.CheckConstraint(
            "state IN ('open', 'closed') OR owner IS NOT NULL", name="somebody_has_a_taken_case"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name="fk_cases_invitation_id_invitations"
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_cases_survey_id_surveys"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_cases_workspace_id_workspaces"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("invitation_id", name="one_case_per_invitation"),
        sqlite_autoincrement=True,
    )
    not_drawn = sa.text("drawn < version")
    op.create_index("cases_by_survey_and_state", "cases", ["survey_id", "state", "id"])
    op.create_index("cases_by_person", "cases", ["workspace_id", "user_id"])
    op.create_index("cases_by_state", "cases", ["workspace_id", "state", "opened_at"])
    op.create_index("cases_to_draw", "cases", ["id"], sqlite_where=not_drawn, postgresql_where=not_drawn)
    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name="fk_case_events_case_id_cases", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_case_events_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_events"),
    )
    op.create_index("case_events_by_case", "case_events", ["case_id", "id"])
