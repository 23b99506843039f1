"""A receiver in a process of its own: `python hearer.py PORT FILE SECRET CLOCK DIE_AT`, the clock a file that says the time.

It verifies what it hears with the library that its authors would use, writes the key down, and answers. It kills itself
before the first, second … of the two last, where it is told to.
"""

import asyncio
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

import time_machine
from aiohttp import web
from standardwebhooks import Webhook

PATH = "/nps"


async def hear(port: int, file: Path, secret: str, clock: Path, die_at: int) -> None:
    passed = 0

    def point() -> None:
        nonlocal passed
        passed += 1
        if passed == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    async def heard(request: web.Request) -> web.Response:
        body = await request.read()
        with time_machine.travel(datetime.fromisoformat(clock.read_text()), tick=False):  # noqa: ASYNC240 - a few bytes
            Webhook(secret).verify(
                body, dict(request.headers)
            )  # raises, and we answer 500, where it is not ours
        point()
        with file.open("a") as written:
            written.write(f"{request.headers['webhook-id']} {(await request.json())['type']}\n")
        point()
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post(PATH, heard)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("ready", flush=True)  # noqa: T201 - who started it waits for that
    await asyncio.Event().wait()


if __name__ == "__main__":
    _, at, to, of, then, last = sys.argv
    asyncio.run(hear(int(at), Path(to), of, Path(then), int(last)))
