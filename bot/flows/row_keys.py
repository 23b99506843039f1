"""What an imported row is known by, so that the same file twice adds nothing."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import blake2b
from typing import Self

from bot.importing.options import Format
from bot.importing.rows import ImportedRow

_BYTES = 16
_FIRST = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO NOTHING"
_COUNTED = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"


class RowKeys:
    """Gives each row of one file its key within a survey: a digest of the service's own id, else of what the row says.

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
        repeated = self._repeated([row.row_id for row in rows])
        return [None if number in repeated else self._key(row) for number, row in enumerate(rows)]

    def _repeated(self, ids: Sequence[str | None]) -> set[int]:
        """Remember the ids, and tell where they are that have come before."""
        known = [(row_id,) for row_id in ids if row_id is not None]
        self._seen.execute("SAVEPOINT batch")
        if self._seen.executemany(_FIRST, known).rowcount == len(known):
            return set()
        # Seldom are there any, and one by one takes longer.
        self._seen.execute("ROLLBACK TO batch")
        return {
            number
            for number, row_id in enumerate(ids)
            if row_id is not None and not self._seen.execute(_FIRST, (row_id,)).rowcount
        }

    def _key(self, row: ImportedRow) -> bytes:
        if row.row_id is not None:
            by_id = self._by_id.copy()
            by_id.update(row.row_id.encode())
            return by_id.digest()
        by_content = self._by_content.copy()
        by_content.update(repr((row.score, row.comment, row.drivers, row.answered_at)).encode())
        with closing(self._seen.execute(_COUNTED, (by_content.digest(),))) as counted:
            (times,) = counted.fetchone()
        by_content.update(b"%d" % times)
        return by_content.digest()


def _begun(*parts: object) -> blake2b:
    return blake2b(repr(parts).encode(), digest_size=_BYTES)
