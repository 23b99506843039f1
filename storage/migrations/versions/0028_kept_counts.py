"""Counts are kept.

What a card, a digest and the progress of an open wave say is counted while it is written, by the database itself: so
whoever writes is counted, also the release before this one while it still runs. Triggers stand on tables: a later
migration that lets SQLite copy `answers`, `mentions` or `invitations` has to make them again.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. There is no way down but the backup.
"""

# ruff: noqa: S608 - every word of these statements is our own

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

ADD = "INSERT INTO kept_counts (wave_id, what, key, part, count)"
TO_WHAT_STANDS = (
    "ON CONFLICT (wave_id, what, key, part) DO UPDATE SET count = kept_counts.count + excluded.count"
)

# Where an invitation stands: its state, three flags and a code. Put off; reached by a reminder alone; reached at all.
STANDS = """{row}.state || ' '
    || CASE WHEN {row}.state = 'planned' AND {row}.snoozed_until IS NOT NULL THEN '1' ELSE '0' END
    || CASE WHEN {row}.claimed_at IS NOT NULL AND {row}.delivered_at IS NOT NULL AND {row}.message_ts IS NULL
        THEN '1' ELSE '0' END
    || CASE WHEN {row}.delivered_at IS NOT NULL OR {row}.state = 'answered' THEN '1' ELSE '0' END
    || ' ' || coalesce({row}.code, '')"""
HOUR = {
    "sqlite": "substr({row}.answered_at, 1, 13)",
    "postgresql": "to_char({row}.answered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24')",
}

NAMES = {
    "answers": ("count_given", "count_changed", "count_gone"),
    "mentions": ("count_ticked", "count_ticked_otherwise", "count_no_longer_ticked"),
    "invitations": ("count_invited", "count_moved", "count_uninvited"),
}
ROWS = ("NEW TABLE AS now_is", "OLD TABLE AS was NEW TABLE AS now_is", "OLD TABLE AS was")


def upgrade() -> None:
    op.create_table(
        "kept_counts",
        sa.Column("wave_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["wave_id"], ["waves.id"], name="fk_kept_counts_wave_id_waves", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("wave_id", "what", "key", "part", name="pk_kept_counts"),
        sqlite_with_rowid=False,
    )
    # Of answers that were asked for alone: how many came since a moment within an hour.
    op.create_index(
        "answers_by_wave_and_time",
        "answers",
        ["wave_id", "answered_at"],
        sqlite_where=sa.text("invitation_id IS NOT NULL"),
        postgresql_where=sa.text("invitation_id IS NOT NULL"),
    )
    is_sqlite = op.get_context().dialect.name == "sqlite"
    keeping = _on_sqlite() if is_sqlite else [*functions(), *_triggers()]
    for statement in (*keeping, *_what_stands_already()):
        op.execute(sa.text(statement.replace(":", "\\:")))


def _what_stands_already() -> list[str]:
    hour = HOUR[op.get_context().dialect.name].format(row="a")
    asked = "FROM answers a WHERE a.invitation_id IS NOT NULL"
    asked_ticked = "FROM mentions m JOIN answers a ON a.id = m.answer_id WHERE a.invitation_id IS NOT NULL"
    stands = STANDS.format(row="i")
    return [
        f"{ADD} SELECT a.wave_id, 'score', CAST(a.score AS VARCHAR), 0, count(*) {asked} GROUP BY a.wave_id, a.score",
        f"{ADD} SELECT a.wave_id, 'hour', {hour}, 0, count(*) {asked} GROUP BY a.wave_id, {hour}",
        f"{ADD} SELECT a.wave_id, 'comment', '', 0, count(*) {asked} AND a.comment IS NOT NULL GROUP BY a.wave_id",
        f"{ADD} SELECT a.wave_id, 'driver', m.driver, 0, count(*) {asked_ticked} GROUP BY a.wave_id, m.driver",
        f"{ADD} SELECT i.wave_id, 'state', {stands}, 0, count(*) FROM invitations i GROUP BY i.wave_id, {stands}",
    ]


def _on_sqlite() -> list[str]:
    """One row at a time, which is how SQLite fires triggers."""

    def of_answer(row: str, by: str) -> str:
        asked = f"WHERE {row}.invitation_id IS NOT NULL"
        return (
            f"{ADD} SELECT {row}.wave_id, 'score', CAST({row}.score AS VARCHAR), 0, {by} {asked} {TO_WHAT_STANDS};"
            f"{ADD} SELECT {row}.wave_id, 'hour', {HOUR['sqlite'].format(row=row)}, 0, {by} {asked} {TO_WHAT_STANDS};"
            f"{ADD} SELECT {row}.wave_id, 'comment', '', 0, {by} {asked} AND {row}.comment IS NOT NULL {TO_WHAT_STANDS};"
        )

    def of_mention(row: str, by: str) -> str:
        return (
            f"{ADD} SELECT a.wave_id, 'driver', {row}.driver, 0, {by} FROM answers a "
            f"WHERE a.id = {row}.answer_id AND a.invitation_id IS NOT NULL {TO_WHAT_STANDS};"
        )

    def of_invitation(row: str, by: str) -> str:
        stands = STANDS.format(row=row)
        return f"{ADD} VALUES ({row}.wave_id, 'state', {stands}, 0, {by}) {TO_WHAT_STANDS};"

    hours = HOUR["sqlite"]
    answer_differs = (
        "(OLD.score, OLD.comment IS NULL, OLD.wave_id, OLD.invitation_id IS NULL) "
        "IS NOT (NEW.score, NEW.comment IS NULL, NEW.wave_id, NEW.invitation_id IS NULL) "
        f"OR {hours.format(row='OLD')} IS NOT {hours.format(row='NEW')}"
    )
    invitation_differs = (
        f"OLD.wave_id IS NOT NEW.wave_id OR {STANDS.format(row='OLD')} IS NOT {STANDS.format(row='NEW')}"
    )
    asked = "WHEN NEW.invitation_id IS NOT NULL"
    was_asked = "WHEN OLD.invitation_id IS NOT NULL"
    triggers = {
        f"count_given AFTER INSERT ON answers {asked}": of_answer("NEW", "1"),
        f"count_changed AFTER UPDATE ON answers WHEN {answer_differs}": of_answer("OLD", "-1")
        + of_answer("NEW", "1"),
        # Before it goes, and its mentions with it: afterwards nobody knows of which wave those were.
        f"count_going BEFORE DELETE ON answers {was_asked}": of_answer("OLD", "-1")
        + f"{ADD} SELECT OLD.wave_id, 'driver', m.driver, 0, -1 FROM mentions m WHERE m.answer_id = OLD.id {TO_WHAT_STANDS};",
        "count_ticked AFTER INSERT ON mentions": of_mention("NEW", "1"),
        "count_ticked_otherwise AFTER UPDATE ON mentions": of_mention("OLD", "-1") + of_mention("NEW", "1"),
        "count_no_longer_ticked AFTER DELETE ON mentions": of_mention("OLD", "-1"),
        "count_invited AFTER INSERT ON invitations": of_invitation("NEW", "1"),
        f"count_moved AFTER UPDATE ON invitations WHEN {invitation_differs}": of_invitation("OLD", "-1")
        + of_invitation("NEW", "1"),
        "count_uninvited AFTER DELETE ON invitations": of_invitation("OLD", "-1"),
    }
    return [f"CREATE TRIGGER {when} BEGIN {does} END" for when, does in triggers.items()]


def functions() -> list[str]:
    """Make what PostgreSQL's triggers call; a restore does so too, since `pg_dump` of tables leaves them out.

    They count one statement at a time, each connection into rows of its own and those in one order: nobody waits for
    another.
    """
    asked = "a.invitation_id IS NOT NULL"
    hour = HOUR["postgresql"].format(row="a")

    def of_answers(rows: str, by: str) -> str:
        return (
            f"SELECT a.wave_id, 'score' AS what, a.score::text AS key, {by} AS by FROM {rows} a WHERE {asked} "
            f"UNION ALL SELECT a.wave_id, 'hour', {hour}, {by} FROM {rows} a WHERE {asked} "
            f"UNION ALL SELECT a.wave_id, 'comment', '', {by} FROM {rows} a WHERE {asked} AND a.comment IS NOT NULL"
        )

    def of_mentions(rows: str, by: str) -> str:
        return (
            f"SELECT a.wave_id, 'driver' AS what, m.driver AS key, {by} AS by FROM {rows} m "
            f"JOIN answers a ON a.id = m.answer_id WHERE {asked}"
        )

    def of_invitations(rows: str, by: str) -> str:
        return f"SELECT i.wave_id, 'state' AS what, {STANDS.format(row='i')} AS key, {by} AS by FROM {rows} i"

    def function(name: str, changes: str, gives: str = "NULL") -> str:
        return (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{ADD} SELECT c.wave_id, c.what, c.key, pg_backend_pid(), sum(c.by) FROM ({changes}) c "
            f"GROUP BY c.wave_id, c.what, c.key HAVING sum(c.by) <> 0 ORDER BY c.wave_id, c.what, c.key {TO_WHAT_STANDS}; "
            f"RETURN {gives}; END $$"
        )

    made = []
    for table, of_rows in (
        ("answers", of_answers),
        ("mentions", of_mentions),
        ("invitations", of_invitations),
    ):
        added, changed, gone = NAMES[table]
        made += [
            function(added, of_rows("now_is", "1")),
            function(changed, f"{of_rows('was', '-1')} UNION ALL {of_rows('now_is', '1')}"),
            function(gone, of_rows("was", "-1")),
        ]
    # Before an answer goes, and its mentions with it: afterwards nobody knows of which wave those were.
    ticked = "SELECT OLD.wave_id, 'driver' AS what, m.driver AS key, -1 AS by FROM mentions m WHERE m.answer_id = OLD.id"
    return [*made, function("count_going", ticked, gives="OLD")]


def _triggers() -> list[str]:
    made = []
    for table, names in NAMES.items():
        for name, when, rows in zip(names, ("INSERT", "UPDATE", "DELETE"), ROWS, strict=True):
            made.append(
                f"CREATE TRIGGER {name} AFTER {when} ON {table} REFERENCING {rows} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )
    going = "BEFORE DELETE ON answers FOR EACH ROW WHEN (OLD.invitation_id IS NOT NULL)"
    return [*made, f"CREATE TRIGGER count_going {going} EXECUTE FUNCTION count_going()"]
