"""Scores from a text file or from standard input: one a line, or several with spaces or commas between them."""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.shell.kit.sentences import WrongInput
from scoring.nps import Tally, tally
from scoring.scale import HIGHEST, LOWEST

STANDARD_INPUT = "-"

_BETWEEN = re.compile(r"[\s,;]+")
_LONGEST_QUOTE = 20


def read_tally(source: str) -> Tally:
    """Count the scores of a file, or of standard input for "-". Raises WrongInput, with the line where there is one."""
    try:
        if source == STANDARD_INPUT:
            return _counted(sys.stdin.buffer, "standard input")
        with Path(source).open("rb") as file:
            return _counted(file, source)
    except OSError as error:
        message = f"{source} cannot be read: {error.strerror or error}."
        raise WrongInput(message) from None


def _counted(lines: Iterable[bytes], source: str) -> Tally:
    counted = tally(_scores(lines, source))
    if not counted.responses:
        message = f"There is no score in {source}: give whole numbers from {LOWEST} to {HIGHEST}, one a line."
        raise WrongInput(message)
    return counted


def _scores(lines: Iterable[bytes], source: str) -> Iterator[int]:
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            message = f"{source}, line {number}: this is not a text file. Give one score a line."
            raise WrongInput(message)
        for word in filter(None, _BETWEEN.split(text)):
            yield _score(word, f"{source}, line {number}")


def _score(word: str, place: str) -> int:
    if word.isascii() and word.isdigit() and len(word) <= len(str(HIGHEST)) and int(word) <= HIGHEST:
        return int(word)
    quote = word if len(word) <= _LONGEST_QUOTE else f"{word[:_LONGEST_QUOTE]}…"
    message = f"{place}: {quote!r} is not a score. A score is a whole number from {LOWEST} to {HIGHEST}."
    raise WrongInput(message)
