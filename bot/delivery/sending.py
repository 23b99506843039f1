"""Messages that wait go out: claim, commit, speak, record; several are on their way at once, at the workspace's pace."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.delivery.stopping import is_cut_off, stop_workspace
from bot.kit.batching import Batching
from bot.kit.services import Services
from bot.logs import log
from bot.slack import Posted, SlackBusy, SlackRefused, SlackUnsure

# Slack takes a fraction of a second for a message, or ten when it is in trouble: few need to wait for that.
ON_THEIR_WAY = 16


Write = Callable[[AsyncSession], Awaitable[bool | None]]
Record = Callable[[AsyncSession, int], Awaitable[None]]


class Ledger(Protocol):
    """What `storage.invitations` and `storage.reminders` both do with a claimed row."""

    async def record_delivered(
        self, session: AsyncSession, row_id: int, channel_id: str, message_ts: str, now: datetime, /
    ) -> None: ...
    async def record_failed(self, session: AsyncSession, row_id: int, code: str, /) -> None: ...
    async def record_uncertain(self, session: AsyncSession, row_id: int, /) -> None: ...
    async def put_back(self, session: AsyncSession, row_id: int, /) -> None: ...


@dataclass(frozen=True)
class Waiting:
    """One message that waits: how it is claimed, what is said, and where it is written down."""

    row_id: int
    what: str
    ledger: Ledger
    claim: Callable[[AsyncSession], Awaitable[bool]]
    speak: Callable[[], Awaitable[Posted]]


async def send(services: Services, next_batch: Callable[[], Awaitable[Sequence[Waiting]]]) -> None:
    """Send what waits until nothing does; stop early when Slack is away, since the next run goes on."""
    journey = _Journey(services)
    try:
        while not journey.is_halted:
            for waiting in (batch := await next_batch()):
                if not await journey.begin(waiting):
                    break
            await journey.all_claimed()
            if not batch and not await journey.some_came_back():
                break
    finally:
        await journey.end()


class _Journey:
    """The messages on their way."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._books = Batching(self._write)
        self._slots = asyncio.Semaphore(ON_THEIR_WAY)
        self._under_way = set[asyncio.Task[None]]()
        self._claims = set[asyncio.Task[bool | None]]()
        self._troubles: list[BaseException] = []
        self._came_back = False
        self.is_halted = False

    async def begin(self, waiting: Waiting) -> bool:
        """Let one message go, when it is its turn; False when nothing more may."""
        await self._slots.acquire()
        if self.is_halted or not await self._services.pace.turn() or self.is_halted:
            self._slots.release()
            self.is_halted = True
            return False
        claim = asyncio.create_task(self._books.do(waiting.claim))
        self._claims.add(claim)
        claim.add_done_callback(self._claims.discard)
        going = asyncio.create_task(self._go(waiting, claim))
        self._under_way.add(going)
        going.add_done_callback(self._ended)
        return True

    async def all_claimed(self) -> None:
        """Wait until each message that was begun is claimed, or somebody else's: so none is found waiting again."""
        while self._claims:
            await asyncio.wait(self._claims)

    async def some_came_back(self) -> bool:
        """Wait for those on their way; say whether one waits again since Slack took nothing of it."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        came_back, self._came_back = self._came_back, False
        return came_back

    async def end(self) -> None:
        """Wait for those on their way, and raise what went wrong with one."""
        while self._under_way:
            await asyncio.wait(self._under_way)
        if self._troubles:
            raise self._troubles[0]

    def _ended(self, going: asyncio.Task[None]) -> None:
        self._under_way.discard(going)
        self._slots.release()
        if not going.cancelled() and (trouble := going.exception()):
            # The others go on: cut off while it speaks, a message would be in doubt.
            self._troubles.append(trouble)
            self.is_halted = True

    async def _go(self, waiting: Waiting, claim: Awaitable[bool | None]) -> None:
        if not await claim:  # another process has it, or it may not go any more
            return
        outcome, code, record = await self._spoken(waiting)
        await self._books.do(lambda session: record(session, waiting.row_id))
        tell = log.warning if code else log.info
        tell(f"{waiting.what}.{outcome}", **{waiting.what: waiting.row_id}, code=code)

    async def _write(self, works: list[Write]) -> Sequence[bool | None]:
        async with self._services.database.writing() as session:
            return [await work(session) for work in works]

    async def _spoken(self, waiting: Waiting) -> tuple[str, str | None, Record]:
        """Speak, and return what came of it, Slack's code, and how that is recorded."""
        ledger = waiting.ledger
        try:
            posted = await waiting.speak()
        except SlackBusy as error:
            if error.retry_after is None:
                self.is_halted = True
            else:
                self._services.pace.slow_down(error.retry_after)
            self._came_back = True
            return "waits", error.code, ledger.put_back
        except SlackRefused as error:
            if await is_cut_off(self._services, error.code):
                self.is_halted = True
                await stop_workspace(self._services, error.code)
                return "waits", error.code, ledger.put_back
            return "failed", error.code, partial(_failed, ledger, error.code)
        except SlackUnsure as error:
            return "uncertain", error.code, ledger.record_uncertain
        return "delivered", None, partial(_delivered, ledger, posted, self._services.clock())


async def _failed(ledger: Ledger, code: str, session: AsyncSession, row_id: int) -> None:
    await ledger.record_failed(session, row_id, code)


async def _delivered(
    ledger: Ledger, posted: Posted, now: datetime, session: AsyncSession, row_id: int
) -> None:
    await ledger.record_delivered(session, row_id, posted.channel_id, posted.ts, now)
