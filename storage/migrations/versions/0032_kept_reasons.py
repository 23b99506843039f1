"""What was ticked together is kept counted.

`/nps drivers` of an open wave splits each answer over all that was ticked in it. How many answers of a category named the
same drivers tells that without a look at any answer. Answers in which nothing was ticked are the rest of the scores, so a
first tap costs nothing more.

The code of the release before this one still runs while, and for a while after, this is applied: add and backfill now,
and drop or rename in a later release. There is no way down but the backup.
"""

# ruff: noqa: S608 - every word of these statements is our own

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ADD = "INSERT INTO kept_counts (wave_id, what, key, part, count)"
TO_WHAT_STANDS = (
    "ON CONFLICT (wave_id, what, key, part) DO UPDATE SET count = kept_counts.count + excluded.count"
)
CATEGORY = (
    "CASE WHEN {row}.score >= 9 THEN 'promoter' WHEN {row}.score >= 7 THEN 'passive' ELSE 'detractor' END"
)
STANDS = "EXISTS (SELECT 1 FROM mentions x WHERE x.answer_id = a.id)"

MENTIONS = ("count_reasons_ticked", "count_reasons_ticked_otherwise", "count_reasons_no_longer_ticked")
WHENS = ("INSERT", "UPDATE", "DELETE")
ROWS = ("NEW TABLE AS now_is", "OLD TABLE AS was NEW TABLE AS now_is", "OLD TABLE AS was")


def upgrade() -> None:
    is_sqlite = op.get_context().dialect.name == "sqlite"
    # Nobody ticks between the count of what stands and the first that is kept.
    locked = [] if is_sqlite else ["LOCK TABLE answers, mentions IN SHARE MODE"]
    keeping = _on_sqlite() if is_sqlite else [*functions(), *_triggers()]
    for statement in (*locked, *keeping, *_what_stands_already(is_sqlite)):
        op.execute(sa.text(statement.replace(":", "\\:")))


def _what_stands_already(is_sqlite: bool) -> list[str]:  # noqa: FBT001 - which of two
    ticked = _ticked_on_sqlite("a.id") if is_sqlite else _ticked_on_postgresql("a.id")
    each = (
        f"SELECT a.wave_id, {CATEGORY.format(row='a')} || {'char' if is_sqlite else 'chr'}(31) || {ticked} AS key "
        f"FROM answers a WHERE a.invitation_id IS NOT NULL AND {STANDS}"
    )
    return [
        "DELETE FROM kept_counts WHERE what = 'reasons'",
        f"{ADD} SELECT e.wave_id, 'reasons', e.key, 0, count(*) FROM ({each}) e GROUP BY e.wave_id, e.key",
    ]


def _ticked_on_sqlite(answer: str, but: str | None = None, and_also: str | None = None) -> str:
    """Name what is ticked in an answer, in order, but for one, and one more; NULL where that is nothing."""
    rows = f"SELECT driver FROM mentions WHERE answer_id = {answer}"
    rows += f" AND driver IS NOT {but}" if but else ""
    rows += f" UNION SELECT {and_also}" if and_also else ""
    return f"(SELECT group_concat(driver, char(31)) FROM ({rows} ORDER BY driver))"


def _on_sqlite() -> list[str]:
    """One row at a time, which is how SQLite fires triggers: of an answer that loses or gains one driver."""

    def counted(answer: str, ticked: str, by: int, said: str = "a") -> str:
        of = f"FROM answers a WHERE a.id = {answer}" if said == "a" else "WHERE 1"
        return (
            f"{ADD} SELECT {said}.wave_id, 'reasons', {CATEGORY.format(row=said)} || char(31) || {ticked}, 0, {by} "
            f"{of} AND {said}.invitation_id IS NOT NULL AND {ticked} IS NOT NULL {TO_WHAT_STANDS};"
        )

    def moved(answer: str, before: str, after: str) -> str:
        return counted(answer, before, -1) + counted(answer, after, 1)

    new, old = "NEW.answer_id", "OLD.answer_id"
    put_in_place = f"CASE WHEN {new} = {old} THEN NEW.driver END"
    gained = moved(new, _ticked_on_sqlite(new, but="NEW.driver"), _ticked_on_sqlite(new))
    lost = moved(old, _ticked_on_sqlite(old, and_also="OLD.driver"), _ticked_on_sqlite(old))
    replaced = moved(
        old,
        _ticked_on_sqlite(old, but=put_in_place, and_also="OLD.driver"),
        _ticked_on_sqlite(old, but=put_in_place),
    )
    differs = (
        f"({CATEGORY.format(row='OLD')}, OLD.wave_id, OLD.invitation_id IS NULL) "
        f"IS NOT ({CATEGORY.format(row='NEW')}, NEW.wave_id, NEW.invitation_id IS NULL)"
    )
    its = _ticked_on_sqlite("OLD.id")
    triggers = {
        "count_reasons_ticked AFTER INSERT ON mentions": gained,
        "count_reasons_ticked_otherwise AFTER UPDATE ON mentions": replaced + gained,
        "count_reasons_no_longer_ticked AFTER DELETE ON mentions": lost,
        f"count_reasons_changed AFTER UPDATE ON answers WHEN {differs}": (
            counted("", its, -1, "OLD") + counted("", its, 1, "NEW")
        ),
        # Before it goes, and its mentions with it: afterwards nobody knows of which wave those were.
        "count_reasons_going BEFORE DELETE ON answers": counted("", its, -1, "OLD"),
    }
    return [f"CREATE TRIGGER {when} BEGIN {does} END" for when, does in triggers.items()]


def _ticked_on_postgresql(answer: str) -> str:
    in_order = 'string_agg(m.driver, chr(31) ORDER BY m.driver COLLATE "C")'
    return f"(SELECT {in_order} FROM mentions m WHERE m.answer_id = {answer})"


def functions() -> list[str]:
    """Make what PostgreSQL's triggers call; a restore does so too, since `pg_dump` of tables leaves them out.

    Of mentions they count one statement at a time, of answers those alone that change their category, or go.
    """

    def function(name: str, changes: str, gives: str = "NULL") -> str:
        return (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{ADD} SELECT c.wave_id, 'reasons', c.key, pg_backend_pid(), sum(c.by) FROM ({changes}) c "
            f"WHERE c.key IS NOT NULL GROUP BY c.wave_id, c.key HAVING sum(c.by) <> 0 ORDER BY c.wave_id, c.key "
            f"{TO_WHAT_STANDS}; RETURN {gives}; END $$"
        )

    def of_mentions(touched: str, before: str) -> str:
        """Take away what was ticked together in each answer that was touched, and add what is now."""
        together = 't.category || chr(31) || string_agg(m.driver, chr(31) ORDER BY m.driver COLLATE "C")'
        of_each = "GROUP BY t.id, t.wave_id, t.category"
        return (
            f"WITH touched AS MATERIALIZED (SELECT DISTINCT a.id, a.wave_id, {CATEGORY.format(row='a')} AS category "
            f"FROM ({touched}) r JOIN answers a ON a.id = r.answer_id WHERE a.invitation_id IS NOT NULL), "
            "stand AS (SELECT m.answer_id, m.driver FROM touched t JOIN mentions m ON m.answer_id = t.id) "
            f"SELECT t.wave_id, {together} AS key, -1 AS by FROM touched t JOIN ({before}) m ON m.answer_id = t.id {of_each} "
            f"UNION ALL SELECT t.wave_id, {together}, 1 FROM touched t JOIN stand m ON m.answer_id = t.id {of_each}"
        )

    def of_answer(row: str, by: int) -> str:
        key = f"{CATEGORY.format(row=row)} || chr(31) || {_ticked_on_postgresql(f'{row}.id')}"
        return f"SELECT {row}.wave_id, {key} AS key, {by} AS by WHERE {row}.invitation_id IS NOT NULL"

    new, old, all_now = (f"SELECT answer_id, driver FROM {rows}" for rows in ("now_is", "was", "stand"))
    added, changed, gone = MENTIONS
    return [
        function(added, of_mentions(new, f"{all_now} EXCEPT {new}")),
        function(changed, of_mentions(f"{new} UNION {old}", f"({all_now} EXCEPT {new}) UNION {old}")),
        function(gone, of_mentions(old, f"{all_now} UNION {old}")),
        function("count_reasons_changed", f"{of_answer('OLD', -1)} UNION ALL {of_answer('NEW', 1)}"),
        # Before an answer goes, and its mentions with it: afterwards nobody knows of which wave those were.
        function("count_reasons_going", of_answer("OLD", -1), gives="OLD"),
    ]


def _triggers() -> list[str]:
    was, now_is = (
        f"({CATEGORY.format(row=row)}, {row}.wave_id, {row}.invitation_id IS NULL)" for row in ("OLD", "NEW")
    )
    changed = f"AFTER UPDATE ON answers FOR EACH ROW WHEN ({was} IS DISTINCT FROM {now_is})"
    going = "BEFORE DELETE ON answers FOR EACH ROW WHEN (OLD.invitation_id IS NOT NULL)"
    return [
        *(
            f"CREATE TRIGGER {name} AFTER {when} ON mentions REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            for name, when, rows in zip(MENTIONS, WHENS, ROWS, strict=True)
        ),
        f"CREATE TRIGGER count_reasons_changed {changed} EXECUTE FUNCTION count_reasons_changed()",
        f"CREATE TRIGGER count_reasons_going {going} EXECUTE FUNCTION count_reasons_going()",
    ]
