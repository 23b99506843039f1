"""A large export is read by a process of its own, while this one gives the database what was read."""

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO

from bot.importing.batches import ROWS, Batch, batches
from bot.importing.errors import IdsRepeat, ImportProblem
from bot.importing.foreign_file import Export, export_of
from bot.importing.outcome import Wanted
from bot.importing.problems import NoRoom, ReadingEnded
from bot.kit.garbage import uncollected

LARGE = 30_000
"""As many lines are read while a process starts."""
_LARGE_BYTES = 2_000_000
"""Bytes, about as many as so many lines have; a workbook or an archive of that size holds more lines."""

_PICKLE = pickle.HIGHEST_PROTOCOL

Read = Callable[[], Batch | None]

_begun_early: list[subprocess.Popen[bytes]] = []


def begin_early(file: Path) -> None:
    """Begin the process that will read a large file, while this one loads what it stores with: both take half a second.

    It ends with this one if it is never told what to read. What is wrong with the file is told where it is opened.
    """
    with suppress(OSError):
        if file.is_file() and file.stat().st_size >= _LARGE_BYTES:
            _begun_early.append(_begun())


@contextmanager
def reading(
    export: Export, wanted: Wanted, survey_id: int, large: int = LARGE, most: int = ROWS
) -> Iterator[Read]:
    """Give the function to the next batch, None at the end; it takes its time and raises ImportProblem and OSError.

    A process of its own reads a file of `large` lines or more. A batch is of `most` so many rows.
    """
    if export.lines < large:
        with closing(batches(export, wanted, survey_id, most)) as here:
            yield partial(next, here, None)
    else:
        with uncollected(), _process() as process:
            assert process.stdin and process.stdout  # noqa: PT018, S101 - both are pipes
            with process.stdin as told:
                pickle.dump((export.source, export.options, wanted, survey_id, most), told, _PICKLE)
            yield partial(_received, process.stdout)


@contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """Run this module; whatever happens, the process has ended on leaving. Should we end first, its pipe ends it."""
    with _begun_early.pop() if _begun_early else _begun() as process:
        try:
            yield process
        finally:
            process.kill()


def _begun() -> subprocess.Popen[bytes]:
    """Without buffers Python takes half of a write for the whole when the process is stopped meanwhile."""
    return subprocess.Popen(  # noqa: S603 - the words are ours
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": ""},
        start_new_session=True,  # Ctrl-C is for us to answer
    )


def _received(pipe: IO[bytes]) -> Batch | None:
    try:
        batch: Batch | ImportProblem | OSError | None = pickle.load(pipe)  # noqa: S301 - our own process wrote it
    except (EOFError, pickle.UnpicklingError):
        raise ReadingEnded from None
    if isinstance(batch, Exception):
        raise batch
    return batch


def _read() -> None:
    """Be that process: send each batch, None at the end, or what hindered it."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        source, options, *what = pickle.load(sys.stdin.buffer)  # noqa: S301 - the process that began this one wrote it
    except EOFError:
        return  # it has ended, and there is nothing to read
    send = partial(pickle.dump, file=sys.stdout.buffer, protocol=_PICKLE)
    try:
        with uncollected():
            for batch in batches(export_of(source, options), *what):
                send(batch)
        send(None)
    except IdsRepeat as problem:
        send(problem)
    except ImportProblem as problem:
        send(ImportProblem(str(problem)))  # its kind takes other arguments than its sentence
    except sqlite3.OperationalError as error:
        send(ImportProblem(str(NoRoom(str(error)))))
    except OSError as error:
        send(error)


if __name__ == "__main__":
    _read()
