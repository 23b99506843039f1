"""A program elsewhere that hears of events, over real HTTP, and verifies each with the library that its authors would use."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import time_machine
from aiohttp import web
from standardwebhooks import Webhook

PATH = "/nps"


@dataclass
class Receiver:
    """What it heard, and how it answers: with `status`, from `statuses` first while there are any."""

    heard: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    status: int = 204
    statuses: list[int] = field(default_factory=list)
    reply_headers: dict[str, str] = field(default_factory=dict)
    url: str = ""

    @property
    def types(self) -> list[str]:
        return [one["type"] for one in self.heard]

    def verify(self, secret: str, number: int, now: datetime) -> object:
        """Check the signature of what was heard, as at that moment. Raises WebhookVerificationError."""
        with time_machine.travel(now, tick=False):
            return Webhook(secret).verify(self.bodies[number], self.headers[number])

    async def hear(self, request: web.Request) -> web.Response:
        body = await request.read()
        status = self.statuses.pop(0) if self.statuses else self.status
        if status < 300:
            self.bodies.append(body)
            self.heard.append(await request.json())
            self.headers.append(dict(request.headers))
            self.keys.append(request.headers["webhook-id"])
        return web.Response(status=status, headers=self.reply_headers, text="<html>whatever</html>")


@asynccontextmanager
async def listening(receiver: Receiver, port: int = 0) -> AsyncIterator[Receiver]:
    """Listen on 127.0.0.1 until the block ends."""
    app = web.Application()
    app.router.add_post(PATH, receiver.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    try:
        yield receiver
    finally:
        await runner.cleanup()
