"""How long it takes to plan a hundred thousand invitations, in how much memory, and killed half way."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func
from sqlmodel import col, select

from storage.audience import Audience
from storage.tables import Invitation
from tests.bench.company import CROWD, Company, company
from tests.journeys.process import kill

PEOPLE = 100_000
MOST_MEGABYTES, MOST_SECONDS, MOST_TIMES = 200, 10, 1.2
AUDIENCES = {"everyone": Audience(everyone=True), "one channel": Audience(channels=(CROWD,))}
_PATIENCE = 600


@dataclass(frozen=True)
class Plannings:
    """Seconds from the start of the process until all are planned; the most memory it ever had; who has an invitation."""

    seconds: float
    megabytes: float
    invitations: int


async def plan_all(
    audience: Audience,
    database_url: str,
    folder: Path,
    *,
    is_killed: bool = False,
    people: int = PEOPLE,
) -> Plannings:
    """Let the real process plan a wave; if `is_killed`, kill it half way and start it again when its lease is over."""
    async with company(people, database_url, folder) as acme, asyncio.timeout(_PATIENCE):
        await acme.open_wave(audience)
        began = time.monotonic()
        if is_killed:
            async with acme.serving() as process:
                while await _invitations(acme) < people / 2:  # noqa: ASYNC110 - the database calls nobody
                    await asyncio.sleep(0.2)
                kill(process.pid)
            acme.clock.forward(minutes=6)
        async with acme.serving() as process:
            await acme.planned()
            seconds = time.monotonic() - began
            return Plannings(seconds, _most_megabytes(process.pid), await _invitations(acme))


async def _invitations(acme: Company) -> int:
    async with acme.database.reading() as session:
        asked = (
            select(func.count())
            .select_from(Invitation)
            .where(col(Invitation.user_id).startswith(acme.crowd.prefix))
        )
        return (await session.exec(asked)).one()


def _most_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    [peak] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(peak.split()[1]) / 1024
