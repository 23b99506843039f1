"""One choice or one row of a grid to a column: the question and its choice, both in the column's one name."""

import re
from collections import defaultdict
from collections.abc import Sequence

from bot.importing.cells import words
from bot.importing.cells.keys import key
from bot.importing.dates.zones import in_brackets, zone_of

_SHORTEST_QUESTION = 8
_REASONS = (
    r"(?:(?:main|nps|score)[ _])?(?:reasons?|why\??|drivers?|themes?|factors?|gr(?:und|ünde)|raisons?|motifs?|motivos?|razones|"
    r"ragioni|reden(?:en)?|理由|原因|이유|причин[аиы]|powód|důvody?|neden|ok(?:ok)?|λόγο[ςι]|السبب|سبب|סיבה|lý do|เหตุผล)"
)
REASONS = re.compile(_REASONS, re.IGNORECASE)
"""A whole name that means reasons."""

_REASON = re.compile(
    rf"(?P<question>{_REASONS})(?:\s?[:._/>|\u2013-]|\s?(?=[\[(])|(?<=\?))\s?"
    rf"(?P<choice>\[?\(?(?:choice=)?[^\W\d].{{0,118}})",
    re.IGNORECASE,
)
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


def reasons_in(
    questions: list[str], choices: list[str], records: Sequence[Sequence[str]]
) -> tuple[list[str], list[str]]:
    """Split “Reason: Price” and reason_price too, where below such names are only ticks.

    >>> reasons_in(["why_price", "why_speed"], ["", ""], [["1", "0"], ["0", ""]])
    (['why', 'why'], ['price', 'speed'])
    """
    shared = defaultdict[str, list[tuple[int, str]]](list)
    for index, name in enumerate(questions):
        found = _REASON.fullmatch(name) if not choices[index] else None
        if found and _are_ticks(key(_bare(found["choice"])), [r[index] for r in records if index < len(r)]):
            shared[found["question"]].append((index, _bare(found["choice"])))
    for question, split in shared.items():
        if len(split) > 1:
            for index, choice in split:
                questions[index], choices[index] = question, choice
    return questions, choices


def _bare(choice: str) -> str:
    return choice.strip("[]() ").removeprefix("choice=")


def _are_ticks(choice: str, cells: Sequence[str]) -> bool:
    said = {key(cell) for cell in cells} - {""}
    return said <= words.YES | words.NO or said == {choice}


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
