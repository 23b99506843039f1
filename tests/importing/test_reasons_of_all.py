"""What says one thing in all rows is the question's theme; a slash between known reasons cuts them."""

from pathlib import Path

import pytest

from bot.importing.cells.ticked import joined
from bot.importing.options import Options
from tests.importing.files import read, table, write
from tests.shell.conftest import Shell
from tests.shell.test_import_again import on_sqlite
from tests.shell.test_import_google import counts_of

ASKED = "How likely are you to recommend Acme as a place to work?"
ROWS = [(f"2025-01-{10 + n}", n % 11, f"say {n}") for n in range(9)]


def with_theme(name: str, *cells: str) -> str:
    themes = cells or ("Engagement",) * len(ROWS)
    return table([("Date", ASKED, "Comment", name), *((*row, theme) for row, theme in zip(ROWS, themes))])  # noqa: B905 - the last rows have none


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


@pytest.mark.parametrize("name", ["Driver", "Theme(s)", "Main reason", "Factors"])
def test_one_theme_of_all_rows_is_nobodys_reason(file: Path, name: str) -> None:
    found = read(write(file, with_theme(name)))
    assert found.drivers == {}
    assert found.comments == [row[2] for row in ROWS]


def test_a_reason_that_some_gave_or_the_operator_names_stays_one(file: Path) -> None:
    some = ["Support", *[""] * 4, "Support", "Support", "", ""]
    assert read(write(file, with_theme("Driver", *some))).drivers == {"support": 3}
    write(file, with_theme("Driver"))
    assert read(file, Options(reason_column="Driver")).drivers == {"Engagement": 9}
    assert read(write(file, with_theme("Driver", *["Support"] * 3))).drivers == {"support": 3}


@pytest.mark.parametrize(
    ("name", "cell"),
    [("What influenced your score?", "Support"), ("Drivers", "Support, Price"), ("Driver", "Support")],
)
def test_what_all_ticked_is_a_reason(file: Path, name: str, cell: str) -> None:
    assert read(write(file, with_theme(name, *[cell] * 9))).drivers["support"] == 9


def test_the_reasons_beside_a_theme_are_read(file: Path) -> None:
    rows = [("Score", "Driver", "Reasons")]
    rows += [(str(n), "Engagement", "Support;Price" if n % 2 else "Price") for n in range(10)]
    assert read(write(file, table(rows))).drivers == {"Price": 10, "support": 5}


@pytest.mark.parametrize("sign", ["/", "+"])
def test_known_reasons_are_cut_at_slashes_and_pluses(sign: str) -> None:
    cells = {
        f"Support {sign} Price": 2,
        "Price": 1,
        f"Experience {sign} Support": 1,
        "Product / service quality": 1,
    }
    tick = joined(cells)
    assert tick(f"Support {sign} Price") == ("support", "Price")
    assert tick(f"Experience {sign} Support") == ("experience", "support")
    assert tick("Product / service quality") == ("quality",)


def test_a_slash_within_a_label_cuts_nothing() -> None:
    cells = {"Price / value": 2, "Support": 1, "Support / Experience": 1}
    assert joined(cells)("Support / Experience") == ("Support / Experience",)
    assert joined(cells)("Price / value") == ("Price / value",)


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"DATABASE_URL": database_url})


@pytest.mark.slow
@on_sqlite
async def test_what_came_with_its_theme_for_a_reason_adds_nothing(terminal: Shell) -> None:
    said = with_theme("Driver")
    assert await counts_of(terminal, said, "--reason-column", "Driver") == (9, 0)
    assert await counts_of(terminal, said) == (0, 0)


@pytest.mark.slow
@on_sqlite
async def test_what_came_with_its_reasons_uncut_adds_nothing(terminal: Shell) -> None:
    cells = [
        "Support / Price",
        "Price",
        "Support",
        "Price / Support",
        "Price",
        "Support",
        "Price",
        "Price",
        "",
    ]
    uncut = with_theme("Reasons", *[cell and f"{cell};" for cell in cells])
    assert await counts_of(terminal, uncut) == (9, 0)
    assert await counts_of(terminal, with_theme("Reasons", *cells)) == (0, 0)
