"""Anonymous waves.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. Name each constraint, also the CHECK that an enum's new word needs: Alembic does
not compare those by itself. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("surveys", "waves"):
        op.add_column(
            table, sa.Column("is_anonymous", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.create_table(
        "ballot_keys",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_ballot_keys_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_ballot_keys_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("wave_id", name="pk_ballot_keys"),
    )
    op.create_table(
        "sealed_ballots",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_sealed_ballots_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_sealed_ballots_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("wave_id", "key", name="pk_sealed_ballots"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballots",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("drivers", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name="ballot_score_0_to_10"),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_ballots_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_ballots_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("wave_id", "key", name="pk_ballots"),
        sqlite_with_rowid=False,
    )
