"""A real PostgreSQL for tests, from the binaries this machine has; nothing to install or configure beforehand."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

URL_VARIABLE = "NPS_TEST_POSTGRES_URL"
NOT_FOUND = (
    "no PostgreSQL here: install its server (initdb on PATH or in /usr/lib/postgresql/*/bin), "
    f"or set {URL_VARIABLE} to one with a user who may create databases"
)
# What a crash of the machine would lose does not matter to a database that lives for one test run.
QUICK = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_wal_size=64MB",
)
# A database is some 300 small files, so they are kept in memory where that is large enough.
MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a folder of its own there
ROOM = 2**30
"""Bytes that the servers of several test processes may take there together."""


def binaries() -> Path | None:
    """Return the folder with initdb and pg_ctl, of the newest version installed."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((one.parent for one in installed), key=lambda folder: int(folder.parent.name), default=None)


def is_available() -> bool:
    return URL_VARIABLE in os.environ or binaries() is not None


@contextmanager
def server(settings: Sequence[str] = QUICK) -> Iterator[str]:
    """Run a server on a free port of 127.0.0.1 and give the URL of its first database."""
    if given := os.environ.get(URL_VARIABLE):
        yield given
        return
    folder = binaries()
    if folder is None:
        raise RuntimeError(NOT_FOUND)
    with tempfile.TemporaryDirectory(prefix="nps-postgres-", dir=_folder_for(settings)) as home:
        user = plain_user()
        if user:
            shutil.chown(home, user)
        data, port = Path(home, "data"), free_port()

        def run(program: str, *words: str) -> None:
            subprocess.run(  # noqa: S603 - the words are ours
                [folder / program, *words], user=user, cwd=home, check=True, stdout=subprocess.DEVNULL
            )

        run(
            "initdb",
            "--pgdata",
            str(data),
            "--no-sync",
            "--no-locale",
            "--auth=trust",
            "--username=nps",
            "--encoding=UTF8",
        )
        where = (f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={home}")
        options = " ".join(f"-c {setting}" for setting in (*where, *settings))
        run("pg_ctl", "start", "--wait", "-D", str(data), "-l", f"{home}/log", "-o", options)
        try:
            yield f"postgresql://nps@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "--wait", "-D", str(data), "-m", "immediate")


def _folder_for(settings: Sequence[str]) -> Path | None:
    """Return the folder in memory; None, the usual one, where that is small or missing or writing to disk matters."""
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if has_room and "fsync=off" in settings else None


def plain_user() -> str | None:
    """Return the user that PostgreSQL's package brings, since servers refuse to run as root; None where we are not."""
    return "postgres" if os.geteuid() == 0 else None


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
