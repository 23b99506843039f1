"""Dates of which a spreadsheet took the day for the month, where it could: the others stayed text."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bot.importing.dates.swapped import are_swapped
from bot.importing.errors import DaysMayBeMonths
from bot.importing.options import Options
from tests.importing.files import read, table, write
from tests.importing.kinds import outcome
from tests.shell.conftest import Shell
from tests.shell.test_import_again import data_of, on_sqlite
from tests.shell.test_import_google import counts_of

FIRST = datetime(2025, 1, 2, 9, 10)  # noqa: DTZ001 - cells
DAYS = [FIRST + timedelta(days=3 * number) for number in range(20)]


def opened(day: datetime, order: str = "%d/%m/%Y") -> datetime | str:
    """Give what a spreadsheet of the other order makes of the date."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day.strftime(f"{order} %H:%M")


def workbook(path: Path, cells: Sequence[datetime | str]) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(("Date", "Score", "Comment"))
    for number, cell in enumerate(cells):
        book.active.append((cell, number % 11, f"say {number}"))
    book.save(path)
    return path


@pytest.mark.parametrize("order", ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%y"])
def test_days_that_a_spreadsheet_took_for_months_are_put_right(tmp_path: Path, order: str) -> None:
    path = workbook(tmp_path / "answers.xlsx", [opened(day, order) for day in DAYS])
    assert [moment[:16] for moment in read(path).moments] == [
        day.isoformat(timespec="minutes") for day in DAYS
    ]


def test_they_are_put_right_in_each_zone_and_in_a_csv_too(tmp_path: Path) -> None:
    rows = [("Date", "Score"), *((opened(day), 9) for day in DAYS)]
    found = read(write(tmp_path / "answers.csv", table(rows)), Options(time_zone=ZoneInfo("Asia/Tokyo")))
    assert found.moments[0] == "2025-01-02T00:10:00+00:00"


def test_dates_and_texts_that_lie_otherwise_stay_as_they_are(tmp_path: Path) -> None:
    texts = ["14/01/2025", "20/01/2025", "03/02/2025"]
    made = [datetime(2025, 2, day) for day in (1, 9, 11)]  # noqa: DTZ001 - cells
    assert read(workbook(tmp_path / "a.xlsx", [*made, *texts])).moments[0][:10] == "2025-02-01"
    made[2] = datetime(2025, 2, 13)  # noqa: DTZ001 - a cell
    assert read(workbook(tmp_path / "b.xlsx", [*made, *texts[:2]])).moments[0][:10] == "2025-02-01"
    assert read(workbook(tmp_path / "c.xlsx", made)).moments[0][:10] == "2025-02-01"


def test_too_few_to_tell_are_asked_for(tmp_path: Path) -> None:
    path = workbook(tmp_path / "answers.xlsx", [datetime(2025, 2, 1), "14/01/2025", "20/01/2025"])  # noqa: DTZ001 - a cell
    assert str(outcome(path)) == (
        "Column “Date” holds dates such as 2025-02-01 and texts such as 14/01/2025: a spreadsheet may have taken days for months. "
        "Write all of its dates in one way, with the year first, and import that file."
    )


def test_one_date_among_many_texts_is_enough() -> None:
    texts = [f"{13 + number % 18}/01/2025" for number in range(10)]
    assert are_swapped("Date", ["2025-02-01", *texts])
    with pytest.raises(DaysMayBeMonths):
        are_swapped("Date", ["2025-02-01", *texts[:4]])


@pytest.fixture
def terminal(database_url: str, tmp_path: Path) -> Shell:
    return Shell(tmp_path, {"DATABASE_URL": database_url})


@pytest.mark.slow
@on_sqlite
async def test_the_import_says_what_it_put_right(terminal: Shell) -> None:
    workbook(terminal.folder / "answers.xlsx", [opened(day) for day in DAYS])
    said = (
        "A spreadsheet took days for months in “Date”: up to the 12th it made dates of them, later days stayed text. "
        "They are put right: 2025-02-01 09:10:00 is read as 2025-01-02 09:10:00."
    )
    looked = await terminal.nps_bot("import", "answers.xlsx", "--survey", "Acme", "--dry-run")
    assert " ".join(said.split()) in " ".join(looked.out.split())
    assert (await data_of(terminal, "answers.xlsx", "--dry-run"))["days_swapped_back"] is True
    ran = await terminal.nps_bot("import", "answers.xlsx", "--survey", "Acme")
    assert said in ran.out + ran.err


@pytest.mark.slow
@on_sqlite
@pytest.mark.parametrize("ids", [(), ("Response ID",)])
async def test_what_an_earlier_release_took_as_it_stood_adds_nothing(
    terminal: Shell, ids: tuple[str, ...]
) -> None:
    as_it_stood = [day if isinstance(day := opened(one), datetime) else one for one in DAYS]
    names = [("r" * 5 + str(number),) if ids else () for number in range(len(DAYS))]
    header = (*ids, "Date", "Score", "Comment")

    def file(days: Sequence[object]) -> str:
        said = [
            (*name, day, n % 11, f"say {n}") for n, (name, day) in enumerate(zip(names, days, strict=True))
        ]
        return table([header, *said])

    assert await counts_of(terminal, file(as_it_stood)) == (20, 0)
    assert await counts_of(terminal, file([opened(one) for one in DAYS])) == (0, 0)


def test_days_that_a_mac_counts_from_1904_are_its_days(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    book.active.append(("Date", "Score"))
    book.active.append((FIRST, 9))
    book.save(tmp_path / "answers.xlsx")
    assert read(tmp_path / "answers.xlsx").moments == ["2025-01-02T09:10:00+00:00"]
