"""`serve` and `clock`: the app at work, until it is told to stop."""

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress

import uvicorn

from bot import jobs
from bot.app import App, app_for, utc_now
from bot.errors import NotReadyError
from bot.kit import garbage
from bot.kit.services import Clock
from bot.logs import log
from bot.server.connections import Door
from bot.settings import Settings
from bot.shell.kit.socket_mode import socket_address
from bot.slack.errors import SlackError
from bot.slack.http import proxy_for
from bot.wording import read_catalogs

ENDS_WITHIN = 9.5
"""Seconds from the signal to the end, whatever still hangs."""


class _ServerWithoutSignals(uvicorn.Server):
    """A server that leaves signals to us: uvicorn's own raises them again before what stands around it has ended."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(settings: Settings, *, with_clock: bool, now: Clock = utc_now) -> None:
    """Listen to Slack over HTTP, over Socket Mode when there is an app token, and run the clock beside it."""
    async with app_for(settings, now) as app, AsyncExitStack() as stack:
        listening = stack.enter_context(_listen(settings.host, settings.port))
        if settings.slack_app_token:
            await _connect(app, settings.slack_app_token.get_secret_value(), stack)
        await stack.enter_async_context(_monitored(app, settings))
        if with_clock:
            await stack.enter_async_context(jobs.ticking(app.services))
        config = uvicorn.Config(
            app.web, http=Door, ws="none", log_config=None, access_log=False, timeout_graceful_shutdown=5
        )
        server = _ServerWithoutSignals(config)
        _when_told_to_stop(lambda: server.handle_exit(signal.SIGINT, None))
        log.info(
            "serving",
            host=settings.host,
            port=settings.port,
            clock=with_clock,
            workspace=app.identity.workspace_id,
        )
        read_catalogs()
        garbage.leave_what_stands()
        await server.serve(sockets=[listening])


async def run_clock(settings: Settings) -> None:
    """Run the clock alone, until a signal ends it."""
    async with app_for(settings) as app, _monitored(app, settings), jobs.ticking(app.services):
        stop = asyncio.Event()
        garbage.leave_what_stands()
        _when_told_to_stop(stop.set)
        log.info("clock.started", workspace=app.identity.workspace_id)
        await stop.wait()


@asynccontextmanager
async def _monitored(app: App, settings: Settings) -> AsyncIterator[None]:
    """Show `/metrics` on a port of its own beside what is inside, where the settings name one."""
    if app.monitor is None or settings.nps_metrics_port is None:
        yield
        return
    with _listen(settings.host, settings.nps_metrics_port, "NPS_METRICS_PORT") as listening:
        config = uvicorn.Config(
            app.monitor, http=Door, ws="none", log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        server = _ServerWithoutSignals(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield
        finally:
            server.should_exit = True
            await serving


def _listen(host: str, port: int, setting: str = "PORT") -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        said = str(error.strerror).partition(" (")[0]
        message = (
            f"nps-bot cannot listen on {host}, port {port} ({said}). "
            f"Set HOST and {setting} to an address of this machine that is free."
        )
        raise NotReadyError(message) from None


async def _connect(app: App, app_token: str, stack: AsyncExitStack) -> None:
    handler = app.socket(app_token)
    stack.push_async_callback(handler.close_async)
    try:
        # By itself the client would try a wrong token again and again, and say nothing.
        address = await socket_address(app.services.slack, app_token)
        # Its own reading of the environment knows no NO_PROXY.
        handler.client.wss_uri, handler.client.proxy = address, proxy_for(address)
    except SlackError as error:
        message = f"Slack did not open Socket Mode ({error.code}). Start nps-bot again in a minute."
        raise NotReadyError(message) from None
    await handler.connect_async()  # type: ignore[no-untyped-call]
    log.info("socket.connected")


def _when_told_to_stop(stop: Callable[[], None]) -> None:
    def stop_in_time() -> None:
        # Hosting services kill after ten seconds what has not ended. A database that hangs must not hide what we know.
        last = threading.Timer(ENDS_WITHIN, _end_at_once)
        last.daemon = True
        last.start()
        stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            asyncio.get_running_loop().add_signal_handler(number, stop_in_time)


def _end_at_once() -> None:
    log.error("stopped.late")
    sys.stderr.flush()
    os._exit(1)
