"""Comments as people wrote them, also where a service hands them out as HTML."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.importing.batches import Batch, batches
from bot.importing.cells.markup import as_written
from bot.importing.files.rows import ImportedRow
from bot.importing.foreign_file import opened_export
from bot.importing.options import Format, Options
from bot.importing.outcome import Wanted
from bot.importing.rows.keys import Before, RowKeys
from tests.importing.files import read, table, write


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


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


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
    assert answers.comments == ["R&amp;D <br>"]


@pytest.mark.parametrize(
    "cells",
    [
        ("Prix &amp; délais; Support", "Support", "Prix &amp; délais"),
        ("Prix &amp; délais;Support", "Support;", "Prix &amp; délais"),
        ("Prix &amp; délais, Support", "Support", "Prix &amp; délais"),
        ("Prix &amp; délais<br>Support", "Support", "Prix &#38; délais"),
        ("<p>Prix &amp; délais</p><p>Support</p>", "<p>Support</p>", "<p>Prix &amp; délais</p>"),
    ],
)
def test_reasons_are_cut_where_their_html_is_read(file: Path, cells: tuple[str, ...]) -> None:
    rows = [(9 - at, f"2025-01-1{at}", cell) for at, cell in enumerate(cells)]
    found = read(write(file, table([("Score", "Date", "Reasons"), *rows])))
    assert [row.drivers for row in found.answers] == [
        ("Prix & délais", "support"),
        ("support",),
        ("Prix & délais",),
    ]


def test_reasons_in_columns_are_read_so_too(file: Path) -> None:
    ticked = [
        ("Score", "Why? [Prix &amp; délais]", "Why? [Service &amp; support]"),
        (9, "x", "x"),
        (3, "", "x"),
    ]
    assert read(write(file, table(ticked))).drivers == {"Prix & délais": 1, "support": 2}
    ranked = [("Score", "Reason 1", "Reason 2"), (9, "Prix &amp; délais", "Support"), (3, "Support", "")]
    assert read(write(file, table(ranked))).drivers == {"Prix & délais": 1, "support": 2}


def test_what_came_before_its_reasons_were_read_so_is_known(file: Path) -> None:
    rows = [
        ("Score", "Date", "Reasons"),
        (9, "2025-01-14", "Prix &amp; délais; Support"),
        (3, "2025-01-15", ""),
    ]
    read_before = ImportedRow(
        2, None, 9, None, ("Prix &amp", "délais", "support"), datetime(2025, 1, 14, tzinfo=UTC)
    )
    with RowKeys(1, Format.CSV) as keys:
        (before,) = keys.of([read_before])
    with opened_export(write(file, table(rows)), Options()) as export:
        (found,) = batches(export, Wanted("Acme", before=Before.READING), 1)
    (answers,) = found.answers.values()
    assert before
    assert answers.old_keys[answers.scores.index(9)] == before.key
