"""Who erased themselves while a wave was open leaves a mark in it, which goes when it closes.

The code of the release before this one still runs while, and for a while after, this is applied: it leaves no marks and
sees none, and what it deletes takes them along. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased_marks",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["waves.id"], name="fk_erased_marks_wave_id_waves", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wave_id", "salt", name="pk_erased_marks"),
        sqlite_with_rowid=False,
    )
