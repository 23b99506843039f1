"""Whether Slack takes messages at all. Whatever the clock says to Slack passes here, and stops when Slack is away.

The first few messages in a row that are not taken stop all that nobody waits for, in every process, until a probe finds
that Slack takes messages again: `bot/delivery/probing.py`.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from bot.kit.services import Services
from bot.logs import log
from bot.slack.codes import Scope, meaning
from bot.slack.errors import SlackBusy, SlackError, SlackRefused
from storage.delivery import outages

SPEAK = "chat:write"
FIRST_PAUSE = timedelta(minutes=1)
"""From the stop to the first probe: long enough to mend something."""

Got = TypeVar("Got")


async def is_stopped(services: Services) -> bool:
    """Whether Slack takes nothing just now, as far as any process knows."""
    async with services.database.reading() as session:
        found = await outages.outage(session, services.workspace_id)
    services.line.is_troubled = found is not None
    return found is not None and found.stopped_at is not None


async def spoken(services: Services, speak: Callable[[], Awaitable[Got]]) -> Got:
    """Speak to Slack, and note whether it listens. Raises SlackError.

    What Slack refuses to everybody is SlackBusy here: nobody is refused by it, and all goes on once it is mended.
    """
    try:
        said = await speak()
    except SlackRefused as refusal:
        if await is_cut_off(services, refusal.code):
            await note_trouble(services, refusal.code, at_once=True)
            raise SlackBusy(refusal.code) from refusal
        await _note_success(services)
        raise
    except SlackBusy as busy:
        if busy.retry_after is None:
            await note_trouble(services, busy.code)
        raise
    except SlackError as unheard:
        await note_trouble(services, unheard.code)
        raise
    await _note_success(services)
    return said


async def note_trouble(services: Services, code: str, *, at_once: bool = False) -> None:
    """Count one more call that Slack did not take, and stop when they are a few, or when Slack said no to all of us."""
    services.line.is_troubled = True
    now = services.clock()
    async with services.database.writing() as session:
        stops = await outages.note_trouble(
            session, services.workspace_id, code, now, FIRST_PAUSE, at_once=at_once
        )
    if stops:
        log.error("sending.stopped", code=code)


async def _note_success(services: Services) -> None:
    if services.line.is_troubled:
        services.line.is_troubled = False
        async with services.database.writing() as session:
            await outages.note_success(session, services.workspace_id)


async def is_cut_off(services: Services, code: str) -> bool:
    """Whether this refusal of one message holds for all."""
    scope = meaning(code).scope
    if scope is Scope.ASK:
        return not await is_heard(services)
    return scope in {Scope.WORKSPACE, Scope.POSTING}


async def is_heard(services: Services) -> bool:
    """Whether Slack takes our token, with the right to speak. While it does not say, it is as if it did not."""
    try:
        identity = await services.slack.identity()
    except SlackError:
        return False
    return not identity.scopes or SPEAK in identity.scopes
