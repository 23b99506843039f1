"""A wave under siege: several processes that are killed −9 and started again, people who tap, a Slack in trouble."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.failures.faults import Fault, Faults
from bot.sandbox.failures.limits import POST
from bot.sandbox.records import Message
from bot.sandbox.workspace import Sandbox
from storage.database.engine import Database
from tests.journeys.process import Forge, MovedClock, kill

Trouble = Callable[[Faults, random.Random], Fault]

QUICK_TROUBLES: tuple[Trouble, ...] = (
    lambda faults, dice: faults.rate_limit(POST, seconds=1, every=dice.randint(1, 9)),
    lambda faults, dice: faults.server_error(POST, times=3, every=dice.randint(1, 9)),
    lambda faults, dice: faults.drop_before(POST, times=3, every=dice.randint(1, 9)),
    lambda faults, dice: faults.drop_after(POST, times=3, every=dice.randint(1, 9)),
    # More than a few in a row: then nothing is sent until a probe, or a process that starts, finds out.
    lambda faults, dice: faults.gateway(POST, dice.choice((403, 407, 502, 503)), times=8),
)
SLOW_TROUBLES: tuple[Trouble, ...] = (
    lambda faults, _: faults.hang(POST, times=4),
    lambda faults, dice: faults.late_reply(POST, 30, times=2, every=dice.randint(1, 9)),
    lambda faults, dice: faults.delay(POST, 30, times=2, every=dice.randint(1, 9)),
)
TAPPERS = 6
AT_A_TIME = 2
"""Processes, each with a clock of its own: any number may run."""
PACE = "3000"
LONGEST_LIFE = 5.0
"""Seconds, of a process that Slack does not let speak, or that has nothing left to say."""


@dataclass
class Storm:
    """What happens to one wave. `taps` are each person's, in order: the score, and whether it was acknowledged."""

    slack: Sandbox
    database: Database
    clock: MovedClock
    forge: Forge
    crowd: list[str]
    dice: random.Random
    kills: int = 0
    taps: defaultdict[str, list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))
    _doors: list[str] = field(default_factory=list)
    _troubles: list[Fault] = field(default_factory=list)
    _rages: bool = False

    async def rage(self, kills: int, troubles: tuple[Trouble, ...], *, per_life: int, hours: float) -> None:
        """Kill so many times, `AT_A_TIME` processes side by side, each when about so many messages have been taken.

        Between two lives some time passes, all in all about so many hours: leases end, digests fall due.
        """
        tickets = count(1)

        async def one_after_the_other() -> None:
            while (ticket := next(tickets)) <= kills:
                if troubles:
                    self._troubles.append(self.dice.choice(troubles)(self.slack.faults, self.dice))
                await self._live(self.dice.randint(1, 2 * per_life))
                if ticket % AT_A_TIME == 0:
                    self.clock.forward(hours=self.dice.uniform(0, 2 * AT_A_TIME * hours / kills))

        self._rages = True
        tappers = [asyncio.create_task(self._tap(number)) for number in range(TAPPERS)]
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_A_TIME):
                    group.create_task(one_after_the_other())
        finally:
            self._rages = False
            await asyncio.gather(*tappers)

    async def calm(self, is_over: Callable[[], Awaitable[bool]], *, seconds: float = 60) -> None:
        """Let one process work undisturbed, without troubles, until so much is done."""
        for trouble in self._troubles:
            self.slack.faults.lift(trouble)
        hurried = {"NPS_MESSAGES_PER_MINUTE": "60000"}
        async with self.forge.serving(self.slack, self.database, **hurried), asyncio.timeout(seconds):
            while not await is_over():  # noqa: ASYNC110 - the database calls nobody
                await asyncio.sleep(0.1)

    async def _live(self, messages: int) -> None:
        """Run one process until Slack takes its last message: kill it then and there, or a moment later."""
        is_over, last_words = asyncio.Event(), self.dice.choice((0, self.dice.uniform(0, 0.2)))
        async with self.forge.serving(self.slack, self.database, NPS_MESSAGES_PER_MINUTE=PACE) as process:
            door = str(self.slack.request_url)
            self._doors.append(door)

            def its_time_has_come() -> None:
                is_over.set()
                if not last_words:
                    kill(process)

            self.slack.traffic.after(messages, POST, its_time_has_come)
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_LIFE):
                    await is_over.wait()
            await asyncio.sleep(last_words)
            kill(process)
            self._doors.remove(door)
            self.kills += 1

    async def _tap(self, number: int) -> None:
        """Let every sixth person who has the question tap now and then, and change their mind."""
        driver, questions = SlackDriver(self.slack), dict[str, Message]()
        people = self.crowd[number::TAPPERS]
        while self._rages:
            await asyncio.sleep(self.dice.uniform(0, 0.3))
            person = self.dice.choice(people)
            seen = self.slack.direct_messages(person)
            if not self._doors or not seen:
                continue
            score = self.dice.randint(0, 10)
            self.slack.request_url = self.dice.choice(self._doors)
            reply = await driver.click(person, questions.setdefault(person, seen[0]), f"answer.score.{score}")
            self.taps[person].append((score, reply.status == 200))
