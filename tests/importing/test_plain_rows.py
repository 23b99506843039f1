"""Rows that are read at once say what they would say one by one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.batches import Batch, at_once, one_by_one
from bot.importing.errors import ImportProblem
from bot.importing.foreign_file import Export, opened_export
from bot.importing.options import DateOrder, Options
from bot.importing.outcome import Wanted
from bot.importing.periods import Period
from bot.importing.rows.keys import RowKeys
from bot.importing.rows.reading import read
from tests.importing.files import table, write
from tests.importing.kinds import EXPECTED, FOLDER
from tests.importing.layouts import LAYOUTS, written

PARIS = ZoneInfo("Europe/Paris")
WANTED = Wanted("Acme", by=Period.MONTH, drivers={"support": "service"})


def both(export: Export, wanted: Wanted) -> tuple[Batch | None, Batch]:
    """Read the whole file in both ways."""
    zone = export.options.day_zone or UTC
    known_as = 7, export.recognised.format, export.layout.written_zone
    with RowKeys(*known_as) as keys:
        plain = at_once(list(export.records()), export.layout, wanted, keys, zone)
    with RowKeys(*known_as) as keys:
        return plain, one_by_one(list(read(export.records(), export.layout)), wanted, keys, zone)


def is_plain(path: Path, options: Options, wanted: Wanted = WANTED) -> bool:
    """Say whether the file was read at once; then both ways say the same."""
    with opened_export(path, options) as export:
        plain, expected = both(export, wanted)
    if plain is not None:
        assert plain == expected
    return plain is not None


@pytest.mark.parametrize("options", [Options(), Options(time_zone=PARIS, day_zone=PARIS)])
def test_each_layout_says_the_same_in_both_ways(tmp_path: Path, options: Options) -> None:
    files = [
        write(tmp_path / f"{number}.csv", written(layout)) for number, layout in enumerate(LAYOUTS.values())
    ]
    assert sum(is_plain(file, options) for file in files) >= 40


def test_each_file_of_a_service_says_the_same_in_both_ways() -> None:
    plain = 0
    for name in EXPECTED:
        try:
            plain += is_plain(FOLDER / name, Options(), Wanted("Acme"))
        except ImportProblem:
            continue
    assert plain >= 10


CELLS = {
    "Date": st.one_of(
        st.datetimes(datetime(1989, 12, 31), datetime(2026, 1, 3)).map(lambda at: at.isoformat(" ", "seconds")),  # noqa: DTZ001 - cells
        st.sampled_from([
            "", "N/A", "2024-10-14", "2024-10-14T09:10:00", "2024-W42-1 09:10:00", "20241014T09:10:10.5", "2024-02-30 09:10:00",
            "2024-10-14 24:00:00", "2567-10-14 09:10:00", "2024-10-14 09:10:00\n2024-10-14 09:10:00", "2024-10-14 09:10:00Z",
        ]),
    ),
    "Score": st.sampled_from(["10", "9 - likely", "0", "", "N/A", " 7 ", "11"]),
    "Comment": st.sampled_from(["", "-", "fine", "fine\r\n indeed ", "'=a"]),
    "Reasons": st.sampled_from(["", "Support", "Support; Price", "Price; Price"]),
    "Status": st.sampled_from(["Completed", "Partial", "Spam"]),
    "Response ID": st.one_of(st.integers(100_000, 100_020).map("r{}".format), st.just("")),
}  # fmt: skip
OPTIONS = st.sampled_from([
    Options(dates=DateOrder.DAY_FIRST, now=datetime(2026, 1, 1, tzinfo=UTC)),
    Options(dates=DateOrder.DAY_FIRST, time_zone=PARIS, day_zone=PARIS),
    Options(dates=DateOrder.DAY_FIRST, day_zone=PARIS),
])  # fmt: skip


@given(
    st.lists(st.tuples(*CELLS.values()), min_size=1, max_size=6),
    st.lists(st.sampled_from(tuple(CELLS)), min_size=2, unique=True),
    OPTIONS,
    st.sampled_from([WANTED, Wanted("Acme"), Wanted("Acme", label="2024")]),
)
def test_any_rows_say_the_same_in_both_ways(
    rows: list[tuple[str, ...]], columns: list[str], options: Options, wanted: Wanted
) -> None:
    header = list(dict.fromkeys([*columns, "Score", "Date"]))
    known = [
        dict.fromkeys(CELLS, "") | {"Date": f"{datetime(2024, 1, 1) + timedelta(days=n)}", "Score": "9"}  # noqa: DTZ001 - as above
        for n in range(2)
    ]
    told = [*known, *(dict(zip(CELLS, row, strict=True)) for row in rows)]
    with TemporaryDirectory() as folder:
        path = write(
            Path(folder, "a.csv"), table([header, *([row[name] for name in header] for row in told)])
        )
        try:
            is_plain(path, options, wanted)
        except ImportProblem:
            return
