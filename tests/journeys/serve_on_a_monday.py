"""`nps-bot serve` with another clock: `python serve_on_a_monday.py FILE`; see MovedClock in process.py for the file.

With the word `many` after FILE it forks itself for each line on standard input, which holds the settings of that process,
and answers with its number: everything is then imported once.
"""

import asyncio
import gc
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import logs, settings
from bot.shell.doing import serving


def fork_for_each_line() -> None:
    """Return in each child; end when there is nothing more to read."""
    gc.freeze()  # or each child would copy all of it, to look for garbage that is none
    for line in sys.stdin:
        if (number := os.fork()) == 0:
            os.environ.update(json.loads(line))
            os.dup2(2, 1)  # or the reader of the numbers would wait for us too
            return
        print(number, flush=True)  # noqa: T201 - the writer of the line reads it
    sys.exit()


def serve(moved: Path) -> None:
    logs.configure()

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(moved.read_text()))

    asyncio.run(serving.serve(settings.load(), with_clock=True, now=now))


if __name__ == "__main__":
    if sys.argv[2:] == ["many"]:
        fork_for_each_line()
    serve(Path(sys.argv[1]))
