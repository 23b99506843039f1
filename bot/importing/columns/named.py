"""The column that the operator names: by its header, its number, its letter, or a part of its header."""

from collections.abc import Callable, Iterator, Sequence

from bot.importing.cells.keys import key
from bot.importing.errors import NoSuchColumn, SeveralColumns
from bot.importing.files.header import Column, Header

NONE = "none"
"""What an operator writes to leave a kind of column out."""


def named(header: Header, option: str, wanted: str) -> Column:
    """Find the one column that is meant. Raises NoSuchColumn and SeveralColumns, which say the option."""
    found = candidates(header, option, wanted)
    if len({column.question for column in found}) > 1:
        raise SeveralColumns(option, [column.full_name for column in found])
    return found[0]


def candidates(header: Header, option: str, wanted: str) -> list[Column]:
    """Find the columns that may be meant, at least one. Raises NoSuchColumn."""
    fits: list[Callable[[Column], bool]] = [
        lambda column: wanted in {column.question, column.label, column.code, column.full_name},
        lambda column: bool(key(wanted)) and key(wanted) in column.keys,
        lambda column: wanted == str(column.number),
        lambda column: wanted.upper() == column.letter,
        lambda column: bool(key(wanted)) and key(wanted) in key(column.question),
    ]
    for each in fits:
        found = [column for column in header.columns if each(column)]
        if found:
            return found
    raise NoSuchColumn(option, wanted, header.names)


def several(header: Header, option: str, wanted: Sequence[str]) -> Iterator[Column]:
    """Find each of the columns that an option names, which may be repeated."""
    for one in wanted:
        if one.casefold() != NONE or any(one == column.question for column in header.columns):
            yield named(header, option, one)
