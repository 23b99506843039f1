"""Which cells say that an answer does not count: whole cells in a service's own columns, never a word inside a text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.importing.cells import states, words
from bot.importing.cells.keys import key
from bot.importing.cells.scores import is_score
from bot.importing.dates.words import ASKED, SUBMITTED
from bot.importing.files.header import Column, Header, is_date
from bot.importing.files.rows import Absence
from bot.importing.options import Format
from bot.importing.services.service import Service

# Qualtrics' Status where it is exported as numbers.
_CODES = {
    "0": None, "4": None, "16": None, "1": Absence.PREVIEW, "2": Absence.PREVIEW, "17": Absence.PREVIEW,
    "9": Absence.PREVIEW, "8": Absence.SPAM, "12": Absence.SPAM,
}  # fmt: skip
_STATES: dict[str, Absence | None] = (
    dict.fromkeys(states.COMPLETE)
    | dict.fromkeys(states.UNFINISHED, Absence.UNFINISHED)
    | dict.fromkeys(states.PREVIEW, Absence.PREVIEW)
    | dict.fromkeys(states.SPAM, Absence.SPAM)
    | dict.fromkeys(states.REMOVED, Absence.EXCLUDED)
)
_ANSWERED_TOO = states.COMPLETE | states.PREVIEW | states.SPAM


@dataclass(frozen=True, slots=True)
class Telling:
    """A column that says whether the answer counts, and what each of its cells, as a key, means; `blank` one too."""

    column: Column
    meaning: Callable[[str], Absence | None]
    blank: Absence | None = None


def telling_columns(header: Header, service: Service, score: Sequence[Column]) -> tuple[Telling, ...]:
    """Find the columns by which the service says that an answer was tried out, not finished, or to another question."""
    found = (_telling(column, header, service) for column in header.columns if column not in score)
    return tuple(filter(None, found))


def absence_of(telling: Sequence[Telling]) -> Callable[[tuple[str, ...]], Absence | None]:
    """Give the function from the cells of these columns to the reason why the answer does not count, if there is one."""

    @lru_cache(maxsize=4096)
    def absence(cells: tuple[str, ...]) -> Absence | None:
        found = {
            each.meaning(key(cell)) if cell.strip() else each.blank
            for each, cell in zip(telling, cells, strict=True)
        }
        return next((why for why in Absence if why in found), None)

    return absence


def _telling(column: Column, header: Header, service: Service) -> Telling | None:  # noqa: C901, PLR0911 - one return a kind
    cells = {key(cell) for cell in column.values}
    is_flag = cells <= words.YES | words.NO
    if (column.keys & service.submitted and column.values) or _is_blank_until_answered(
        column, header, service
    ):
        return Telling(column, lambda _: None, blank=Absence.UNFINISHED)
    if column.keys & states.FINISHED and is_flag:
        return Telling(column, lambda cell: Absence.UNFINISHED if cell in words.NO else None)
    if column.keys & states.TESTED and is_flag:
        return Telling(column, lambda cell: None if cell in words.NO else Absence.PREVIEW)
    if len(cells) > 1 and cells & states.NPS_ITSELF and cells <= states.SURVEY_KINDS:
        return Telling(column, _other_measure)
    if column.keys & states.MODE and cells & states.MODES and cells <= states.MODES | states.TRIED_OUT:
        return Telling(column, lambda cell: Absence.PREVIEW if cell in states.TRIED_OUT else None)
    if column.keys & states.EXCLUDED and is_flag and cells:
        return Telling(column, lambda cell: None if cell in words.NO else Absence.EXCLUDED)
    if _is_status(column, cells, header, service):
        codes = _CODES if service.format is Format.QUALTRICS else {}
        return Telling(column, lambda cell: codes.get(cell) or _STATES.get(cell))
    if column.keys & states.SURVEY_KIND and cells and cells <= states.SURVEY_KINDS:
        return Telling(column, _other_measure)
    if column.keys & states.MEASURE and len(cells) > 1 and cells & states.NPS_ITSELF:
        return Telling(column, _other_measure)
    if column.keys & states.QUESTION and _asks_for_a_score(column):
        kind = lru_cache(maxsize=4096)(_other_question)
        return Telling(column, kind)
    return None


def _is_blank_until_answered(column: Column, header: Header, service: Service) -> bool:
    """Whether the file also has questions that nobody answered: they were sent on a day, and answered on none."""
    return (
        service.format is Format.CSV
        and bool(column.keys & SUBMITTED)
        and 0 < len(column.values) < len(header.sample)
        and all(map(is_date, column.values))
        and any(other.begins(ASKED) and any(map(is_date, other.values)) for other in header.columns)
    )


def _is_status(column: Column, cells: set[str], header: Header, service: Service) -> bool:
    """Whether the column is a service's: by its name, else by holding nothing but a service's words.

    One of these must be a survey's own, or the file list responses: orders are completed and deleted, too.
    """
    if column.keys & states.STATUS:
        return True
    if not column.keys & states.ANY_STATUS:
        return False
    if service.format is not Format.CSV:
        return True
    return (
        cells <= _STATES.keys()
        and bool(cells & _ANSWERED_TOO)
        and (bool(cells - states.OF_ANYTHING) or bool(header.keys & states.LISTS_RESPONSES))
    )


def _asks_for_a_score(column: Column) -> bool:
    """Whether some of its cells ask how likely one would recommend: then a row is one question's answer."""
    return any(_other_question(key(cell)) is None for cell in set(column.values)) and not any(
        map(is_score, column.values)
    )


def _other_measure(cell: str) -> Absence | None:
    return None if "nps" in cell or "promoter" in cell else Absence.OTHER_SURVEY


def _other_question(cell: str) -> Absence | None:
    asked = any(stem in cell for stem in words.RECOMMEND) or "nps" in cell
    return None if asked else Absence.OTHER_SURVEY
