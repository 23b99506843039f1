"""Waves that run themselves.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. Name each constraint, also the CHECK that an enum's new word needs: Alembic does
not compare those by itself. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LONG_AGO = sa.text("'2000-01-01 00:00:00'")


def upgrade() -> None:
    # Plain ALTERs, the constraint beside its column: Alembic would copy whole tables for it on SQLite, invitations of
    # ten years among them, and lose on the way which ids were ever given out.
    add_number("workspaces", "quarantine_days", 90, "0 AND 365", "quarantine_within_a_year")
    op.add_column("people", sa.Column("is_guest", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "preferences",
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_preferences_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("workspace_id", "user_id", name="pk_preferences"),
    )

    op.execute(
        "ALTER TABLE surveys ADD COLUMN rhythm VARCHAR(16) DEFAULT 'once' NOT NULL CONSTRAINT survey_rhythm"
        " CHECK (rhythm IN ('once', 'weeks', 'monthly', 'quarterly', 'continuous'))"
    )
    add_number("surveys", "every_weeks", 1, "1 AND 52", "every_weeks_in_a_year")
    add_number("surveys", "reminders", 1, "0 AND 2", "two_reminders_at_most")
    op.add_column(
        "surveys",
        sa.Column("starts_at", sa.DateTime(timezone=True), server_default=LONG_AGO, nullable=False),
    )
    op.add_column("surveys", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE surveys SET starts_at = created_at")

    op.add_column("waves", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("waves", sa.Column("paused_for", sa.String(), nullable=True))
    op.add_column("waves", sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("waves", sa.Column("left_out", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column("waves", sa.Column("planning_at", sa.DateTime(timezone=True), nullable=True))
    for column in ("notice_channel", "notice_ts", "notice_shown", "question_channel", "question_ts"):
        op.add_column("waves", sa.Column(column, sa.String(), nullable=True))
    # Until now a wave opened with all its invitations.
    op.execute("UPDATE waves SET planned_at = opens_at")
    op.create_table(
        "left_out",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_left_out_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_left_out_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("wave_id", "user_id", name="pk_left_out"),
    )

    op.add_column(
        "invitations",
        sa.Column("send_after", sa.DateTime(timezone=True), server_default=LONG_AGO, nullable=False),
    )
    op.add_column("invitations", sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "invitations", sa.Column("time_zone", sa.String(), server_default=sa.text("'UTC'"), nullable=False)
    )
    op.drop_index("invitations_planned", "invitations")
    op.create_index(
        "invitations_to_send",
        "invitations",
        ["wave_id", "send_after", "id"],
        sqlite_where=sa.text("state = 'planned'"),
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.drop_index("invitations_uncertain", "invitations")
    op.drop_index("invitations_by_person", "invitations")
    op.create_index("invitations_by_person", "invitations", ["workspace_id", "user_id", "delivered_at"])

    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("send_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_ts", sa.String(), nullable=True),
        sa.CheckConstraint("number BETWEEN 1 AND 2", name="first_or_second_reminder"),
        sa.CheckConstraint(
            "state IN ('planned', 'claimed', 'delivered', 'failed', 'uncertain')", name="reminder_state"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name="fk_reminders_invitation_id_invitations"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_reminders_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_reminders_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint("invitation_id", "number", name="one_reminder_per_invitation_and_number"),
    )
    for name, columns, state in (
        ("reminders_to_send", ["wave_id", "send_after", "id"], "planned"),
        ("reminders_claimed", ["id"], "claimed"),
    ):
        where = sa.text(f"state = '{state}'")
        op.create_index(name, "reminders", columns, sqlite_where=where, postgresql_where=where)


def add_number(table: str, column: str, default: int, allowed: str, constraint: str) -> None:
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER DEFAULT {default} NOT NULL"
        f" CONSTRAINT {constraint} CHECK ({column} BETWEEN {allowed})"
    )
