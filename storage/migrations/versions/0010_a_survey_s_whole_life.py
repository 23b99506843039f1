"""A survey's whole life.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. Name each constraint, also the CHECK that an enum's new word needs: Alembic does
not compare those by itself. There is no way down but the backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("surveys", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "surveys",
        sa.Column("result_at_closing", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("waves", sa.Column("subject", sa.String(), nullable=True))
    op.add_column("waves", sa.Column("kind", sa.String(), nullable=True))
    # A wave keeps what its people were told, whatever becomes of its survey.
    op.execute(
        "UPDATE waves SET subject = (SELECT surveys.subject FROM surveys WHERE surveys.id = waves.survey_id),"
        " kind = (SELECT surveys.kind FROM surveys WHERE surveys.id = waves.survey_id)"
    )
