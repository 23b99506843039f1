"""Comments as people wrote them, also where a service hands them out as HTML."""

from pathlib import Path

import pytest

from bot.importing.batches import Batch, batches
from bot.importing.cells.markup import as_written
from bot.importing.foreign_file import opened_export
from bot.importing.options import Options
from bot.importing.outcome import Wanted
from tests.importing.files import table, write


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Tom &amp; Jerry&#39;s &quot;best&quot;", 'Tom & Jerry\'s "best"'),
        ("slow,&nbsp;&lt;3 days &#x1F44D;", "slow, <3 days 👍"),
        ("R&amp;amp;D", "R&amp;D"),
        ("Caf&eacute; &euro;5", "Café €5"),
        ("Good<br />thanks<BR>a lot", "Good\nthanks\na lot"),
        ('<p style="margin:0">Good &amp; quick</p>\n<p>But <b>dear</b></p>', "Good & quick\n\nBut dear"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<div><br></div>", None),
        ("#NAME?", None),
    ],
)
def test_what_a_service_wrote_as_html_is_read(cell: str, words: str | None) -> None:
    assert as_written(cell) == words


@pytest.mark.parametrize(
    "cell",
    [
        "I <3 you & AT&T; a < b > c",
        "x <y> z, see <https://a.example>",
        "see https://a.example/?a=1&copy=2&lt=3",
        "the <b> tag is wrong, and so is </p>",
        "<script>alert(1)</script>",
        "&nosuchletter; &#0; &#7;",
        "#1 in my heart",
        "  two spaces before, & after  ",
        "<" * 20_000,
        "<b " * 20_000,
        "&" * 20_000,
    ],
)
def test_what_is_no_html_stays_to_the_letter(cell: str) -> None:
    assert as_written(cell) == cell


def only_batch(file: Path) -> Batch:
    with opened_export(file, Options()) as export:
        (found,) = batches(export, Wanted("Acme"), 1)
    return found


def test_an_import_has_the_words_and_knows_rows_by_what_stands_in_the_file(tmp_path: Path) -> None:
    rows = [("Score", "Comment"), (9, "R&amp;D"), (9, "R&D"), (8, "<p></p>"), (3, "")]
    (answers,) = only_batch(file := write(tmp_path / "answers.csv", table(rows))).answers.values()
    assert sorted(filter(None, answers.comments)) == ["R&D", "R&D"]
    assert len(set(answers.keys)) == 4
    assert only_batch(file).comments == 2


def test_our_own_export_is_read_to_the_letter(tmp_path: Path) -> None:
    header = ("wave", "date", "score", "category", "comment", "drivers")
    rows = [header, ("2024", "2024-01-10", 9, "promoter", "R&amp;D <br>", "")]
    (answers,) = only_batch(write(tmp_path / "answers.csv", table(rows))).answers.values()
    assert answers.comments == ("R&amp;D <br>",)
