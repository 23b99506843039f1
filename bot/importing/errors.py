"""Why a whole file cannot be imported: each class has one sentence, with the line and column where there is one."""

from collections.abc import Sequence

from bot.errors import NpsBotError

_MOST_NAMES = 12
_LONGEST_NAME = 60


class ImportProblem(NpsBotError):  # noqa: N818 - what the file is, not a fault of ours
    """The file cannot be imported as it is."""


class EmptyFile(ImportProblem):
    def __init__(self) -> None:
        super().__init__("The file is empty: there is nothing to import.")


class NoRows(ImportProblem):
    def __init__(self) -> None:
        super().__init__("The file has a header and no answers below it: there is nothing to import.")


class BinaryFile(ImportProblem):
    """`kind` names what the file is, with its article."""

    def __init__(self, kind: str = "a binary file") -> None:
        super().__init__(f"This is {kind}, not a CSV: export the answers as CSV and import that file.")


class NotCsv(ImportProblem):
    def __init__(self, kind: str = "plain text without columns") -> None:
        super().__init__(f"This is not a CSV but {kind}: export the answers as CSV and import that file.")


class UnknownEncoding(ImportProblem):
    def __init__(self, encoding: str) -> None:
        super().__init__(
            f"“{encoding}” is no encoding known here: give --encoding utf-8, utf-16, cp1252 or latin-1."
        )


class UndecodableBytes(ImportProblem):
    """`line` and `column` count characters from 1."""

    def __init__(self, encoding: str, line: int, column: int) -> None:
        super().__init__(
            f"Line {line}, column {column}: these bytes are not {encoding}. "
            "Save the file as UTF-8, or name its encoding with --encoding."
        )


class LineTooLong(ImportProblem):
    def __init__(self, line: int, limit: int) -> None:
        super().__init__(
            f"Line {line} is longer than {limit:,} characters: this is not a CSV that a survey service wrote."
        )


class CellTooLong(ImportProblem):
    def __init__(self, line: int, limit: int) -> None:
        super().__init__(
            f"Line {line} has a cell of more than {limit:,} characters: this is not a CSV that a survey service wrote."
        )


class OpenQuote(ImportProblem):
    def __init__(self, line: int) -> None:
        super().__init__(
            f"Line {line}: a quoted cell begins here and does not end. The file may be cut off; export it again."
        )


class NoHeader(ImportProblem):
    def __init__(self, line: int) -> None:
        super().__init__(
            f"Line {line} holds data, not names: give the file a header line that names its columns."
        )


class NoScoreColumn(ImportProblem):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            "No column holds scores from 0 to 10. "
            f"The columns are {listed(names)}; if one of them is the score, name it with --score-column."
        )


class UnknownHeader(ImportProblem):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            "The header names no score in a language known here. "
            f"These columns hold only numbers from 0 to 10: {listed(names)}. Say which is the score with --score-column."
        )


class SeveralScores(ImportProblem):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"More than one column may be the score: {listed(names)}. Say which with --score-column."
        )


class NoSuchColumn(ImportProblem):
    def __init__(self, wanted: str, names: Sequence[str]) -> None:
        super().__init__(f"--score-column: no column is called “{wanted}”. The columns are {listed(names)}.")


class SeveralFormats(ImportProblem):
    def __init__(self, formats: Sequence[str]) -> None:
        super().__init__(
            f"The header could be of {' or '.join(formats)}. Say which with --format {' or --format '.join(formats)}."
        )


class DatesUndecided(ImportProblem):
    def __init__(self, column: str, example: str) -> None:
        super().__init__(
            f"Column “{column}”: {example} and every other date there could begin with the day or with the month. "
            "Say which with --dates day-first or --dates month-first."
        )


def listed(names: Sequence[str]) -> str:
    """Quote the names in one line; the first dozen of many.

    >>> listed(["Score", "Why?"])
    '“Score”, “Why?”'
    """
    shown = ", ".join(f"“{short(name)}”" for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def short(text: str, most: int = _LONGEST_NAME) -> str:
    """Give the text on one line, cut to `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
