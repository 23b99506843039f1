"""A real PgBouncer for tests: it lends a server of PostgreSQL for one transaction at a time."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.postgres import free_port, plain_user

NOT_FOUND = "no PgBouncer here: install it (Debian: apt-get install pgbouncer)"
_PATIENCE = 10
_SETTINGS = """\
[databases]
* = {server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
"""


def program() -> str | None:
    return shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def before(database_url: str) -> Iterator[str]:
    """Run one on a free port of 127.0.0.1, and give the URL that leads through it to the same database."""
    found = program()
    if found is None:
        raise RuntimeError(NOT_FOUND)
    url = make_url(database_url)
    named = {"host": url.host, "port": url.port, "user": url.username, "password": url.password}
    with tempfile.TemporaryDirectory(prefix="nps-pgbouncer-") as home:
        port, user = free_port(), plain_user()
        file = Path(home, "settings.ini")
        server = " ".join(f"{name}={value}" for name, value in named.items() if value)
        file.write_text(_SETTINGS.format(server=server, port=port))
        if user:
            shutil.chown(home, user)
            shutil.chown(file, user)
        with subprocess.Popen([found, "--quiet", str(file)], user=user) as process:  # noqa: S603 - the words are ours
            try:
                _wait_for(port)
                yield url.set(host="127.0.0.1", port=port).render_as_string(hide_password=False)
            finally:
                process.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
