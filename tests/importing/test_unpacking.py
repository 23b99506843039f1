"""What people have beside a CSV: archives, workbooks, JSON; and what is refused of them."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.importing.errors import ImportProblem
from bot.importing.options import Format, Options
from tests.importing.files import read
from tests.importing.kinds import FOLDER

ROWS = "Date,Score,Comment\n2024-10-14,9,fine\n2024-10-15,2,slow\n"


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return path


def refusal(path: Path, options: Options | None = None) -> str:
    with pytest.raises(ImportProblem) as caught:
        read(path, options)
    return str(caught.value)


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(ROWS.encode()))
    assert read(path).scores == [9, 2]


def test_a_damaged_gzip_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(ROWS.encode() * 50)[:-20])
    assert "damaged" in refusal(path)


def test_of_several_files_the_operator_says_which(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a__csv=ROWS, b__csv="Score\n1\n", readme__md="x")
    assert refusal(path) == "There are several files inside: “a.csv”, “b.csv”. Say which with --table."
    assert read(path, Options(table="b.csv")).scores == [1]
    assert "nothing inside is called" in refusal(path, Options(table="c.csv"))


def test_an_archive_without_a_table_says_so(tmp_path: Path) -> None:
    assert "holds no CSV" in refusal(zipped(tmp_path / "a.zip", readme__md="x"))


def test_an_archive_that_unpacks_to_far_more_than_it_is_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.csv", "w") as member:
        for _ in range(80):
            member.write(b"0" * (1 << 20))
    assert "hundreds of times" in refusal(path)


def book(path: Path, *sheets: list[list[object]]) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def test_bad_rows_of_a_sheet_are_told_with_their_rows(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["Score", "Comment"], [9, "two\nlines"], ["soon", "x"]])
    assert [row.line for row in read(path).bad] == [3]


def test_of_several_sheets_the_operator_says_which(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["Score"], [9]], [["Score"], [2]], [])
    assert "several sheets inside: “Sheet 0”, “Sheet 1”" in refusal(path)
    assert read(path, Options(table="Sheet 1")).scores == [2]


def test_a_workbook_with_macros_is_not_opened(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsm", [["Score"], [9]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "macros" in refusal(path)


def test_an_encrypted_workbook_and_an_old_one_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refusal(path)
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    assert "old Excel workbook" in refusal(path)


@pytest.mark.parametrize("name", ["export.csv", "export", "export.xlsx", "export.zip"])
def test_a_workbook_is_read_whatever_its_file_is_called(tmp_path: Path, name: str) -> None:
    book = FOLDER.joinpath("microsoft_forms.xlsx")
    path = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(book, "Responses.xlsx")
    else:
        path.write_bytes(book.read_bytes())
    assert read(path).scores == read(book).scores


def test_delighteds_own_answers_in_json_are_read(tmp_path: Path) -> None:
    responses = [
        {
            "id": f"58714802{number}", "person": {"id": "39", "email": "ann@example.com"}, "survey_type": "nps",
            "score": score, "comment": comment, "permalink": "https://x.example/r", "created_at": 1736845805 + number,
            "person_properties": {"Plan": "Pro"}, "notes": [], "tags": ["gold", "vip"],
        }
        for number, (score, comment) in enumerate([(9, "=1+1"), (0, None), (7, "'=x")])
    ]  # fmt: skip
    path = tmp_path / "responses.json"
    path.write_text(json.dumps(responses))
    found = read(path)
    assert found.format is Format.DELIGHTED
    assert (found.scores, found.comments) == ([9, 0, 7], ["=1+1", None, "'=x"])
    assert found.moments[0] == "2025-01-14T09:10:05+00:00"
    assert {row.person for row in found.answers} == {"ann@example.com"}


def test_other_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for content in ("{}", "[]", '[{"a": 1}, 2]', '[{"a": ', "[" * 100_000):
        path.write_text(content)
        refusal(path)
