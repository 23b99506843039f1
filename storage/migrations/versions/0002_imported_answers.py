"""Answers that were imported.

An answer gets an id of its own, since an imported one has no invitation; what was ticked hangs on that id. No release
was made of 0001 alone, so these two tables are dropped and made again at once: no older code runs beside this. There
is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COPIED = ("answers", "mentions", "results")


def upgrade() -> None:
    op.add_column("waves", sa.Column("label", sa.String(), nullable=True))
    op.create_index("one_wave_per_label", "waves", ["survey_id", "label"], unique=True)

    # Neither a primary key nor a CHECK can be changed in SQLite, and names of constraints are taken while a table stands.
    for table in _COPIED:
        op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")  # noqa: S608 - ours
    for table in ("mentions", "answers", "results"):
        op.drop_table(table)
    _create_tables()
    op.execute(
        "INSERT INTO answers (invitation_id, workspace_id, wave_id, score, comment, answered_at, changed_at) "
        "SELECT invitation_id, workspace_id, wave_id, score, comment, answered_at, changed_at "
        "FROM answers_before ORDER BY invitation_id"
    )
    op.execute(
        "INSERT INTO mentions (answer_id, driver, workspace_id) "
        "SELECT answers.id, driver, mentions_before.workspace_id FROM mentions_before "
        "JOIN answers ON answers.invitation_id = mentions_before.invitation_id"
    )
    columns = "wave_id, workspace_id, promoters, passives, detractors, comments, invited, frozen_at"
    op.execute(f"INSERT INTO results ({columns}) SELECT {columns} FROM results_before")  # noqa: S608 - ours
    for table in _COPIED:
        op.drop_table(f"{table}_before")


def _create_tables() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("import_key", sa.LargeBinary(), nullable=True),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name="score_0_to_10"),
        sa.CheckConstraint("(invitation_id IS NULL) <> (import_key IS NULL)", name="asked_or_imported"),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name="fk_answers_invitation_id_invitations"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_answers_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_answers_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.UniqueConstraint("invitation_id", name="one_answer_per_invitation"),
        sa.UniqueConstraint("import_key", name="one_answer_per_imported_row"),
    )
    op.create_index("answers_by_wave_and_score", "answers", ["wave_id", "score"])
    op.create_table(
        "mentions",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("driver", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name="fk_mentions_answer_id_answers", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_mentions_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("answer_id", "driver", name="pk_mentions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "results",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("promoters", sa.Integer(), nullable=False),
        sa.Column("passives", sa.Integer(), nullable=False),
        sa.Column("detractors", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "promoters + passives + detractors <= invited", name="no_more_answers_than_invited"
        ),
        sa.CheckConstraint(
            "promoters >= 0 AND passives >= 0 AND detractors >= 0", name="counts_not_negative"
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_results_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_results_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("wave_id", name="pk_results"),
    )
