"""Which cells say that an answer does not count."""

from collections.abc import Callable
from functools import lru_cache

from bot.importing.cells import words
from bot.importing.cells.keys import key
from bot.importing.files.header import Column
from bot.importing.files.rows import Absence
from bot.importing.options import Format

_PREVIEW_CODES = frozenset(
    {"1", "2", "9", "17"}
)  # Qualtrics' Status: previews on line, as spam, off line; tests


def absence_of(columns: tuple[Column, ...], service: Format) -> Callable[[tuple[str, ...]], Absence | None]:
    """Give the function from the cells of these columns to why the answer does not count, if it does not."""

    @lru_cache(maxsize=4096)
    def absence(cells: tuple[str, ...]) -> Absence | None:
        found = {_said(column, key(cell), service) for column, cell in zip(columns, cells, strict=True)}
        return next((why for why in Absence if why in found), None)

    return absence


def _said(column: Column, cell: str, service: Format) -> Absence | None:
    if not cell:
        return None
    if column.keys & words.SURVEY_KIND:
        return None if "nps" in cell else Absence.OTHER_SURVEY
    if column.keys & words.FINISHED:
        return Absence.UNFINISHED if cell in words.NO else None
    if any(word in cell for word in words.PREVIEW) or (
        service is Format.QUALTRICS and cell in _PREVIEW_CODES
    ):
        return Absence.PREVIEW
    return Absence.UNFINISHED if any(word in cell for word in words.UNFINISHED) else None
