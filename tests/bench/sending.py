"""How long ten thousand questions take, beside the least that Slack's own limit allows."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.failures.limits import POST
from bot.sandbox.records import ApiCall
from storage.audience import Audience
from tests.bench.company import Company, company

PEOPLE, PER_MINUTE = 10_000, 5_000
MOST_TIMES = 1.05
_PATIENCE = 600


@dataclass(frozen=True)
class Sent:
    """Seconds from the first question that Slack took to the last, those that its limit asks for, and its 429s."""

    seconds: float
    least_seconds: float
    refusals: int
    processor_seconds: float
    twice: int

    @property
    def busy(self) -> float:
        """The share of the time that the process spent computing."""
        return self.processor_seconds / self.seconds

    @property
    def times(self) -> float:
        return self.seconds / self.least_seconds


async def send_all(database_url: str, folder: Path, people: int = PEOPLE) -> Sent:
    """Let the real process ask everybody, at the pace that Slack enforces."""
    async with company(people, database_url, folder) as acme:
        acme.slack.limits.enforce(posts_per_minute=PER_MINUTE, tiers=False)
        acme.clock.forward(hours=-2)
        await acme.open_wave(Audience(everyone=True))
        async with (
            acme.serving(NPS_MESSAGES_PER_MINUTE=str(PER_MINUTE)) as process,
            asyncio.timeout(_PATIENCE),
        ):
            await acme.planned()
            planning = _processor_seconds(process.pid)
            acme.clock.forward(hours=2)  # it is past nine for all of them
            while len(asked := _asked(acme)) < people:  # noqa: ASYNC110 - one look a second costs nothing
                await asyncio.sleep(1)
            computed = _processor_seconds(process.pid) - planning
        return Sent(
            asked[-1].at - asked[0].at,
            acme.slack.limits.least_seconds(people),
            acme.slack.limits.refusals,
            computed,
            len(asked) - len({call.arguments["channel"] for call in asked}),
        )


def _asked(acme: Company) -> list[ApiCall]:
    """Return the questions that Slack took from the crowd's app, in order."""
    taken = [call for call in acme.slack.requests if call.method == POST and call.error is None]
    return [call for call in taken if call.arguments["channel"] in acme.crowd]


def _processor_seconds(pid: int) -> float:
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
