"""Each file that cannot be imported gives one sentence."""

import gzip
import tracemalloc
from pathlib import Path

import pytest

from bot.importing.errors import ImportProblem
from bot.importing.foreign_file import open_export
from bot.importing.options import DateOrder, Format, Options
from tests.importing.files import read, write

WRONG = [
    (b"", "The file is empty: there is nothing to import."),
    (b"\n\n  \n", "The file is empty: there is nothing to import."),
    (b"Score,Comment\n", "The file has a header and no answers below it: there is nothing to import."),
    (
        b"PK\x03\x04\x14\x00",
        "This is an Excel workbook or a ZIP archive, not a CSV: export the answers as CSV and import that file.",
    ),
    (gzip.compress(b"score\n1\n"), "This is a gzip archive, not a CSV: export the answers as CSV and import that file."),
    (
        bytes(range(256)) * 9,
        "This is a binary file, not a CSV: export the answers as CSV and import that file.",
    ),
    (
        b"Score,Comment\n9,a\x00b\n",
        "This is a binary file, not a CSV: export the answers as CSV and import that file.",
    ),
    (
        b"<!DOCTYPE html>\n<p>Score, Comment</p>",
        "This is not a CSV but a web page or XML: export the answers as CSV and import that file.",
    ),
    (b'[{"score": 9}]', "This is not a CSV but JSON: export the answers as CSV and import that file."),
    (
        b"Dear all\nthe results were good\nand so on\n",
        "This is not a CSV but plain text without columns: export the answers as CSV and import that file.",
    ),
    (
        b"Name,City\nAnn,Oslo\n",
        (
            "No column holds scores from 0 to 10. The columns are “Name”, “City”; if one of them is the score, "
            "name it with --score-column."
        ),
    ),
    (
        "Ajan leima,Todennäköisyys,Ikä\nx,9,7\n".encode(),
        (
            "The header names no score in a language known here. These columns hold only numbers from 0 to 10: "
            "“Todennäköisyys”, “Ikä”. Say which is the score with --score-column."
        ),
    ),
    (
        b"Recommend us?,Recommend our product?\n9,1\n",
        (
            "More than one column may be the score: “Recommend us?”, “Recommend our product?”. "
            "Say which with --score-column."
        ),
    ),
    (
        b"2024-10-14,9\n2024-10-15,8\n",
        "Line 1 holds data, not names: give the file a header line that names its columns.",
    ),
    (
        b"Date,Score\n03/04/2024,9\n05/04/2024,9\n",
        (
            "Column “Date”: 03/04/2024 and every other date there could begin with the day or with the month. "
            "Say which with --dates day-first or --dates month-first."
        ),
    ),
    (
        b'Score,Comment\n9,"begins\nand goes on\n8,never ends\n',
        "Line 2: a quoted cell begins here and does not end. The file may be cut off; export it again.",
    ),
    (
        "Score,Comment\n9,é\n9,ü\n9,".encode() + b"ab\xe9\n",
        "Line 4, column 5: these bytes are not UTF-8. Save the file as UTF-8, or name its encoding with --encoding.",
    ),
    (
        b"Score,Comment\n9,a\x81b\n",
        (
            "Line 2, column 4: these letters make no words in UTF-8 nor in an encoding known here. "
            "Save the file as UTF-8, or name its encoding with --encoding, such as cp1251 or mac_roman."
        ),
    ),
    (
        "Score,Comment\n9,a\n".encode("utf-16")[:-1],
        "Line 2, column 4: these bytes are not utf-16. Save the file as UTF-8, or name its encoding with --encoding.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), WRONG, ids=[sentence[:40] for _, sentence in WRONG])
def test_each_unusable_file_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(ImportProblem) as caught:
        list(open_export(path).rows())
    assert str(caught.value) == sentence


def test_file_of_two_services_names_the_option(tmp_path: Path) -> None:
    path = write(
        tmp_path / "two.csv",
        "#,Network ID,Respondent ID,Collector ID,Start Date,Submit Date,Score\n1,2,3,4,,,9\n",
    )
    with pytest.raises(ImportProblem) as caught:
        open_export(path)
    assert str(caught.value) == (
        "The header could be of surveymonkey or typeform. Say which with --format surveymonkey or --format typeform."
    )
    assert read(path, Options(format=Format.TYPEFORM)).scores == [9]


def test_unknown_score_column_lists_those_there_are(tmp_path: Path) -> None:
    path = write(tmp_path / "export.csv", "Score,Comment\n9,\n")
    with pytest.raises(ImportProblem) as caught:
        open_export(path, Options(score_column="Points"))
    assert str(caught.value) == (
        "--score-column: no column is called “Points”. The columns are “Score”, “Comment”."
    )


def test_unknown_encoding_lists_those_that_matter(tmp_path: Path) -> None:
    path = write(tmp_path / "export.csv", "Score,Comment\n9,\n")
    for encoding in ("klingon", "base64"):
        with pytest.raises(ImportProblem) as caught:
            open_export(path, Options(encoding=encoding))
        assert str(caught.value) == (
            f"“{encoding}” is no encoding known here: give --encoding utf-8, utf-16, cp1252 or latin-1."
        )


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("11", "Line 3, column “Score”: “11” is not a score; a score is a whole number from 0 to 10."),
        ("soon", "Line 3, column “Score”: “soon” is not a score; a score is a whole number from 0 to 10."),
        ("8.5", "Line 3, column “Score”: “8.5” is not a score; a score is a whole number from 0 to 10."),
        ("-1", "Line 3, column “Score”: “-1” is not a score; a score is a whole number from 0 to 10."),
    ],
)
def test_bad_score_is_told_with_its_place_and_the_rest_is_read(
    tmp_path: Path, cell: str, problem: str
) -> None:
    found = read(write(tmp_path / "export.csv", f"Score,Comment\n9,a\n{cell},b\n8,c\n"))
    assert [str(row) for row in found.bad] == [problem]
    assert found.scores == [9, 8]


def test_bad_rows_are_told_with_their_lines(tmp_path: Path) -> None:
    rows = 'Date,Score,Comment\n2024-10-14,9,a\nsoon,8,b\n2024-10-14,7,c, d\n2024-10-14\n2024-10-14,6,"e" f\n2024-10-14,5,g\n'
    found = read(write(tmp_path / "export.csv", rows))
    assert [str(row) for row in found.bad] == [
        "Line 3, column “Date”: “soon” is not a date that can be read.",
        "Line 4: there are 4 cells below 3 columns; a cell with a separator may lack its quotes.",
        "Line 5: there are only 1 of 3 cells, and the score is not among them.",
        "Line 6: a quotation mark stands inside a quoted cell and is not doubled.",
    ]
    assert found.scores == [9, 5]


def test_date_that_contradicts_the_column_is_a_bad_row(tmp_path: Path) -> None:
    found = read(write(tmp_path / "export.csv", "Date,Score\n14/10/2024,9\n10/14/2024,8\n"))
    assert [row.line for row in found.bad] == [3]
    assert read(tmp_path / "export.csv", Options(dates=DateOrder.MONTH_FIRST)).scores == [8]


@pytest.mark.parametrize(
    ("begin", "middle", "sentence"),
    [
        (b"Score,Comment\n9,", b"a", "Line 2 is longer than 1,000,000 characters"),
        (b"", b"9,", "Line 1 is longer than 1,000,000 characters"),
        (b'Score,Comment\n9,"', b"a\n", "Line 2: a quoted cell begins here and does not end."),
        (b"Score,Comment\n9,", b'"\n",', "Line 2: a quoted cell begins here and does not end."),
    ],
)
def test_hundred_megabytes_in_one_row_are_refused_in_little_memory(
    tmp_path: Path, begin: bytes, middle: bytes, sentence: str
) -> None:
    path = tmp_path / "export.csv"
    piece = middle * (1_000_000 // len(middle))
    with path.open("wb") as file:
        file.write(begin)
        for _ in range(100):
            file.write(piece)
    tracemalloc.start()
    with pytest.raises(ImportProblem, match=sentence):
        list(open_export(path).rows())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000


def test_long_cell_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match=r"^Line 2 has a cell of more than 131,072 characters"):
        open_export(write(tmp_path / "export.csv", f"Score,Comment\n9,{'a' * 200_000}\n"))


def test_many_rows_are_read_in_constant_memory(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        path.write_text(
            "Date,Score,Comment\n" + "".join(f"2024-10-14,{n % 11},words {n}\n" for n in range(rows))
        )
        tracemalloc.start()
        answers = sum(1 for _ in open_export(path).rows())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert answers == rows
        return most

    peak(100)
    assert peak(30_000) < peak(15_000) + 300_000
