"""A pooler between us and PostgreSQL (PgBouncer, or what a host puts before its servers).

It may lend a server for one transaction, and for the next one another, which knows nothing of what was prepared or set
before. Nobody tells us, so we look.
"""

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

WHO_ANSWERS = "SELECT pg_backend_pid()"


def prepare_nothing_behind_a_pooler(engine: Engine) -> None:
    """Let psycopg prepare statements only where the server that greeted a connection is the one that answers it.

    A pooler greets in its own name, with a process number of its own. Some poolers carry over what was prepared, and with
    the others every statement that is run often would fail.
    """

    @event.listens_for(engine, "connect")
    def look(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(WHO_ANSWERS)
        answered = cursor.fetchone()
        cursor.close()
        connection.rollback()
        driver = entry.driver_connection
        if driver and answered != (driver.info.backend_pid,):
            driver.prepare_threshold = None
