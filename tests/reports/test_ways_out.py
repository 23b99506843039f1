"""Every way by which what people said leaves the database is named here. A new one fails until it passes the gate.

The rows are counted and read by a few questions of storage. Whoever in `bot` asks one of them is listed with the reason
why it may; all that is shown as a number goes through bot.reports.results, which asks bot.reports.rules.gate.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TOLD = {
    "Answer",
    "Mention",
    "Result",
    "Publication",
    "Property",
    "ImportChange",
    "Ballot",
    "KeptCount",
    "Letter",
}
"""The tables that hold what people said, or counts of it."""

GATED = "bot/reports/results.py"
ANONYMOUS = "bot/reports/anonymous.py"
READ = "bot/reports/numbers.py"
"""What the gate decides on is read there, and used by the two above alone."""
ALLOWED = {
    # What the gate decides on.
    ("counting", "score_counts"): {READ},
    ("counting", "score_counts_of"): {READ},
    ("counting", "comment_count"): {READ},
    ("counting", "driver_counts"): {GATED},
    ("counts", "of_waves"): {READ},
    ("counts", "mentions"): {GATED},
    # Where invitations stand, to tell whether that has changed, and which waves are in trouble.
    ("progress", "looks"): {"bot/waves/progress.py"},
    ("progress", "troubled_waves"): {"bot/delivery/report.py"},
    ("progress", "undelivered"): {"bot/shell/doctor/database.py"},
    # Which waves, and nothing of them.
    ("counts", "wrong"): {"bot/shell/doctor/database.py", "bot/shell/doing/recounting.py"},
    ("results", "publications"): {READ},
    ("results", "publications_of"): {READ},
    ("results", "reasons"): {GATED},
    ("results", "scores_in_both"): {GATED},
    ("waves", "result"): {READ},
    ("segments", "counts_by_value"): {GATED},
    # The names of an imported file's columns, and no value of theirs.
    ("segments", "columns"): {"bot/reports/segmenting.py"},
    # How many, never what.
    ("counts", "answers_since"): {"bot/digests/posting.py"},
    ("deleting", "holds"): {"bot/surveys/deleting.py"},
    # One answer without its person, of customers alone: the gate's `tells_each` decides.
    ("facts", "answer_given"): {"bot/webhooks/composing.py"},
    ("erasing", "holds"): {"bot/privacy/telling.py", "bot/shell/doing/privacy.py"},
    ("erasing", "erase_person"): {"bot/privacy/erasing.py", "bot/shell/doing/privacy.py"},
    ("kept_times", "kept_times"): {"bot/privacy/noticing.py"},
    ("purging", "would_purge"): {"bot/privacy/purging.py"},
    ("purging", "purge_piece"): {"bot/privacy/purging.py"},
    # A person's own answer, to that person.
    ("answers", "store_taps"): {"bot/answers/tapping.py"},
    ("answers", "record_reason"): {"bot/answers/answering.py"},
    ("reading", "answer_of"): {"bot/answers/question.py"},
    ("reading", "own_answers"): {"bot/home/publishing.py"},
    # Everything about one person, to that person and to the operator.
    ("keeping", "kept_about"): {"bot/privacy/telling.py", "bot/shell/doing/privacy.py"},
    ("redrawing", "next_to_redraw"): {"bot/answers/redrawing.py"},
    ("invitations", "open_invitations_of"): {
        "bot/answers/declining.py",
        "bot/home/publishing.py",
        "bot/shell/demo/stage.py",
    },
    # The channel where people are followed up: of those alone who have said that it may read their name and answer.
    ("listing", "page"): {"bot/cases/listing.py"},
    ("cases", "told"): {"bot/cases/drawing.py", "bot/cases/posting.py"},
    # What a person has allowed to be quoted: to that person, to managers, and in the channel that a manager chose.
    ("quotes", "quoted"): {
        "bot/quotes/picking.py",
        "bot/quotes/posting.py",
        "bot/quotes/withdrawing.py",
    },
    ("quotes", "allow"): {"bot/answers/answering.py"},
    ("quotes", "of_invitation"): {"bot/answers/question.py", "bot/quotes/withdrawing.py"},
    ("quotes", "to_post"): {"bot/quotes/posting.py"},
    ("quotes", "in_doubt"): {"bot/quotes/posting.py"},
    ("quotes", "of_person"): {"bot/home/publishing.py", "bot/privacy/telling.py"},
    # A manager's modal. All waves are named: who answered was told that managers see the answer and the name.
    ("comments", "page_of_comments"): {"bot/comments/commenting.py"},
    # The digest, of a named survey whose people were told so, and only where the gate lets comments through.
    ("comments", "newest_comments"): {"bot/digests/posting.py"},
    ("comments", "drivers_ticked"): {"bot/comments/commenting.py"},
    ("participation", "page_of_people"): {"bot/reports/participating.py"},
    # Comments of anonymous waves that the gate lets through, in random order, without a score.
    ("counting", "comments_of"): {"bot/comments/commenting.py"},
    # Conversations about such comments: to managers where the gate lets the comment through, and to the person.
    ("threads", "found"): {"bot/threads/writing.py", "bot/threads/answering.py"},
    ("threads", "of_ballots"): {"bot/comments/commenting.py"},
    ("threads", "letters_of"): {"bot/threads/writing.py", "bot/ballots/linking.py"},
    ("threads", "write"): {"bot/threads/writing.py", "bot/threads/answering.py"},
    ("threads", "last_author"): {"bot/threads/answering.py", "bot/threads/delivering.py"},
    ("letters", "due"): {"bot/threads/delivering.py"},
    ("letters", "abandoned"): {"bot/threads/delivering.py"},
    # A manager's file, and the operator's. They see everything of a named survey.
    ("exporting", "given_answers"): {"bot/exporting/writing.py", "bot/importing/own_answers.py"},
    # The operator's file on its way in: it was theirs before.
    ("in_bulk", "taking_many"): {"bot/importing/run.py"},
    ("storing", "add_answers"): {"bot/importing/run.py"},
    ("storing", "freeze"): {"bot/importing/run.py", "bot/importing/taking_back.py"},
    ("storing", "has_old_answers"): {"bot/importing/as_known.py"},
    ("known", "keys"): {"bot/importing/as_known.py"},
    ("known", "persons"): {"bot/importing/as_known.py"},
    ("known", "by_old_keys"): {"bot/importing/run.py"},
    ("changes", "take_back"): {"bot/importing/taking_back.py"},
    # It gives the result back, of which the flow asks only whether there is one.
    ("closing", "close_wave"): {"bot/waves/closing.py", "bot/waves/ending.py"},
}
"""Each question that tells what people said, and the files that may ask it."""


def test_only_those_named_here_ask_what_people_said() -> None:
    asked = {(question, path) for question, path in questions_asked() if question in tellers()}
    assert asked <= {(question, path) for question, paths in ALLOWED.items() for path in paths}


def test_each_permission_is_used() -> None:
    asked = set(questions_asked())
    unused = [
        (question, path)
        for question, paths in ALLOWED.items()
        for path in paths
        if (question, path) not in asked
    ]
    assert unused == []


def test_no_part_of_the_bot_reads_those_tables_itself() -> None:
    importing = {
        (path, name) for path in bot_files() for name in imported_from("storage.tables", path) if name in TOLD
    }
    # The row of a person's own answer, as the question shows it to that person.
    # A conversation's letters, to whoever may read them: the flows that ask for them are named above.
    assert importing == {
        ("bot/answers/question.py", "Answer"),
        ("bot/answers/redrawing.py", "Answer"),
        ("bot/ballots/linking.py", "Letter"),
        ("bot/comments/conversing.py", "Letter"),
    }


def test_the_demo_alone_looks_through_every_table() -> None:
    """It searches its own database for what it wrote itself, and tells the names of tables."""
    looking = {
        path
        for path in bot_files()
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "SQLModel.metadata"
    }
    assert looking == {"bot/shell/demo/joined.py"}


def test_the_gate_alone_makes_what_views_tell_of_a_wave() -> None:
    """`Numbers` is what the database holds, `Released` what may leave: nobody else turns one into the other."""
    uses = {
        (path, name) for path in bot_files() for name in names_in(path) if name in {"Numbers", "released"}
    }
    gate = "bot/reports/rules/gate.py"
    assert uses == {(GATED, "released"), (ANONYMOUS, "released"), (READ, "Numbers"), (gate, "Numbers")}
    reading = {path for path in bot_files() if "numbers" in imported_from("bot.reports", path)}
    assert reading == {GATED, ANONYMOUS}


@cache
def tellers() -> frozenset[tuple[str, str]]:
    """Name the public questions of storage that read one of those tables, each with its module."""
    found = set()
    for path in (ROOT / "storage").rglob("*.py"):
        functions = [
            node
            for node in ast.parse(path.read_text()).body
            if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_")
        ]
        for function in functions:
            names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
            if names & TOLD and not _changes_alone(function):
                found.add((_module(path), function.name))
    return frozenset(found | set(ALLOWED))


def _module(path: Path) -> str:
    """Name a module as those who use it do: a package by its folder."""
    return path.parent.name if path.stem == "__init__" else path.stem


def _changes_alone(function: ast.AsyncFunctionDef) -> bool:
    """Whether a function returns nothing that it read: it inserts, updates, deletes, or counts rows changed."""
    returned = ast.unparse(function.returns) if function.returns else "None"
    return returned in {"None", "bool", "int"} and "select(Answer" not in ast.unparse(function)


def questions_asked() -> Iterator[tuple[tuple[str, str], str]]:
    """Name each `module.function` of storage that a file of the bot uses."""
    modules = {_module(path) for path in (ROOT / "storage").rglob("*.py")}
    for path in bot_files():
        tree = ast.parse((ROOT / path).read_text())
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        called = {
            alias.asname or alias.name: alias.name if (node.module or "").startswith("storage") else None
            for node in imports
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                module = called.get(node.value.id, node.value.id)
                if module in modules:
                    yield (module, node.attr), path
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("storage."):
                for name in node.names:
                    yield (str(node.module).rpartition(".")[2], name.name), path


def bot_files() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "bot").rglob("*.py"))


def imported_from(module: str, path: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == module:
            yield from (name.name for name in node.names)


def names_in(path: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Name):
            yield node.id
