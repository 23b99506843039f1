"""Why a whole file cannot be imported: each class has one sentence, with the line and column where there is one."""

from collections.abc import Sequence

from bot.errors import NpsBotError
from bot.kit.rules.visible import visible

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


class BadArchive(ImportProblem):
    def __init__(self) -> None:
        super().__init__("The archive or workbook is damaged and cannot be unpacked: export it again.")


class Bomb(ImportProblem):
    def __init__(self) -> None:
        super().__init__(
            "Unpacked, this archive would be hundreds of times as large as it is: no survey service packs answers so. "
            "If it is what you expect, unpack it and import the CSV inside."
        )


class EmptyArchive(ImportProblem):
    def __init__(self) -> None:
        super().__init__("The archive holds no CSV, Excel or JSON file: there is nothing to import.")


class LockedFile(ImportProblem):
    def __init__(self) -> None:
        super().__init__("The file is protected by a password: save it without one and import that file.")


class MacroFile(ImportProblem):
    def __init__(self) -> None:
        super().__init__(
            "The workbook has macros in it, and I open no programs: save it as .xlsx or CSV and import that file."
        )


class OldWorkbook(ImportProblem):
    def __init__(self) -> None:
        super().__init__("This is an old Excel workbook: save it as .xlsx or CSV and import that file.")


class SeveralTables(ImportProblem):
    def __init__(self, kind: str, names: Sequence[str]) -> None:
        super().__init__(f"There are several {kind} inside: {listed(names)}. Say which with --table.")


class NoSuchTable(ImportProblem):
    def __init__(self, wanted: str, names: Sequence[str]) -> None:
        super().__init__(f"--table: nothing inside is called “{short(wanted)}”. There is {listed(names)}.")


class NotRows(ImportProblem):
    def __init__(self) -> None:
        super().__init__(
            "This JSON is no list of answers: export the answers as CSV, or as an array of objects, and import that file."
        )


class UnknownEncoding(ImportProblem):
    def __init__(self, encoding: str) -> None:
        super().__init__(
            f"“{short(encoding)}” is no encoding known here: give --encoding utf-8, utf-16, cp1252 or latin-1."
        )


class UndecodableBytes(ImportProblem):
    """`line` and `column` count characters from 1."""

    def __init__(self, encoding: str, line: int, column: int) -> None:
        super().__init__(
            f"Line {line}, column {column}: these bytes are not {encoding}. "
            "Save the file as UTF-8, or name its encoding with --encoding."
        )


class UnknownLetters(ImportProblem):
    """`line` and `column` count characters from 1."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__(
            f"Line {line}, column {column}: these letters make no words in UTF-8 nor in an encoding known here. "
            "Save the file as UTF-8, or name its encoding with --encoding, such as cp1251 or mac_roman."
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


class IdsRepeat(ImportProblem):
    """The ids that were taken for those of answers come again on another day: they are persons'."""

    def __init__(self) -> None:
        super().__init__("The ids repeat on other days, so they name persons and not answers.")


class IdsRounded(ImportProblem):
    def __init__(self, column: str, example: str) -> None:
        super().__init__(
            f"Column “{column}”: a spreadsheet has rounded the ids (“{short(example)}”), and answers were imported here "
            "before, so I cannot tell which of these are new. Import the file as the service exported it, "
            "or take all as they are with --id-column none."
        )


class NoSuchColumn(ImportProblem):
    def __init__(self, option: str, wanted: str, names: Sequence[str]) -> None:
        super().__init__(f"{option}: no column is called “{short(wanted)}”. The columns are {listed(names)}.")


class SeveralColumns(ImportProblem):
    def __init__(self, option: str, names: Sequence[str]) -> None:
        super().__init__(
            f"{option}: this fits {listed(names)}. Give the whole name, or the column's letter in a spreadsheet."
        )


class NotScores(ImportProblem):
    def __init__(self, column: str, example: str) -> None:
        super().__init__(
            f"--score-column: “{column}” holds no scores from 0 to 10 but “{short(example)}”. Name another column."
        )


class NotDates(ImportProblem):
    def __init__(self, column: str, example: str) -> None:
        super().__init__(
            f"--date-column: “{column}” holds no dates but “{short(example)}”. Name another column, or “none”."
        )


class UnreadDates(ImportProblem):
    def __init__(self, column: str, example: str) -> None:
        super().__init__(
            f"Column “{column}” should say on which day, and “{short(example)}” is none that can be read. Write the dates as "
            "2025-01-31, or import without dates with --date-column none."
        )


class UnreadZone(ImportProblem):
    def __init__(self, column: str, example: str) -> None:
        super().__init__(
            f"Column “{column}” says “{short(example)}”, from which no time zone can be told. Say in which the times are with "
            "--time-zone, such as --time-zone America/Chicago."
        )


class NotACount(ImportProblem):
    def __init__(self, column: str) -> None:
        super().__init__(f"--count-column: “{column}” holds other things than whole numbers.")


class NotAnId(ImportProblem):
    def __init__(self, column: str) -> None:
        super().__init__(
            f"--id-column: “{column}” repeats, or a spreadsheet has rounded it, so it names no answer. "
            "If it names a person, say --person-column."
        )


class SeveralDates(ImportProblem):
    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"More than one column may say when the answers came, and they differ: {listed(names)}. "
            "Say which with --date-column."
        )


class ZoneUndecided(ImportProblem):
    def __init__(self, column: str, letters: str) -> None:
        super().__init__(
            f"Column “{column}” names its time zone “{short(letters)}”, and several are called so. "
            "Say which is meant with --time-zone, such as --time-zone America/Chicago."
        )


class SeveralFormats(ImportProblem):
    def __init__(self, formats: Sequence[str]) -> None:
        super().__init__(
            f"The header could be of {' or '.join(formats)}. Say which with --format {' or --format '.join(formats)}."
        )


class DatesUndecided(ImportProblem):
    def __init__(self, column: str, example: str, *, of_year: bool = False) -> None:
        other = "year" if of_year else "month"
        super().__init__(
            f"Column “{column}”: {example} and every other date there could begin with the day or with the {other}. "
            f"Say which with --dates day-first or --dates {other}-first."
        )


class DaysMayBeMonths(ImportProblem):
    def __init__(self, column: str, made: str, left: str) -> None:
        super().__init__(
            f"Column “{column}” holds dates such as {made} and texts such as {left}: a spreadsheet may have taken days for months. "
            "Write all of its dates in one way, with the year first, and import that file."
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
    """Give the text on one line, cut to `most` characters, with nothing in it that would move a terminal."""
    line = visible(" ".join(text[: 4 * most].split()))
    return line if len(line) <= most else line[: most - 1] + "…"
