"""A clock that takes turns: `python taking_turns.py DATABASE_URL WORKSPACE PER_MINUTE SECONDS`; it prints when it took each.

It says "ready" and begins with the next line on standard input. A number on that line says for how many seconds Slack
told it to wait, a 429.
"""

import asyncio
import sys
import time

from bot.kit.concurrency.pace import SpeakingTurns
from storage.database.engine import Database


async def take_turns(url: str, workspace_id: str, per_minute: int, seconds: float) -> None:
    database = Database(url)
    await database.ping()
    pace = SpeakingTurns(database, workspace_id, per_minute)
    print("ready", flush=True)  # noqa: T201 - the test waits for this
    if told := sys.stdin.readline().strip():
        await pace.slow_down(float(told))
    asyncio.get_running_loop().call_later(seconds, pace.close)
    while await pace.turn():
        print(time.time(), flush=True)  # noqa: T201
    await database.close()


if __name__ == "__main__":
    asyncio.run(take_turns(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
