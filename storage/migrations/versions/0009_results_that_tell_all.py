"""Results hold all that reports need, and every version of them is kept.

The code of the release before this one still runs while, and for a while after, this is applied: what it freezes lacks
the new columns, which are read from the answers then. Scores are counted here once, for the waves that have closed.
"""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_SCORES = 11


def upgrade() -> None:
    for column in ("scores", "late", "reasons", "both"):
        op.add_column("results", sa.Column(column, sa.JSON(none_as_null=True), nullable=True))
    op.add_column("results", sa.Column("before_id", sa.Integer(), nullable=True))
    op.create_table(
        "publications",
        sa.Column("promoters", sa.Integer(), nullable=False),
        sa.Column("passives", sa.Integer(), nullable=False),
        sa.Column("detractors", sa.Integer(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("scores", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("late", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reasons", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("both", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["wave_id"], ["waves.id"], name="fk_publications_wave_id_waves"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_publications_workspace_id_workspaces"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
    )
    op.create_index("publications_by_wave", "publications", ["wave_id", "id"])
    _count_scores()
    columns = "wave_id, workspace_id, promoters, passives, detractors, comments, invited, scores, frozen_at"
    op.execute(f"INSERT INTO publications ({columns}) SELECT {columns} FROM results")  # noqa: S608 - our own names


def _count_scores() -> None:
    connection = op.get_bind()
    question = sa.text(
        "SELECT answers.wave_id, answers.score, COUNT(*) FROM answers"
        " JOIN results ON results.wave_id = answers.wave_id GROUP BY answers.wave_id, answers.score"
    )
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0] * _SCORES)
    for wave_id, score, answers in connection.execute(question):
        counts[wave_id][score] = answers
    results = sa.table("results", sa.column("wave_id", sa.Integer), sa.column("scores", sa.JSON))
    for wave_id, scores in counts.items():
        connection.execute(results.update().where(results.c.wave_id == wave_id).values(scores=scores))
