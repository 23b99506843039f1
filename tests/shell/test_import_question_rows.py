"""An export with a row a question goes in whole, and says what was joined."""

import json
from pathlib import Path

import pytest
from sqlmodel import col, select

from storage.database.engine import Database
from storage.tables import Answer, Mention
from tests.importing.files import table
from tests.importing.test_question_rows import HEADER, long_rows
from tests.shell.conftest import Shell

FILE = "long.csv"


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Shell:
    (tmp_path / FILE).write_text(table([HEADER, *long_rows()]), "utf-8")
    return Shell(tmp_path, {"DATABASE_URL": database_url})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_dry_run_says_what_was_joined(terminal: Shell) -> None:
    words = ("import", FILE, "--survey", "Acme", "--dry-run")
    said = (await terminal.nps_bot(*words)).out
    assert (
        "Each row was one question (“Question”): 13 rows to 3 questions are 5 answers, joined by “Response ID”."
        in said
    )
    data = json.loads((await terminal.nps_bot(*words, "--json")).out)
    assert (data["rows"], data["imported"], data["no_score"], data["comments"]) == (5, 4, 1, 2)
    assert data["joined"] | {"questions": 3} == {
        "by": "Response ID", "question": "Question", "rows": 13, "answers": 5, "questions": 3, "rows_alone": 0
    }  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_letters_spoilt_before_are_told(terminal: Shell) -> None:
    (terminal.folder / FILE).write_text("Score,Comment\n9,Tr\u00c3\u00a8s bien\n", "utf-8")
    for words in ((), ("--dry-run",)):
        ran = await terminal.nps_bot("import", FILE, "--survey", "Acme", *words)
        assert "“Tr\u00c3\u00a8s bien” was once “Tr\u00e8s bien”" in ran.out


async def test_comments_and_reasons_are_stored_with_their_answer_and_once(
    terminal: Shell, database: Database
) -> None:
    for _ in range(2):
        assert (await terminal.nps_bot("import", FILE, "--survey", "Acme")).code == 0
    async with database.reading() as session:
        answers = await session.exec(select(Answer).order_by(col(Answer.score)))
        said = [(answer.score, answer.comment) for answer in answers]
        reasons = await session.exec(select(Mention.driver).order_by(Mention.driver))
        assert said == [(0, None), (3, "Slow support"), (9, "Kind, and\nquick"), (10, None)]
        assert list(reasons) == ["Price, value for money", "reputation", "reputation", "support", "support"]
