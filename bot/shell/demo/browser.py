"""The demo in the browser: one address, anyone to be, and time as a control."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

import typer

from bot import jobs
from bot.shell.demo.events import MESSAGES, Event
from bot.shell.demo.history import live_through
from bot.shell.demo.people import READER
from bot.shell.demo.stage import Stage, stage


async def run(port: int) -> None:
    """Serve the demo until it is interrupted."""
    typer.echo("Setting the stage: twelve people in eleven cities, nine months of history …", err=True)
    async with stage(port) as set_stage:
        await live_through(set_stage)
        add_controls(set_stage)
        async with jobs.ticking(set_stage.app.services):
            messages = set_stage.slack.direct_message_with(READER).id
            today = set_stage.clock()
            typer.echo(
                f"\n  Open {set_stage.slack.url}/#{READER}/{messages} in your browser. Ctrl-C ends the demo.\n"
                f"  There it is {today:%A}, {today.day} {today:%B %Y}, half past nine in Paris, whatever your clock says: "
                "people are asked in their own working hours, and the buttons at the top move time.\n"
            )
            await _interrupted()


def add_controls(set_stage: Stage) -> None:
    """Let the person at the page move time, and let the colleagues answer."""

    async def answer() -> None:
        await set_stage.everyone_answers(8.2, share=0.5, but=(READER,))

    def jump(*kinds: Event) -> Callable[[], Awaitable[None]]:
        async def go() -> None:
            if due := await set_stage.next_event(*kinds):
                await set_stage.go_to(due)

        return go

    set_stage.slack.add_control("answer", "Let colleagues answer", answer)
    set_stage.slack.add_control("message", "Next message", jump(*MESSAGES))
    set_stage.slack.add_control("digest", "Next digest", jump(Event.DIGEST))
    set_stage.slack.add_control("end", "End of the wave", jump(Event.CLOSING))
    set_stage.slack.add_control("opening", "Next wave", jump(Event.OPENING))


async def _interrupted() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C arrives as KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
