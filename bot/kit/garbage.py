"""When Python need not look for garbage that refers to itself."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_IN_A_COMMAND, _AT_WORK = 100_000, 10_000
"""New objects between two looks. Python's own 700 mean 145 looks while SQLAlchemy is imported, and one or more a tap."""


@contextmanager
def in_a_command() -> Iterator[None]:
    """Look seldom while a command runs, and not once more at its end, when nobody needs the memory."""
    gc.set_threshold(_IN_A_COMMAND)
    try:
        yield
    finally:
        gc.freeze()


@contextmanager
def imports() -> Iterator[None]:
    """Import without looking: modules stay, so the search would find none."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for none among rows: they come by the million, and none refers to itself."""
    gc.collect()  # a workbook that was read refers to itself
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def leave_what_stands() -> None:
    """Look no more at what was made at start, and stays: each look at all of it made every tap wait."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_AT_WORK)
