"""A connection to PostgreSQL is used again only while its other end is there, so that a restart passes unnoticed."""

import select
from time import monotonic

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

_WARM = 1.0
"""Seconds. A server that goes hangs up, which is seen at once; what lies between may forget a connection that rests."""
_GIVEN_BACK = "given back at"


def only_alive(engine: Engine, warm_for: float = _WARM) -> None:
    """Look at each connection that is used again: whether the other end hung up, and after a rest whether it answers.

    SQLAlchemy's own `pool_pre_ping` asks the server each time, also between two commits of a crowd.
    """

    @event.listens_for(engine, "checkin")
    def given_back(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[_GIVEN_BACK] = monotonic()

    @event.listens_for(engine, "checkout")
    def used_again(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection
    ) -> None:
        rested_since = entry.info.get(_GIVEN_BACK)
        if rested_since is None:
            return
        if monotonic() - rested_since < warm_for:
            is_alive = not _has_hung_up(connection)
        else:
            is_alive = _answers(engine, connection)
        if not is_alive:
            raise InvalidatePoolError


def _has_hung_up(connection: DBAPIConnection) -> bool:
    """Say whether something waits to be read: nobody asked, so it is a farewell."""
    waiting = select.poll()
    waiting.register(connection.driver_connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


def _answers(engine: Engine, connection: DBAPIConnection) -> bool:
    try:
        return engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        if engine.dialect.is_disconnect(error, connection, None):
            return False
        raise
