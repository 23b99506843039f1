"""Answers as the services' APIs give them in JSON: read, or refused with which export to take."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.importing.files.rows import Absence
from bot.importing.options import Format, Options
from tests.importing.files import Read, read
from tests.importing.kinds import outcome

Q = "How likely are you to recommend Acme to a friend?"
WHY = "What is the main reason for your score?"
MATTERED = "What influenced your score the most?"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.json"


def told(found: Read) -> list[tuple[int | None, str | None, tuple[str, ...], str]]:
    return [
        (row.score, row.comment, row.drivers, f"{row.answered_at:%Y-%m-%d %H:%M}" if row.answered_at else "")
        for row in found.answers
    ]


EXPECTED = [
    (9, "Kind", ("reputation", "Price, value"), "2025-01-14 09:10"),
    (0, None, (), "2025-01-15 09:10"),
]


def typeform_item(
    number: int, kind: str, score: int, comment: str | None, reasons: list[str]
) -> dict[str, Any]:
    answers: list[dict[str, Any]] = [
        {"field": {"id": "aaa", "type": kind, "ref": "1b2c3d4e-aaaa-bbbb-cccc-123456789012"}, "type": "number", "number": score}
    ]  # fmt: skip
    if comment:
        answers.append(
            {"field": {"id": "bbb", "type": "long_text", "ref": "why"}, "type": "text", "text": comment}
        )
    if reasons:
        answers.append(
            {"field": {"id": "ccc", "type": "multiple_choice"}, "type": "choices", "choices": {"ids": ["x"], "labels": reasons}}
        )  # fmt: skip
    return {
        "landing_id": f"a3a8{number}", "token": f"a3a8{number}", "response_id": f"a3a8{number}",
        "landed_at": f"2025-01-{14 + number}T09:00:00Z", "submitted_at": f"2025-01-{14 + number}T09:10:00Z",
        "metadata": {"user_agent": "Mozilla/5.0", "platform": "other", "network_id": "aa"}, "hidden": {"plan": "pro"},
        "calculated": {"score": 0}, "answers": answers,
    }  # fmt: skip


FIELDS = [
    {"id": "aaa", "title": Q, "type": "opinion_scale"},
    {"id": "grp", "title": "Why", "type": "group", "properties": {"fields": [
        {"id": "bbb", "title": WHY, "type": "long_text"},
        {"id": "ccc", "title": MATTERED, "type": "multiple_choice"},
    ]}},
]  # fmt: skip


@pytest.mark.parametrize("around", ["form", "fields", "webhook"])
def test_typeforms_answers_are_read_with_the_titles_of_its_form(file: Path, around: str) -> None:
    items = [
        typeform_item(0, "opinion_scale", 9, "Kind", ["Reputation", "Price, value"]),
        typeform_item(1, "opinion_scale", 0, None, []),
    ]
    around_them: dict[str, list[dict[str, Any]]] = {
        "form": [{"form": {"id": "f", "fields": FIELDS}, "responses": {"total_items": 2, "items": items}}],
        "fields": [{"total_items": 2, "page_count": 1, "items": items, "fields": FIELDS * 5}],
        "webhook": [
            {"event_type": "form_response", "form_response": {**item, "definition": {"fields": FIELDS}}}
            for item in items
        ],
    }
    file.write_text("\n".join(json.dumps(each) for each in around_them[around]))
    found = read(file)
    assert (told(found), found.answers[0].row_id, found.bad) == (EXPECTED, "a3a80", [])
    assert found.format is Format.TYPEFORM


def test_typeforms_answers_without_titles_are_known_by_the_kind_of_the_question(file: Path) -> None:
    items = [typeform_item(n, "nps", n, "It is good for all of us", []) for n in range(5)]
    file.write_text(json.dumps({"total_items": 5, "items": items}))
    found = read(file)
    assert (found.scores, found.comments[0]) == ([0, 1, 2, 3, 4], "It is good for all of us")


def test_a_scale_without_a_title_is_asked_about(file: Path) -> None:
    items = [typeform_item(n, "opinion_scale", n, None, []) for n in range(5)]
    file.write_text(json.dumps({"items": items}))
    assert "“opinion scale aaa”. Say which is the score with --score-column" in str(outcome(file))
    assert read(file, Options(score_column="opinion scale aaa")).scores == [0, 1, 2, 3, 4]


def monkey(number: int, *, simple: bool, status: str = "completed") -> dict[str, Any]:
    said = [[str(9 - 9 * number)], ["Kind"][number:], ["Reputation", "Price, value"][2 * number :]]
    text = "simple_text" if simple else "choice_id"
    return {
        "id": f"1149000{number}", "collection_mode": "default", "response_status": status, "custom_variables": {"plan": "pro"},
        "date_created": f"2025-01-{14 + number}T09:00:00+00:00", "date_modified": f"2025-01-{14 + number}T09:10:00+00:00",
        "ip_address": "192.0.2.1", "pages": [
            {"id": "1", "questions": [
                {"id": str(n), "heading": heading, "answers": [{"choice_id": "77", text: each} for each in answers]}
                for n, (heading, answers) in enumerate(zip((Q, WHY, MATTERED), said, strict=True))
            ]},
            {"id": "2", "questions": []},
        ],
    }  # fmt: skip


def test_surveymonkeys_simple_answers_are_read(file: Path) -> None:
    data = [
        *(monkey(n, simple=True) for n in range(2)),
        monkey(0, simple=True, status="partial") | {"id": "7"},
    ]
    file.write_text(json.dumps({"data": data, "per_page": 50, "links": {"self": "https://x.example"}}))
    found = read(file)
    assert (told(found), found.format) == (EXPECTED, Format.SURVEYMONKEY)
    assert [row.why for row in found.left_out] == [Absence.UNFINISHED]


def test_surveymonkeys_numbers_of_choices_are_refused_with_what_to_ask_for(file: Path) -> None:
    file.write_text(json.dumps({"data": [monkey(n, simple=False) for n in range(2)]}))
    assert "?simple=true" in str(outcome(file))


def test_qualtrics_answers_are_read_with_their_labels(file: Path) -> None:
    def response(number: int, status: int, label: str) -> dict[str, Any]:
        return {
            "responseId": f"R_{number:015}",
            "values": {
                "startDate": "2025-01-14T09:00:00Z", "endDate": f"2025-01-{14 + number}T09:10:00Z", "status": status,
                "ipAddress": "192.0.2.1", "progress": 100, "duration": 20, "finished": 1,
                "recordedDate": f"2025-01-{14 + number}T09:10:02Z", "_recordId": f"R_{number:015}",
                "distributionChannel": "email", "userLanguage": "EN", "QID1": 9 - 9 * number, "QID1_NPS_GROUP": 3 - number,
                "QID2_TEXT": "Kind and quick, as always", "QID3": ["1", "2"],
            },
            "labels": {"status": label, "finished": "True", "QID1_NPS_GROUP": "Promoter", "QID3": ["Reputation", "Customer service"]},
            "displayedFields": ["QID1"], "displayedValues": {"QID1": list(range(11))},
        }  # fmt: skip

    rows = [response(0, 0, "IP Address"), response(1, 0, "IP Address"), response(2, 1, "Survey Preview")]
    file.write_text(json.dumps({"responses": rows}))
    found = read(file)
    assert told(found) == [
        (9, "Kind and quick, as always", ("reputation", "support"), "2025-01-14 09:10"),
        (0, "Kind and quick, as always", ("reputation", "support"), "2025-01-15 09:10"),
    ]
    assert [row.why for row in found.left_out] == [Absence.PREVIEW]


def test_questions_inside_an_answer_are_columns_whatever_the_service_calls_them(file: Path) -> None:
    alchemer = {
        "id": "1", "status": "Complete", "is_test_data": "0", "date_submitted": "2025-01-14 09:10:00 EST",
        "survey_data": {
            "2": {"id": 2, "type": "RADIO", "question": Q, "section_id": 1, "answer": "9", "answer_id": 5, "shown": True},
            "3": {"id": 3, "type": "ESSAY", "question": WHY, "answer": "Kind", "shown": True},
            "4": {"id": 4, "type": "CHECKBOX", "question": MATTERED, "options": {
                "10": {"id": 10, "option": "Reputation", "answer": "Reputation"}}, "shown": True},
        },
    }  # fmt: skip
    jotform = {
        "id": "5812", "status": "ACTIVE", "created_at": "2025-01-14 14:10:00",
        "answers": {
            "1": {"name": "header", "order": "1", "text": "Welcome", "type": "control_head"},
            "2": {"name": "howLikely", "order": "2", "text": Q, "type": "control_scale", "answer": "9"},
            "3": {"name": "why", "order": "3", "text": WHY, "type": "control_textarea", "answer": "Kind"},
            "4": {"name": "what", "order": "4", "text": MATTERED, "type": "control_checkbox", "answer": ["Reputation"]},
        },
    }  # fmt: skip
    tally = {
        "eventId": "e1", "createdAt": "2025-01-14T14:10:00Z", "data": {"responseId": "r1", "fields": [
            {"key": "q1", "label": Q, "type": "LINEAR_SCALE", "value": 9},
            {"key": "q2", "label": WHY, "type": "TEXTAREA", "value": "Kind"},
            {"key": "q3", "label": MATTERED, "type": "CHECKBOXES", "value": ["Reputation"]},
        ]},
    }  # fmt: skip
    for whole in ({"data": [alchemer]}, {"responseCode": 200, "content": [jotform]}, tally):
        file.write_text(json.dumps(whole))
        assert told(read(file)) == [(9, "Kind", ("reputation",), "2025-01-14 14:10")]


def test_a_row_a_question_in_json_is_joined(file: Path) -> None:
    rows = [
        {"response_id": f"r{n}", "question": question, "answer": answer}
        for n in range(3)
        for question, answer in ((Q, n), (WHY, "Kind"))
    ]
    file.write_text(json.dumps({"rows": rows}))
    assert [row.comment for row in read(file).answers] == ["Kind"] * 3
