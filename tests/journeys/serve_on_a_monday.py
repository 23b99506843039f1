"""`nps-bot serve` with another clock: `python serve_on_a_monday.py FILE`; see MovedClock in process.py for the file."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import logs, settings
from bot.shell import serving

MOVED = Path(sys.argv[1])


def now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(MOVED.read_text()))


logs.configure()
asyncio.run(serving.serve(settings.load(), with_clock=True, now=now))
