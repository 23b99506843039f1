"""Messages that wait go out: claim, commit, speak, record; several are on their way at once, at the workspace's pace."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.delivery.letters import End, QuestionLetter, Spoken
from bot.delivery.retiring import retire_older
from bot.kit.concurrency.batching import Batching
from bot.kit.outage import is_stopped, spoken
from bot.kit.services import Services
from bot.logs import log
from bot.slack.errors import SlackBusy, SlackRefused, SlackUnsure

# Slack takes a fraction of a second for a message: so few carry more than any pace it allows. And whatever is under way
# when Slack falls silent is in doubt.
ON_THEIR_WAY = 4
HANGS_AFTER = 1.0
"""Seconds under way, after which one more at most goes beside it."""

Write = Callable[[AsyncSession], Awaitable[bool | None]]
"""A claim, which says whether it was won, or a record."""


async def send(
    services: Services, next_batch: Callable[[Services], Awaitable[Sequence[QuestionLetter]]]
) -> None:
    """Send what waits until nothing does; stop early when Slack is away, since the next run goes on."""
    journey = _Journey(services)
    try:
        while not journey.is_halted and not await is_stopped(services):
            for letter in (batch := await next_batch(services)):
                if not await journey.begin(letter):
                    break
            await journey.all_claimed()
            if not batch and not await journey.some_came_back():
                break
    finally:
        await journey.end()


async def send_one(services: Services, letter: QuestionLetter) -> bool:
    """Send one letter to find out whether Slack takes messages: whether it answered, be it by refusing this one."""
    journey = _Journey(services)
    try:
        await journey.begin(letter)
    finally:
        await journey.end()
    return journey.was_answered


class _Journey:
    """The letters on their way. Claims and records that wait together share a transaction."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._writing = Batching(self._write)
        self._under_way = dict[asyncio.Task[None], float]()
        self._claims = set[asyncio.Task[bool]]()
        self._troubles: list[BaseException] = []
        self._came_back = False
        self.is_halted = False
        self.was_answered = False

    async def begin(self, letter: QuestionLetter) -> bool:
        """Let one letter go, when it is its turn; False when nothing more may."""
        if not (await self._room() and await self._turn()):
            return False
        claim = asyncio.create_task(self._claim(letter))
        self._claims.add(claim)
        claim.add_done_callback(self._claims.discard)
        going = asyncio.create_task(self._go(letter, claim))
        self._under_way[going] = time.monotonic()
        going.add_done_callback(self._ended)
        return True

    async def _turn(self) -> bool:
        self.is_halted = self.is_halted or not await self._services.pace.turn()
        return await self._room()  # while it waited for its turn, another may have fallen silent

    async def _room(self) -> bool:
        """Wait until one more may be under way: few, and hardly any while Slack hesitates. False when nothing more may."""
        while not self.is_halted and len(self._under_way) >= self._most():
            hesitates = self._oldest() + HANGS_AFTER - time.monotonic()
            await asyncio.wait(
                self._under_way,
                timeout=hesitates if hesitates > 0 else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
        return not self.is_halted

    def _most(self) -> int:
        if self._services.line.is_troubled:
            return 1
        return 2 if self._under_way and time.monotonic() - self._oldest() >= HANGS_AFTER else ON_THEIR_WAY

    def _oldest(self) -> float:
        return min(self._under_way.values())

    async def all_claimed(self) -> None:
        """Wait until each letter that was begun is claimed, or somebody else's: so none is found waiting again."""
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
        del self._under_way[going]
        if not going.cancelled() and (trouble := going.exception()):
            # The others go on: cut off while it speaks, a letter would be in doubt.
            self._troubles.append(trouble)
            self.is_halted = True

    async def _go(self, letter: QuestionLetter, claim: Awaitable[bool]) -> None:
        if not await claim:  # another process has it, or it may not go any more
            return
        spoken = await self._speak(letter)
        await self._record(letter, spoken)
        if spoken.posted:
            await retire_older(self._services, letter, spoken.posted)
        tell = log.warning if spoken.code else log.info
        tell(f"{letter.name}.{spoken.end.value}", **{letter.name: letter.row.id}, code=spoken.code)

    async def _claim(self, letter: QuestionLetter) -> bool:
        return bool(await self._writing.do(lambda session: letter.claim(session, self._services.clock())))

    async def _speak(self, letter: QuestionLetter) -> Spoken:
        speak = partial(letter.speak, self._services.slack, self._services.clock())
        try:
            posted = await spoken(self._services, speak)
        except SlackBusy as error:
            if error.retry_after is None:
                self.is_halted = True
            else:
                await self._services.pace.slow_down(error.retry_after)
            self._came_back = True
            return Spoken(End.WAITS, code=error.code)
        except SlackRefused as error:
            self.was_answered = True
            return Spoken(End.FAILED, code=error.code)
        except SlackUnsure as error:
            self.is_halted = self.is_halted or await is_stopped(self._services)
            return Spoken(End.UNCERTAIN, code=error.code)
        self.was_answered = True
        return Spoken(End.DELIVERED, posted)

    async def _record(self, letter: QuestionLetter, spoken: Spoken) -> None:
        spoken_at = self._services.clock()
        await self._writing.do(lambda session: letter.record(session, spoken, spoken_at))

    async def _write(self, works: list[Write]) -> Sequence[bool | None]:
        async with self._services.database.writing() as session:
            return [await work(session) for work in works]
