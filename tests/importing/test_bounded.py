"""No cell and no header takes long, however long it is."""

import time
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import pytest

from bot.importing.dates.moment import NotADate, reader
from bot.importing.dates.zones import zone_in_header, zone_of
from bot.importing.options import DateOrder
from tests.importing.files import read, write

HOSTILE = [
    "/" * 300,
    "1/" * 200,
    " " * 80_000,
    "1" * 80_000,
    "(" * 80_000,
    "a " * 40_000,
    "1:" * 40_000,
    "-" * 80_000,
]


@pytest.mark.parametrize("cell", HOSTILE, ids=[cell[:2] for cell in HOSTILE])
def test_a_hostile_cell_is_no_date_and_no_zone_at_once(cell: str) -> None:
    began = time.process_time()
    for order in DateOrder:
        with suppress(NotADate):
            assert reader(order, UTC)(cell) is None
    assert zone_of(cell) is None
    assert zone_in_header(cell + ")")[1] is None
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("cell", HOSTILE, ids=[cell[:2] for cell in HOSTILE])
def test_a_hostile_header_takes_no_time(tmp_path: Path, cell: str) -> None:
    began = time.process_time()
    assert read(write(tmp_path / "a.csv", f'Score,"x{cell}"\n9,"{cell[:1000]}"\n8,b\n')).scores == [9, 8]
    assert time.process_time() - began < 2


def test_control_characters_of_a_header_reach_no_sentence(tmp_path: Path) -> None:
    found = read(
        write(tmp_path / "a.csv", "Sco\u202ere nps,Date\n9,2024-10-14\n8,2024-10-15\n\u202ex,2024-10-16\n")
    )
    assert [str(row) for row in found.bad] == [
        "Line 4, column “Sco\ufffdre nps”: “\ufffdx” is not a score; a score is a whole number from 0 to 10."
    ]
