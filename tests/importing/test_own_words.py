"""Whose words a column holds: the person's who answered, or those of our own people, of the service, or a name."""

from pathlib import Path

import pytest

from bot.importing.cells.markup import as_written
from tests.importing.files import read, table, write
from tests.importing.kinds import outcome

_SCORES = range(11)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def words_of(file: Path, header: str, *cells: str, rows: int = 11) -> list[str]:
    """Give the comments of a file with a date, a score and these cells; {} in one is the row's number."""
    answers = [(f"2025-01-{n % 28 + 1:02}", n % 11, *(cell.format(n) for cell in cells)) for n in range(rows)]
    found = read(write(file, table([("Date", "NPS", *header.split("|")), *answers])))
    return [comment for comment in found.comments if comment]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Feedback owner note", "please call back {}"),
        ("CSM feedback note", "she was angry {} times"),
        ("Internal note on rating feedback", "he pays too little {}"),
        ("Notes on feedback", "call back now"),
        ("Closed loop comment", "closed with {} mails"),
        ("Action comments", "we gave back {} euros"),
        ("Company comment", "we are sorry"),
        ("Support comments", "refund was given"),
    ],
)
@pytest.mark.parametrize("rows", [11, 60])
def test_what_our_people_wrote_beside_a_comment_is_none(
    file: Path, header: str, cell: str, rows: int
) -> None:
    said = words_of(file, f"Comment|{header}", "Own words {}", cell, rows=rows)
    assert said == [f"Own words {n}" for n in range(rows)]


def test_the_note_that_one_gives_is_the_score_of_the_french(file: Path) -> None:
    assert words_of(file, "Commentaire sur la note", "Très bien {} fois")[0] == "Très bien 0 fois"


@pytest.mark.parametrize(
    "asked", [("Why did you give us this score?",) * 2, ("What went wrong for you?", "What do you like?")]
)
def test_the_question_that_was_asked_is_no_answer(file: Path, asked: tuple[str, str]) -> None:
    rows = [("Rating", "Follow-up question", "Follow-up response", "Submission date")]
    answers = [(n, asked[n % 2], f"In own words {n}", "2025-01-14") for n in _SCORES]
    assert read(write(file, table([*rows, *answers]))).comments[3] == "In own words 3"


@pytest.mark.parametrize("question", ["Tenure", "Which department are you in?", "Which team are you in?"])
def test_what_a_person_is_stands_before_what_they_say(file: Path, question: str) -> None:
    header = ("Date", "NPS", question, "What would make it better?")
    rows = [("2025-01-14", n, ("1 to 2 years", "Sales team north")[n % 2], f"More air {n}") for n in _SCORES]
    assert read(write(file, table([header, *rows]))).comments[3] == "More air 3"


def test_an_open_question_before_the_score_is_a_comment_where_none_follows(file: Path) -> None:
    header = ("Date", "Customer name", "What did you think of us?", "NPS", "Country")
    rows = [("2025-01-14", f"Ann Lee {n}", f"You are kind {n}", n, "New Zealand") for n in _SCORES]
    assert read(write(file, table([header, *rows]))).comments[3] == "You are kind 3"


@pytest.mark.parametrize("rows", [11, 60])
def test_what_promoters_alone_were_asked_is_a_comment_too(file: Path, rows: int) -> None:
    header = (
        "Date",
        "NPS",
        "What do you love about us?",
        "What do you miss?",
        "What could we improve?",
        "OK?",
    )
    kinds = [("", "", "Speed {}"), ("", "Price {}", ""), ("All {}", "", ""), ("", "", "")]
    answers = [
        ("2025-01-14", n % 11, *(cell.format(n) for cell in kinds[n % 4]), ("yes", "no")[n % 2])
        for n in range(rows)
    ]
    found = read(write(file, table([header, *answers])))
    assert found.comments[:4] == ["Speed 0", "Price 1", "All 2", None]


def test_what_else_somebody_would_like_to_say_goes_before_who_they_are(file: Path) -> None:
    header = ("Date", "NPS", "When did you become a customer?", "Is there anything you would like to add?")
    rows = [("2025-01-14", n, f"About {n} years ago", f"Light {n}") for n in _SCORES]
    assert read(write(file, table([header, *rows]))).comments[3] == "Light 3"


def test_a_score_that_stands_in_two_columns_alike_is_one(file: Path) -> None:
    header = ("Date", "How likely are you to recommend us?", "NPS")
    rows = [("2025-01-14", n, n) for n in _SCORES]
    assert read(write(file, table([header, *rows]))).scores == list(_SCORES)


def test_two_questions_that_few_answered_alike_stay_two(file: Path) -> None:
    header = ("Date", "Would you recommend our support?", "Would you recommend us?")
    assert "More than one column may be the score" in str(
        outcome(write(file, table([header, *[("2025-01-14", n, n) for n in range(5)]])))
    )


@pytest.mark.parametrize("name", ["Θα μας συστήνατε;", "Primary Score"])
def test_further_names_of_the_score_are_known(file: Path, name: str) -> None:
    assert read(write(file, table([("Date", name), ("2025-01-14", 9), ("2025-01-14", 3)]))).scores == [9, 3]


def test_a_question_that_nobody_answered_does_not_hide_one_that_was(file: Path) -> None:
    header = ("Date", "NPS", "What is one thing we do well?", "What is one thing we could improve?")
    rows = [("2025-01-14", n, f"Light {n}", "") for n in _SCORES]
    assert read(write(file, table([header, *rows]))).comments[3] == "Light 3"


@pytest.mark.parametrize("name", ["nps_reason", "NPS Comment", "推奨理由", "nps_open_text"])
def test_words_with_a_number_at_their_end_are_no_score(file: Path, name: str) -> None:
    rows = [("Date", name, "NPS"), *(("2025-01-14", f"Thanks, room {n}", n % 11) for n in range(30))]
    found = read(write(file, table(rows)))
    assert (found.scores[3], found.comments[3]) == (3, "Thanks, room 3")


def test_a_reason_chosen_from_three_is_no_comment_in_a_short_file(file: Path) -> None:
    choices = ("Price", "Customer service", "Speed")
    rows = [("2025-01-14", n % 11, choices[n % 3], f"Own {n}") for n in range(12)]
    found = read(write(file, table([("Date", "NPS", "Primary reason", "Additional comments"), *rows])))
    assert (found.comments[0], sum(found.drivers.values())) == ("Own 0", 12)


@pytest.mark.parametrize(
    "name",
    [
        "Review Content",
        "Review text",
        "Feedback body",
        "Your words",
        "In your own words",
        "Follow-up response",
        "Words",
    ],
)
def test_own_words_are_called_so(file: Path, name: str) -> None:
    rows = [("Date", "NPS", name), ("2025-01-14", 9, "Kind"), ("2025-01-15", 3, "Slow")]
    assert read(write(file, table(rows))).comments == ["Kind", "Slow"]


@pytest.mark.parametrize(
    "question",
    [
        "What is your full name?",
        "First name?",
        "Please tell us your name?",
        "Quel est votre nom ?",
        "Wie ist Ihr Name?",
        "¿Cuál es su nombre?",
        "Qual é o seu nome?",
        "Come ti chiami?",
        "Wat is uw naam?",
        "Как вас зовут?",
        "お名前は？",  # noqa: RUF001
        "What is your postal address?",
    ],
)
@pytest.mark.parametrize("rows", [11, 60])
def test_a_name_is_no_comment_even_where_it_is_asked_for(file: Path, question: str, rows: int) -> None:
    assert words_of(file, question, "Ann Maria Lee {}", rows=rows) == []


def test_one_thing_that_somebody_names_is_a_comment(file: Path) -> None:
    asked = "Can you name one thing that we could do better?"
    assert words_of(file, asked, "More light {} times")[0] == "More light 0 times"


@pytest.mark.parametrize("cell", ["None", "none", "NONE"])
def test_what_python_writes_for_nothing_is_no_comment_no_score_and_no_date(file: Path, cell: str) -> None:
    rows = [("Date", "NPS", "Comment"), (cell, 9, cell), ("2025-01-15", cell, "Kind")]
    found = read(write(file, table(rows)))
    assert (found.scores, found.no_score, found.moments[0], found.bad) == ([9], 1, "", [])
    assert [as_written(comment) for comment in found.comments] == [None, "Kind"]
