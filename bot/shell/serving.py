"""`serve` and `clock`: the app at work, until it is told to stop."""

import asyncio
import signal
from contextlib import AsyncExitStack, suppress

import uvicorn

from bot.app import App, app_for
from bot.logs import log
from bot.settings import Settings


async def serve(settings: Settings, *, with_clock: bool) -> None:
    """Listen to Slack over HTTP, over Socket Mode when there is an app token, and run the clock beside it."""
    async with app_for(settings) as app, AsyncExitStack() as stack:
        if with_clock:
            _start_clock(app, stack)
        if settings.slack_app_token:
            socket = app.socket(settings.slack_app_token.get_secret_value())
            await socket.connect_async()  # type: ignore[no-untyped-call]
            stack.push_async_callback(socket.close_async)
            log.info("socket.connected")
        config = uvicorn.Config(
            app.web,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
        )
        log.info(
            "serving",
            host=settings.host,
            port=settings.port,
            clock=with_clock,
            workspace=app.identity.workspace_id,
        )
        await uvicorn.Server(config).serve()


async def run_clock(settings: Settings) -> None:
    """Run the clock alone, until a signal ends it."""
    async with app_for(settings) as app, AsyncExitStack() as stack:
        _start_clock(app, stack)
        log.info("clock.started", workspace=app.identity.workspace_id)
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):  # Windows
                asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await stop.wait()


def _start_clock(app: App, stack: AsyncExitStack) -> None:
    clock = app.clock()
    clock.start()
    stack.callback(clock.shutdown, wait=False)
