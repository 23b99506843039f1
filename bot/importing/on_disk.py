"""What an import remembers of a file lies on disk: a file may have millions of rows."""

import sqlite3
from typing import Self


class OnDisk:
    """One table in a database without a name: a temporary file, and gone when it is closed."""

    def __init__(self, table: str) -> None:
        """`table` is what follows CREATE TABLE."""
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._database.execute(f"CREATE TABLE {table}")
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
