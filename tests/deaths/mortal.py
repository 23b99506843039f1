"""A process of nps-bot that is killed −9 at a point that the test chooses: `python mortal.py`, a line of settings for each life.

A point is just before a transaction that wrote something is committed, and just before something is said to somebody
outside. What follows a commit or a reply is just before the next point, so these are all the places in which a death
can leave anything behind. The answers, each a line: the number of the process, then how it ended.
"""

import asyncio
import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp
from sqlalchemy import Connection, Engine, event

from bot import jobs, logs, settings
from bot.app import App, app_for
from bot.sandbox.wire.serving import serve

_SAYS_SOMETHING = ("chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "/nps")
_WRITES = ("INSERT", "UPDATE", "DELETE")


def live_for_each_line() -> None:
    gc.freeze()  # or each child would copy all of it, to look for garbage that is none
    for line in sys.stdin:
        wishes: dict[str, str] = json.loads(line)
        if (number := os.fork()) == 0:
            os.environ.update(wishes)
            os.dup2(2, 1)  # or the reader of the answers would wait for us too
            asyncio.run(live(wishes))
            os._exit(0)
        print(number, flush=True)  # noqa: T201 - the writer of the line reads it
        _, status = os.waitpid(number, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - likewise


async def live(wishes: dict[str, str]) -> None:
    """Look once at all that is due or, with a port, serve until the end; die at the point that is wished."""
    now = datetime.fromisoformat(wishes["NOW"])
    logs.configure()
    async with app_for(settings.load(), lambda: now) as app:
        _die_at(int(wishes["DIE_AT"]))
        if "PORT" in wishes:
            await _serve(app, int(wishes["PORT"]))
        else:
            await jobs.run_everything(app.services)


async def _serve(app: App, port: int) -> None:
    async with serve(app.web, port=port):
        await asyncio.Event().wait()


def _die_at(last: int) -> None:
    passed = 0

    def point() -> None:
        nonlocal passed
        passed += 1
        if passed == last:
            os.kill(os.getpid(), signal.SIGKILL)

    _before_each_commit(point)
    _before_each_word(point)


def _before_each_commit(point: Callable[[], None]) -> None:
    def remember(connection: Connection, cursor: Any, statement: str, *_: object) -> None:  # noqa: ANN401 - each driver has its own
        if statement.lstrip().upper().startswith(_WRITES) and cursor.rowcount != 0:
            connection.info["has written"] = True

    def commit(connection: Connection) -> None:
        if connection.info.pop("has written", False):
            point()

    event.listen(Engine, "after_cursor_execute", remember)
    event.listen(Engine, "commit", commit)
    event.listen(Engine, "rollback", lambda connection: connection.info.pop("has written", None))


def _before_each_word(point: Callable[[], None]) -> None:
    ask = aiohttp.ClientSession._request  # noqa: SLF001 - the one way out of every client

    async def request(
        self: aiohttp.ClientSession,
        method: str,
        url: Any,  # noqa: ANN401 - as it is there, and the next
        **how: Any,  # noqa: ANN401
    ) -> aiohttp.ClientResponse:
        if str(url).endswith(_SAYS_SOMETHING):
            point()
        return await ask(self, method, url, **how)

    aiohttp.ClientSession._request = request  # type: ignore[assignment]  # noqa: SLF001 - as above


if __name__ == "__main__":
    live_for_each_line()
