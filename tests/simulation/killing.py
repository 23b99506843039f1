"""Kill −9 for a clock inside this process: at one moment every task of its is cut off, and none gets to record anything."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Generator
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Engine, event

from bot.errors import NotReadyError
from bot.jobs import run_everything
from bot.sandbox.failures.limits import POST
from tests.journeys.office import Office

Work = Generator[Any, None, Any] | Coroutine[Any, Any, Any]


class Moment(Enum):
    """When a process dies: see `kill_at`."""

    TAKEN = "Slack has taken a message, and its reply is on the way"
    COMMITTED = "the database writes for good"


@dataclass(eq=False)
class Life:
    """The tasks of one process."""

    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    def end(self) -> None:
        for task in self.tasks:
            task.cancel()


_life: ContextVar[Life | None] = ContextVar("life", default=None)


def remembering(loop: asyncio.AbstractEventLoop, work: Work, **how: Any) -> asyncio.Task[Any]:  # noqa: ANN401 - as asyncio has it
    """Make a task, and note to which process it belongs: a task's children belong to the same one."""
    task: asyncio.Task[Any] = asyncio.Task(work, loop=loop, **how)
    if life := _life.get():
        life.tasks.add(task)
        task.add_done_callback(life.tasks.discard)
    return task


async def kill_at(office: Office, moment: Moment, times: int) -> None:
    """Start another clock, and end its process when this moment has come so many times; what it does then is lost.

    Where Slack or the way to it says no, a process does not even start.
    """
    asyncio.get_running_loop().set_task_factory(remembering)
    life = Life()
    async with AsyncExitStack() as stack:
        try:
            app = await stack.enter_async_context(office.another_app())
        except NotReadyError:
            return
        await stack.enter_async_context(_watching(office, life, moment, times))
        here = copy_context()
        here.run(_life.set, life)
        clock = asyncio.get_running_loop().create_task(run_everything(app.services), context=here)
        await asyncio.wait({clock})
        was_killed = clock.cancelled()
        while life.tasks:  # what was cut off while it tidied up, too
            life.end()
            await asyncio.wait(set(life.tasks))
        if not was_killed:
            clock.result()


@asynccontextmanager
async def _watching(office: Office, life: Life, moment: Moment, times: int) -> AsyncIterator[None]:
    if moment is Moment.TAKEN:
        office.slack.traffic.after(times, POST, life.end)
        yield
        return
    left = times

    def commits(_connection: object) -> None:
        nonlocal left
        if _life.get() is life:
            left -= 1
            if left == 0:
                life.end()

    event.listen(Engine, "commit", commits)
    try:
        yield
    finally:
        event.remove(Engine, "commit", commits)
