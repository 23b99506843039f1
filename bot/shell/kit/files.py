"""Files that are written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file that stands at `path` once the block has ended well; else what stood there before still does.

    Only its owner may read it. Raises OSError, also when the disk fills.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():  # a device or a pipe: it is written to, never replaced
        with target.open("wb") as device:
            yield device
        return
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        unfinished = Path(file.name)
        try:
            yield file  # type: ignore[misc]
            file.flush()
            os.fsync(file.fileno())
            unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give the name of an empty file, which stands at `path` once the block has ended well; else nothing does.

    Only its owner may read it, and nothing is ever overwritten. Raises FileExistsError, and OSError as the disk says.
    """
    if os.path.lexists(path):
        raise FileExistsError(path)
    target = path.absolute()
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        unfinished = Path(file.name)
    try:
        yield unfinished
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        _give_name(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _give_name(unfinished: Path, target: Path) -> None:
    try:
        target.hardlink_to(unfinished)  # unlike a renaming, it refuses where somebody was quicker
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        unfinished.rename(target)
