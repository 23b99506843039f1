"""The demo in the browser: one address, anyone to be, and time as a control."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

import typer

from bot import jobs
from bot.sandbox.failures.limits import POST
from bot.sandbox.records import Done
from bot.sandbox.wire.traffic import OK
from bot.shell.demo.events import MESSAGES, ClockEvent
from bot.shell.demo.history import live_through
from bot.shell.demo.people import READER, opinion
from bot.shell.demo.stage import Stage, stage

# The score that most of the colleagues are near.
_MOOD = 8.2


async def run(port: int) -> None:
    """Serve the demo until it is interrupted; raise NotReadyError when the port is taken."""
    async with stage(port) as set_stage:
        typer.echo("Setting the stage: twelve people in eleven cities, nine months of history …", err=True)
        await live_through(set_stage)
        add_controls(set_stage)
        async with jobs.ticking(set_stage.app.services):
            today = set_stage.clock()
            typer.echo(
                f"\n  Open {address(set_stage)} in your browser. Ctrl-C ends the demo.\n"
                f"  There it is {today:%A}, {today.day} {today:%B %Y}, half past nine in Paris, whatever your clock says: "
                "people are asked in their own working hours, and the buttons at the top move time.\n"
            )
            await _interrupted()


def address(set_stage: Stage) -> str:
    """Return where the demo begins: with somebody in Paris, before the question that waits for her."""
    return f"{set_stage.slack.url}/#{READER}/{set_stage.slack.direct_message_with(READER).id}"


def add_controls(set_stage: Stage) -> None:
    """Let the person at the page move time, and let the colleagues answer."""

    def add_jump(control_id: str, label: str, none_ahead: str, *kinds: ClockEvent) -> None:
        set_stage.slack.add_control(control_id, label, _jump(set_stage, none_ahead, *kinds))

    async def answer() -> Done:
        return await _half_answers(set_stage)

    set_stage.slack.add_control("answer", "Let colleagues answer", answer)
    add_jump("message", "Next message", "Nobody waits for a question or a reminder", *MESSAGES)
    add_jump("digest", "Next digest", "No digest is planned", ClockEvent.DIGEST)
    add_jump("end", "End of the wave", "No wave is open", ClockEvent.CLOSING)
    add_jump("opening", "Next wave", "No wave is planned", ClockEvent.OPENING)


def _jump(on: Stage, none_ahead: str, *kinds: ClockEvent) -> Callable[[], Awaitable[Done]]:
    async def go() -> Done:
        due = await on.next_event(*kinds)
        if due is None:
            return Done(none_ahead)
        sent, tried = on.slack.traffic.count(POST, OK), on.slack.traffic.count(POST)
        await on.go_to(due)
        sent, tried = on.slack.traffic.count(POST, OK) - sent, on.slack.traffic.count(POST) - tried
        return Done(_told(sent, tried - sent), on.clock())

    return go


def _told(sent: int, failed: int) -> str:
    """Say how many messages went out, such as "2 messages sent, 1 attempt failed"."""
    text = f"{_number(sent, 'message')} sent"
    return f"{text}, {_number(failed, 'attempt')} failed" if failed else text


async def _half_answers(on: Stage) -> Done:
    silent = await on.silent(but=(READER,))
    if not silent:
        return Done("None of the colleagues has a question to answer")
    answering = on.dice.sample(silent, k=(len(silent) + 1) // 2)
    for user in answering:
        await on.answer(user.id, opinion(user, _MOOD, on.dice))
    left = len(silent) - len(answering)
    return Done(f"{_number(len(answering), 'colleague')} answered, {left or 'none'} still to answer")


def _number(count: int, thing: str) -> str:
    return f"{count or 'no'} {thing}{'s' if count > 1 else ''}"


async def _interrupted() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C arrives as KeyboardInterrupt
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
