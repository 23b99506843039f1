"""After a restore nothing is sent by itself: nobody knows what was sent after the backup was taken.

What is open or repeats is paused, as a manager pauses it, so each survey goes on when somebody resumes it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Update, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql

from storage.database.upsert import table_of
from storage.tables import Heartbeat, Outage, Pace, Survey, Wave
from storage.words import Rhythm

FIRST_THAT_PAUSES = "0003"
"""The revision that brought pauses. What is older belongs to no release."""


def hold(connection: Connection, now: datetime) -> None:
    """Pause every open wave, and every survey that would open or send one.

    What was only so at that time is forgotten: processes at work, an outage, the pace Slack allowed.
    """
    for statement in _statements(now):
        connection.execute(statement)
    for of_then in (Heartbeat, Outage, Pace):
        connection.execute(delete(table_of(of_then)))


def holding_script(now: datetime) -> str:
    """Return how to pause them as SQL for PostgreSQL's own client, in a database of any release."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    compiled = [
        statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
        for statement in _statements(now)
    ]
    return "".join(f"{statement};\n" for statement in compiled)


def held(connection: Connection, now: datetime) -> list[str]:
    """Return the names of the surveys that were paused at that moment."""
    surveys = table_of(Survey).c
    return list(
        connection.execute(
            select(surveys.name).where(surveys.paused_at == now).order_by(surveys.id)
        ).scalars()
    )


def _statements(now: datetime) -> Sequence[Update]:
    surveys, waves = table_of(Survey), table_of(Wave)
    has_open = select(waves.c.survey_id).where(waves.c.closed_at.is_(None))
    goes_on = or_(surveys.c.rhythm != Rhythm.ONCE, surveys.c.id.in_(has_open))
    return (
        update(surveys).where(surveys.c.paused_at.is_(None), goes_on).values(paused_at=now),
        # Without Slack's code: a wave that Slack stopped would go on by itself.
        update(waves)
        .where(waves.c.closed_at.is_(None))
        .values(paused_at=func.coalesce(waves.c.paused_at, now), paused_for=None),
    )
