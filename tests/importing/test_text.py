"""From bytes to cells: encodings, line ends, delimiters."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.importing.errors import ImportProblem
from bot.importing.foreign_file import open_export
from bot.importing.options import Options
from tests.importing.files import EXPORTS, read, table, write

WESTERN = "Score,Pourquoi ?\n9,déçu\n8,« l’été »\n"
QUESTION = "How likely are you, all in all, to recommend us; be honest?"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_and_line_end_is_read(tmp_path: Path, encoding: str, line_end: str) -> None:
    found = read(write(tmp_path / "export.csv", WESTERN.replace("\n", line_end), encoding))
    assert found.comments == ["déçu", "« l’été »"]
    assert [row.line for row in found.answers] == [2, 3]


def test_latin_1_is_read_like_windows(tmp_path: Path) -> None:
    assert read(write(tmp_path / "export.csv", "Score,Why\n9,déçu\n", "latin-1")).comments == ["déçu"]


def test_named_encoding_is_obeyed(tmp_path: Path) -> None:
    path = write(tmp_path / "export.csv", "Score,Why\n9,жук\n", "cp1251")
    assert read(path, Options(encoding="cp1251")).comments == ["жук"]
    with pytest.raises(ImportProblem, match=r"^Line 2, column 3: these bytes are not utf-8\."):
        open_export(path, Options(encoding="UTF8"))


def test_encoding_is_decided_over_the_whole_file(tmp_path: Path) -> None:
    rows = "".join(f"9,words {n}\n" for n in range(60_000))
    path = write(tmp_path / "export.csv", f"Score,Why\n{rows}3,à la fin\n", "cp1252")
    assert read(path).comments[-1] == "à la fin"


def test_character_cut_by_a_piece_of_the_file_is_whole(tmp_path: Path) -> None:
    rows = "".join(f"9,{'é' * (n % 7)}€\n" for n in range(100_000))
    found = read(write(tmp_path / "export.csv", f"Score,Why\n{rows}"))
    assert set(found.comments) == {"é" * n + "€" for n in range(7)}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found_though_others_stand_in_cells(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["Date", QUESTION, "Why"],
        ["14/10/2024", 9, "a, b; c"],
        ["15/10/2024", 8, "d; e, f"],
        ["16/10/2024", 7, ""],
    ]
    found = read(write(tmp_path / "export.csv", table(rows, delimiter)))
    assert found.scores == [9, 8, 7]
    assert found.comments == ["a, b; c", "d; e, f", None]


HOSTILE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def opens_or_says_why(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    said, read_lines = ".", [2]
    try:
        read_lines = [row.line for row in open_export(path).rows()]
    except ImportProblem as problem:
        said = str(problem)
    assert said.endswith(".")
    assert "\n" not in said
    assert all(line > 1 for line in read_lines)


@HOSTILE
@given(st.binary(max_size=400))
def test_random_bytes_never_end_in_a_traceback(tmp_path: Path, content: bytes) -> None:
    opens_or_says_why(tmp_path / "hostile.csv", content)


@HOSTILE
@given(st.text(alphabet="0159,;\"\n\r\t'-/:.(#é score", max_size=200))
def test_random_text_never_ends_in_a_traceback(tmp_path: Path, content: str) -> None:
    opens_or_says_why(tmp_path / "hostile.csv", content.encode())
    opens_or_says_why(tmp_path / "hostile.csv", b"Date,Score,Why\n" + content.encode())


@HOSTILE
@given(st.sampled_from(sorted(EXPORTS.glob("*.csv"))), st.data())
def test_sample_cut_or_damaged_anywhere_never_ends_in_a_traceback(
    tmp_path: Path, sample: Path, data: st.DataObject
) -> None:
    content = sample.read_bytes()
    at = data.draw(st.integers(0, len(content)))
    damage = data.draw(st.sampled_from([b"", b'"', b"\0", b"\xff", b"\n", b","]))
    opens_or_says_why(tmp_path / "hostile.csv", content[:at] + damage)
    opens_or_says_why(tmp_path / "hostile.csv", content[:at] + damage + content[at:])
