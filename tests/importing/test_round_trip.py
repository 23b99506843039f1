"""Answers written as each service writes them come back the same, whatever the dialect and the cells."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.importing.cells.drivers import driver_of
from bot.importing.cells.words import NO_WORDS
from bot.importing.options import DateOrder, Format, Options
from tests.importing.files import read, table, write

pytestmark = pytest.mark.slow

QUESTION = "How likely is it that you would recommend Acme; to a friend, or colleague?"
WHY = "What is the main reason for your score?"
INFLUENCED = "What influenced your score? (select all that apply)"
LABELS = ("Price, Value", "Customer experience", "Service & support", "Our; own")


@dataclass(frozen=True)
class Answer:
    score: int | None
    comment: str
    ticked: tuple[str, ...]
    at: datetime


Table = Callable[[Sequence[Answer]], list[list[Any]]]


def surveymonkey(answers: Sequence[Answer]) -> list[list[Any]]:
    meta = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"]
    return [
        [*meta, QUESTION, INFLUENCED, *[""] * (len(LABELS) - 1), WHY],
        [*[""] * 5, "Response", *LABELS, "Open-Ended Response"],
        *(
            [
                118290000000 + number, 430912345, "", f"{answer.at:%m/%d/%Y %I:%M:%S %p}", "192.0.2.1", _score(answer),
                *_columns(answer), answer.comment,
            ]
            for number, answer in enumerate(answers)
        ),
    ]  # fmt: skip


def google_forms(answers: Sequence[Answer]) -> list[list[Any]]:
    return [
        ["Zeitstempel", QUESTION, INFLUENCED, WHY],
        *(
            [f"{answer.at:%d.%m.%Y %H:%M:%S}", _score(answer), ", ".join(answer.ticked), answer.comment]
            for answer in answers
        ),
    ]


def typeform(answers: Sequence[Answer]) -> list[list[Any]]:
    return [
        ["#", QUESTION, *LABELS, WHY, "Response Type", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
        *(
            [
                f"{number:024x}",
                _score(answer),
                *_columns(answer),
                answer.comment,
                "completed",
                "",
                answer.at,
                "938f",
            ]
            for number, answer in enumerate(answers)
        ),
    ]


def qualtrics(answers: Sequence[Answer]) -> list[list[Any]]:
    codes = ["StartDate", "EndDate", "Status", "Finished", "ResponseId", "Q1_NPS_GROUP", "Q1", "Q2", "Q3"]
    questions = [*codes[:5], f"{QUESTION} - Group", QUESTION, f"{INFLUENCED} - Selected Choice", WHY]
    numbers = [",".join(str(LABELS.index(label) + 1) for label in answer.ticked) for answer in answers]
    return [
        codes,
        questions,
        [json.dumps({"ImportId": code, "timeZone": "UTC"}, separators=(",", ":")) for code in codes],
        *(
            [
                "",
                answer.at,
                "IP Address",
                "True",
                f"R_{row}",
                "",
                _score(answer),
                numbers[row],
                answer.comment,
            ]
            for row, answer in enumerate(answers)
        ),
    ]


def plain(answers: Sequence[Answer]) -> list[list[Any]]:
    return [
        ["Date", "Score", "Comment", "Drivers"],
        *([answer.at, _score(answer), answer.comment, "\n".join(answer.ticked)] for answer in answers),
    ]


def _score(answer: Answer) -> str:
    return "" if answer.score is None else str(answer.score)


def _columns(answer: Answer) -> list[str]:
    return [label if label in answer.ticked else "" for label in LABELS]


FORMATS: dict[Format, Table] = {
    Format.SURVEYMONKEY: surveymonkey,
    Format.GOOGLE_FORMS: google_forms,
    Format.TYPEFORM: typeform,
    Format.QUALTRICS: qualtrics,
    Format.CSV: plain,
}

words = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc"], include_characters='\n",;\t'), max_size=30
)
answers_given = st.lists(
    st.builds(
        Answer,
        score=st.none() | st.integers(0, 10),
        comment=words.filter(
            lambda text: (
                not text
                or (
                    sum(map(str.isalpha, text)) > 1
                    and text.strip()[0] != "'"
                    and text.strip().casefold() not in NO_WORDS
                    and "@" not in text  # a column of addresses alone holds no comments
                )
            )
        ),
        ticked=st.lists(st.sampled_from(LABELS), unique=True).map(
            lambda some: tuple(sorted(some, key=LABELS.index))
        ),
        at=st.datetimes(datetime(2001, 1, 1, 0, 0, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001 - made UTC here
            lambda moment: moment.replace(microsecond=0, tzinfo=None)
        ),
    ),
    min_size=1,
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@pytest.mark.parametrize("format_", FORMATS)
@given(
    answers=answers_given,
    delimiter=st.sampled_from([",", ";", "\t"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_answers_come_back_the_same(  # noqa: PLR0913, PLR0917 - the dialect, part by part
    tmp_path: Path, format_: Format, answers: list[Answer], delimiter: str, line_end: str, encoding: str
) -> None:
    path = write(tmp_path / "export.csv", table(FORMATS[format_](answers), delimiter, line_end), encoding)
    order = DateOrder.MONTH_FIRST if format_ is Format.SURVEYMONKEY else None
    found = read(
        path, Options(dates=order, driver_labels=LABELS, encoding=encoding if encoding == "cp1252" else None)
    )
    assert found.format is format_
    assert found.bad == []
    assert [(row.score, row.comment or "", row.drivers, row.answered_at) for row in found.answers] == [
        (
            answer.score,
            answer.comment.strip(),
            tuple(map(driver_of, answer.ticked)),
            answer.at.replace(tzinfo=UTC),
        )
        for answer in answers
    ]
