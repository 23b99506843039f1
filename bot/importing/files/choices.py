"""One choice or one row of a grid to a column: the question and its choice, both in the column's one name."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from bot.importing.cells.zones import in_brackets, zone_of

_SHORTEST_QUESTION = 8
_LONGEST_CHOICE = 120


def choices_in(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split the names of columns that share a question from their choices; give all questions and all choices.

    >>> choices_in(["Score", "What mattered? [Price]", "What mattered? [Speed]"])
    (['Score', 'What mattered?', 'What mattered?'], ['', 'Price', 'Speed'])
    """
    questions, choices = list(names), [""] * len(names)
    for split in (_in_brackets, _after_dash, _after_colon, _before_colon):
        shared = defaultdict[str, list[tuple[int, str]]](list)
        for index, name in enumerate(names):
            question, choice = split(name) if not choices[index] else ("", "")
            if len(question) >= _SHORTEST_QUESTION and 0 < len(choice) <= _LONGEST_CHOICE:
                shared[question].append((index, choice))
        for question, found in shared.items():
            if len(found) > 1 and len({choice for _, choice in found}) == len(found):
                for index, choice in found:
                    questions[index], choices[index] = question, choice
    return questions, choices


Split = Callable[[str], tuple[str, str]]


def _in_brackets(name: str) -> tuple[str, str]:
    question, choice = in_brackets(name)
    return ("", "") if zone_of(choice) else (question, choice)


def _after_dash(name: str) -> tuple[str, str]:
    question, _, choice = name.replace("\u2013", "-").partition("? - ")
    if choice:
        return f"{question}?", choice.strip()
    question, _, choice = name.replace("\u2013", "-").rpartition(" - ")
    return question.strip(), choice.strip()


def _after_colon(name: str) -> tuple[str, str]:
    for between in ("?: ", "?:", "?/", "? > ", "? | "):
        question, _, choice = name.partition(between)
        if choice:
            return f"{question}?", choice.strip()
    return "", ""


def _before_colon(name: str) -> tuple[str, str]:
    """Split what Alchemer writes, the choice first, as in “Price:What mattered?”."""
    choice, _, question = name.partition(":")
    return question.strip(), choice.strip()
