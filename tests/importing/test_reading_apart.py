"""A large export is read by a process of its own, which nobody notices but in the time it takes."""

import fcntl
import os
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.importing.batches import Batch, batches
from bot.importing.errors import ImportProblem
from bot.importing.foreign_file import Export, open_export
from bot.importing.outcome import Wanted
from bot.importing.periods import Period
from bot.importing.problems import ReadingEnded
from bot.importing.reading_apart import Read, begin_early, reading

pytestmark = pytest.mark.slow

WANTED = Wanted("Acme", by=Period.MONTH)


def a_large_export(folder: Path, *, ends: str = "", why: str = "why") -> Export:
    rows = (f"{1 + row % 28:02}/{1 + row % 12:02}/2024 9:10,{row % 12},{why} {row}\n" for row in range(1_000))
    file = folder / "large.csv"
    file.write_text("Date,Score,Comment\n" + "".join(rows) + ends, "utf-8")
    return open_export(file)


def everything(read: Read) -> Iterator[Batch]:
    while batch := read():
        yield batch


def processes_begun() -> set[int]:
    """Return the ids of the processes that this one began and that have not ended, or are not yet mourned."""
    return {
        int(process)
        for children in Path("/proc/self/task").glob("*/children")
        for process in children.read_text().split()
    }


def wait_until_it_waits_for_us(process: int) -> None:
    """Return when its pipe is full."""
    pipe = os.open(f"/proc/{process}/fd/1", os.O_RDONLY)
    try:
        most, there = fcntl.fcntl(pipe, fcntl.F_GETPIPE_SZ), bytearray(4)
        while int.from_bytes(there, sys.byteorder) < most:
            fcntl.ioctl(pipe, termios.FIONREAD, there)
    finally:
        os.close(pipe)


def test_a_process_of_its_own_reads_the_same(tmp_path: Path) -> None:
    export = a_large_export(tmp_path)

    with reading(export, WANTED, 7, large=1_000, most=300) as read:
        apart = list(everything(read))

    assert len(apart) == 4
    assert sum(batch.bad_rows for batch in apart) == 83
    assert apart == list(batches(export, WANTED, 7, most=300))


def test_nothing_is_lost_when_its_process_is_stopped_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")  # as containers have it
    export, before = a_large_export(tmp_path, why="why " * 100), processes_begun()

    with reading(export, WANTED, 7, large=1_000, most=1_000) as read:
        (process,) = processes_begun() - before
        wait_until_it_waits_for_us(process)
        os.kill(process, signal.SIGSTOP)
        os.kill(process, signal.SIGCONT)
        apart = list(everything(read))

    assert apart == list(batches(export, WANTED, 7, most=1_000))


def test_nothing_goes_on_when_reading_is_left_half_way(tmp_path: Path) -> None:
    export, before = a_large_export(tmp_path), processes_begun()

    with reading(export, WANTED, 7, large=1_000, most=300) as read:
        read()
        assert len(processes_begun() - before) == 1

    assert processes_begun() == before


def test_what_is_wrong_far_down_the_file_is_told(tmp_path: Path) -> None:
    export = a_large_export(tmp_path, ends='03/04/2024,9,"begins\n')

    with reading(export, WANTED, 7, large=1_000, most=300) as read, pytest.raises(ImportProblem) as problem:
        list(everything(read))

    assert str(problem.value).startswith("Line 1002: a quoted cell begins here and does not end.")


def test_a_file_that_has_gone_meanwhile_is_told(tmp_path: Path) -> None:
    export = a_large_export(tmp_path)
    export.source.path.unlink()

    with reading(export, WANTED, 7, large=1_000, most=300) as read, pytest.raises(FileNotFoundError):
        read()


def test_a_reading_process_that_is_killed_is_told(tmp_path: Path) -> None:
    export, before = a_large_export(tmp_path), processes_begun()

    with reading(export, WANTED, 7, large=1_000, most=300) as read:
        (process,) = processes_begun() - before
        os.kill(process, signal.SIGKILL)
        with pytest.raises(ReadingEnded):
            list(everything(read))


def test_a_process_that_was_begun_early_reads(tmp_path: Path) -> None:
    export, before = a_large_export(tmp_path, why="why " * 1_000), processes_begun()

    begin_early(export.source.path)
    (early,) = processes_begun() - before
    with reading(export, WANTED, 7, large=1_000, most=300) as read:
        assert processes_begun() - before == {early}
        apart = list(everything(read))

    assert processes_begun() == before
    assert apart == list(batches(export, WANTED, 7, most=300))


def test_a_process_that_was_begun_early_ends_with_us(tmp_path: Path) -> None:
    export = a_large_export(tmp_path, why="why " * 1_000)
    script = "import sys; from pathlib import Path; from bot.importing.reading_apart import begin_early; begin_early(Path(sys.argv[1]))"
    command = [sys.executable, "-c", script, str(export.source.path)]

    # Its pipes end with the last process that holds them: the one that was begun early.
    ran = subprocess.run(command, capture_output=True, check=True, timeout=60)  # noqa: S603 - the words are ours

    assert (ran.stdout, ran.stderr) == (b"", b"")


def test_a_file_that_cannot_be_looked_at_begins_nothing(tmp_path: Path) -> None:
    before = processes_begun()

    begin_early(tmp_path / ("a" * 300))

    assert processes_begun() == before
