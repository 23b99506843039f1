"""What an imported row is known by, so that the same file twice adds nothing."""

import re
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, tzinfo
from enum import Enum, auto
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

from bot.importing.errors import IdsRepeat
from bot.importing.files.rows import ImportedRow
from bot.importing.on_disk import OnDisk
from bot.importing.options import Format
from bot.importing.rows.plain import PlainRows, each

_BYTES = 16
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINE_END = re.compile(r"\r\n?")
_LONGEST_IN_A_WORKBOOK = 32_767
_AT_ONCE = 8_000  # SQLite takes 32,766 values
_ONE = "(?, ?)"
_FIRST = "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING"
_DAY = "SELECT times FROM seen WHERE content = ?"
_COUNTED = "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"


class RowKey(NamedTuple):
    """A row's key, and the one that a release before gave it; both alike where that is the same."""

    key: bytes
    old: bytes


class Before(Enum):
    """Which release before gave the rows other keys, where the survey has answers of its."""

    NONE = auto()
    CONTENT = auto()
    """The one that kept no imports: it knew rows without an id by all that they say."""
    READING = auto()
    """The one that read of dates in several columns the first, or none, and HTML in reasons to the letter."""
    IDS = auto()
    """An import that took for an answer's the id that is a person's: each stood once in its file."""
    CLOCKS = auto()
    """The one that knew moments by what they are in UTC, where their cells name zones."""
    COMMENTS = auto()
    """The one that read no comments of such a file, or was given none: its rows say nothing else."""
    NUMBERED = auto()
    """The one that knew numbered rows by what they say, as this one knows rows without a number."""


class RowKeys(OnDisk):
    """Gives each row of one file its key within a survey: a fingerprint of the service's own id, else of what the row says.

    Rows with one id and one day are one. Rows that say the same are people who said the same, so they are counted. Of
    a moment its minute counts, as it is written (by the row's `clock`, else in the zone `written`): a spreadsheet that saves a file drops the
    seconds, and another --time-zone changes what the clock means. Both is remembered on disk, for a file may have
    millions. The survey knows the ids under `service`. A row that is `numbered` is known by its number and its minute.
    """

    def __init__(  # noqa: PLR0913 - all that decides what a row is known by
        self,
        survey_id: int,
        service: Format,
        written: tzinfo = UTC,
        before: Before = Before.NONE,
        written_before: tzinfo | None = None,
        *,
        numbered: bool = False,
    ) -> None:
        self._by_id = _numbers_of(survey_id) if numbered else _ids_of(survey_id, service)
        self._numbered = numbered
        self._by_content = _begun(survey_id, "said")
        self._by_content_before = _begun(survey_id, "content")
        self._written = written
        self._before = before
        self._written_before = written_before
        self._own = service is Format.NPS_BOT
        super().__init__("seen (content PRIMARY KEY, times INTEGER) WITHOUT ROWID")

    def of(self, rows: Sequence[ImportedRow]) -> list[RowKey | None]:
        """Give the rows' keys in their order; None where an id has come before.

        Raises IdsRepeat where it has come with another day.
        """
        ids = [_numbered(row, self._written) if self._numbered else row.row_id for row in rows]
        known = [(one, _day(row.answered_at)) for one, row in zip(ids, rows, strict=True) if one is not None]
        all_new = self._all_new([row_id for row_id, _ in known], [day for _, day in known])
        keys: list[RowKey | None] = []
        for row_id, row in zip(ids, rows, strict=True):
            if row_id is None:
                keys.append(self._by_what_it_says(row))
            elif all_new or self._is_first(row_id, _day(row.answered_at)):
                key = _with(self._by_id, row_id)
                keys.append(
                    RowKey(key, self._by_what_it_says(row).old if self._is_known_otherwise() else key)
                )
            else:
                keys.append(None)
        return keys

    def of_plain(self, rows: PlainRows) -> list[bytes] | None:
        """Give the keys of rows read at once, the old ones too; None where they must be looked at one by one."""
        if rows.row_ids is not None:
            return self._of_ids(rows.row_ids, rows)
        if self._own or self._before is not Before.NONE:
            return None
        if rows.clocks:
            minutes = [clock[:16] if clock else "" for clock in rows.clocks]
        else:
            minutes = [self._minute(moment) if moment else "" for moment in rows.moments]
        if self._numbered and rows.numbers is not None:
            beside = zip(rows.numbers, minutes, strict=True)
            return self._of_ids([f"{number} {at}" if number and at else None for number, at in beside], rows)
        keys = []
        said = rows.scores, rows.comments, rows.drivers, minutes, rows.people
        for score, comment, drivers, minute, person in zip(*said, strict=True):
            by_content = self._by_content.copy()
            squeezed = " ".join(comment.split()) if comment else ""
            by_content.update(_content(score, squeezed, drivers, minute, person))
            by_content.update(b"%d" % self._times(by_content.digest()))
            keys.append(by_content.digest())
        return keys

    def _of_ids(self, row_ids: Sequence[str | None], rows: PlainRows) -> list[bytes] | None:
        ids = list(filter(None, row_ids))
        if len(ids) < len(row_ids) or not self._all_new(ids, each(_ordinal, rows.days)):
            return None
        return [_with(self._by_id, row_id) for row_id in ids]

    def _is_known_otherwise(self) -> bool:
        return self._numbered and self._before is not Before.NONE

    def _minute(self, moment: str) -> str:
        if self._written is UTC:
            return moment[:16]
        return _written(datetime.fromisoformat(moment).replace(tzinfo=UTC), self._written)[:16]

    def _is_first(self, row_id: str, day: int) -> bool:
        if self._database.execute(_FIRST, (row_id, day)).rowcount:
            return True
        with closing(self._database.execute(_DAY, (row_id,))) as found:
            if found.fetchone() != (day,):
                raise IdsRepeat
        return False

    def _all_new(self, ids: Sequence[str], days: Sequence[int]) -> bool:
        """Remember the ids, thousands to a statement, unless one has come before: then none of them is remembered."""
        self._database.execute("SAVEPOINT batch")
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            statement = _FIRST.replace(_ONE, ", ".join([_ONE] * len(some)))
            known = chain.from_iterable(zip(some, days[start : start + _AT_ONCE], strict=True))
            if self._database.execute(statement, list(known)).rowcount < len(some):
                self._database.execute("ROLLBACK TO batch")
                return False
        self._database.execute("RELEASE batch")
        return True

    def _by_what_it_says(self, row: ImportedRow) -> RowKey:
        by_content = self._by_content.copy()
        if self._own:
            day = _written(row.answered_at, self._written)[:10]
            by_content.update(own_content(row.wave or "", day, row.score or 0, row.comment, row.drivers))
        else:
            by_content.update(_said(row, self._written))
        times = self._times(by_content.digest())
        by_content.update(b"%d" % times)
        key = by_content.digest()
        return RowKey(key, self._key_before(row, times) or key)

    def _key_before(self, row: ImportedRow, times: int) -> bytes | None:
        """Give the key that the release or import before gave the row; None where it gave it the same."""
        if self._before is Before.IDS:
            return _with(self._by_id, row.person) if row.person else None
        if self._before is Before.CONTENT:
            at, drivers = row.before or (row.answered_at, row.drivers)
            before = self._by_content_before.copy()
            before.update(repr((row.score, row.comment, drivers, at)).encode())
        elif self._before is Before.READING and self._written_before and row.before:
            before = self._by_content.copy()
            before.update(_said(row._replace(**row.before._asdict(), clock=None), self._written_before))
            times = self._times(b"before" + before.digest())
        elif self._before in {Before.CLOCKS, Before.COMMENTS}:
            before = self._by_content.copy()
            in_utc = self._before is Before.CLOCKS
            as_known = row._replace(clock=None) if in_utc else row._replace(comment=None)
            before.update(_said(as_known, self._written))
            times = self._times(b"before" + before.digest())
        else:
            return None
        before.update(b"%d" % times)
        return before.digest()

    def _times(self, content: bytes) -> int:
        """Count how often the file has said this, now included."""
        with closing(self._database.execute(_COUNTED, (content,))) as counted:
            times: int = counted.fetchone()[0]
        return times


def id_key(survey_id: int, service: Format, row_id: str) -> bytes:
    """Give the key of a row with this id in a file of the service."""
    return _with(_ids_of(survey_id, service), row_id)


def number_key(survey_id: int, row: ImportedRow, written: tzinfo) -> bytes | None:
    """Give the key of a row by its number and its minute; None where it lacks one of them."""
    numbered = _numbered(row, written)
    return _with(_numbers_of(survey_id), numbered) if numbered else None


def _numbered(row: ImportedRow, written: tzinfo) -> str | None:
    return f"{row.number} {_minute_of(row, written)}" if row.number and row.answered_at else None


def _numbers_of(survey_id: int) -> blake2b:
    return _begun(survey_id, "number")


def _ids_of(survey_id: int, service: Format) -> blake2b:
    # What was read as any CSV before it had rules of its own is still known as such.
    known_as = Format.CSV if service in {Format.LIMESURVEY, Format.NPS_BOT} else service
    return _begun(survey_id, known_as.value, "id")


def _with(begun: blake2b, text: str) -> bytes:
    whole = begun.copy()
    whole.update(text.encode())
    return whole.digest()


def _said(row: ImportedRow, written: tzinfo) -> bytes:
    comment = " ".join((row.comment or "").split())
    return _content(row.score, comment, row.drivers, _minute_of(row, written), row.person)


def _minute_of(row: ImportedRow, written: tzinfo) -> str:
    return (row.clock.isoformat(" ") if row.clock else _written(row.answered_at, written))[:16]


def _content(
    score: int | None, comment: str, drivers: Sequence[str], minute: str, person: str | None
) -> bytes:
    return repr((score, comment, sorted(drivers), minute, person)).encode()


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0


def own_content(wave: str, day: str, score: int, comment: str | None, drivers: Sequence[str]) -> bytes:
    """Give what an answer of our own export says, which is alike in the file and in the survey that it came from.

    A comment is what a workbook keeps of it: no signs that nobody sees, and no more than a cell takes.
    """
    said = _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", comment or "")[:_LONGEST_IN_A_WORKBOOK]
    ticked = sorted(" ".join(driver.split()) for driver in drivers)
    return repr(("own", wave, day, score, _LINE_END.sub("\n", said), ticked)).encode()


def own_key(survey_id: int, content: bytes, times: int) -> bytes:
    """Give the key that a row of our own export gets, when as many before it say the same."""
    key = _begun(survey_id, "said")
    key.update(content)
    key.update(b"%d" % times)
    return key.digest()


def _written(at: datetime | None, zone: tzinfo) -> str:
    if at is None:
        return ""
    return (at if zone is UTC else at.astimezone(zone)).isoformat(" ")


def _day(at: datetime | None) -> int:
    return at.toordinal() if at else 0


def _begun(*parts: object) -> blake2b:
    return blake2b(repr(parts).encode(), digest_size=_BYTES)
