"""What an imported row is known by, so that the same file twice adds nothing."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import blake2b
from typing import Self

from bot.importing.files.rows import ImportedRow
from bot.importing.options import Format

_BYTES = 16
_AT_ONCE = 8_000  # SQLite takes 32,766 values
_ONE = "(?, 1)"
_FIRST = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO NOTHING"
_COUNTED = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"


class RowKeys:
    """Gives each row of one file its key within a survey: a fingerprint of the service's own id, else of what the row says.

    Rows with one id are one. Rows that say the same are people who said the same, so they are counted. Both is
    remembered on disk, for a file may have millions.
    """

    def __init__(self, survey_id: int, service: Format) -> None:
        self._by_id = _begun(survey_id, service.value, "id")
        self._by_content = _begun(survey_id, "content")
        # A database without a name is a temporary file, and gone when it is closed.
        self._seen = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._seen.execute("CREATE TABLE seen (content PRIMARY KEY, times INTEGER) WITHOUT ROWID")
        self._seen.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._seen.close()

    def of(self, rows: Sequence[ImportedRow]) -> list[bytes | None]:
        """Give the rows' keys in their order; None where an id has come before."""
        all_new = self._all_new([row.row_id for row in rows if row.row_id is not None])
        keys: list[bytes | None] = []
        for row in rows:
            row_id = row.row_id
            if row_id is None:
                keys.append(self._by_what_it_says(row))
            elif all_new or self._seen.execute(_FIRST, (row_id,)).rowcount:
                by_id = self._by_id.copy()
                by_id.update(row_id.encode())
                keys.append(by_id.digest())
            else:
                keys.append(None)
        return keys

    def _all_new(self, ids: Sequence[str]) -> bool:
        """Remember the ids, thousands to a statement, unless one has come before: then none of them is remembered."""
        self._seen.execute("SAVEPOINT batch")
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            statement = _FIRST.replace(_ONE, ", ".join([_ONE] * len(some)))
            if self._seen.execute(statement, some).rowcount < len(some):
                self._seen.execute("ROLLBACK TO batch")
                return False
        self._seen.execute("RELEASE batch")
        return True

    def _by_what_it_says(self, row: ImportedRow) -> bytes:
        by_content = self._by_content.copy()
        by_content.update(repr((row.score, row.comment, row.drivers, row.answered_at)).encode())
        with closing(self._seen.execute(_COUNTED, (by_content.digest(),))) as counted:
            (times,) = counted.fetchone()
        by_content.update(b"%d" % times)
        return by_content.digest()


def _begun(*parts: object) -> blake2b:
    return blake2b(repr(parts).encode(), digest_size=_BYTES)
