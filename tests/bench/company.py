"""A company of any size in the pretend Slack, a wave for it in a real database, and the real process that asks it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from bot.sandbox.directory import Crowd
from bot.sandbox.records import Channel, User
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from storage import migrate, surveys, waves
from storage.audience import Audience
from storage.database.engine import Database
from storage.kit import people
from storage.tables import Survey, Wave
from storage.words import Kind
from tests.journeys.office import GENERAL, MAYA, furnish
from tests.journeys.process import MovedClock, serving

CROWD = "C3CROWD"


def at_work(user_id: str, number: int) -> User:
    """Make somebody up who lives where it is Monday morning."""
    return User(user_id, f"person{number}", tz="Europe/Paris")


@dataclass(frozen=True)
class Company:
    """So many people, all in one channel, on a Monday morning."""

    slack: Sandbox
    clock: MovedClock
    database: Database
    crowd: Crowd

    def serving(self, **settings: str) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
        """Run the real process in front of it."""
        return serving(self.slack, self.database, self.clock, asyncio.subprocess.DEVNULL, **settings)

    async def open_wave(self, audience: Audience) -> None:
        """Open a wave for an audience, of which nothing is planned yet."""
        now = self.clock()
        survey = Survey(
            workspace_id=self.slack.team_id,
            name="Acme",
            subject="Acme",
            kind=Kind.EMPLOYEES,
            audience=audience,
            wave_days=14,
            digest_channel=GENERAL,
            digest_weekday=4,
            digest_hour=9,
            time_zone="Europe/Paris",
            created_by=MAYA,
            created_at=now,
            starts_at=now,
        )
        async with self.database.writing() as session:
            await people.ensure_workspace(session, self.slack.team_id, self.slack.name)
            survey = await surveys.add_survey(session, survey)
            await waves.open_wave(session, survey, MAYA, now, now + timedelta(days=14))

    async def planned(self) -> None:
        """Wait until each invitation of the wave stands."""
        while True:
            async with self.database.reading() as session:
                if (await session.exec(select(Wave.planned_at))).one():
                    return
            await asyncio.sleep(0.1)


@asynccontextmanager
async def company(size: int, database_url: str, folder: Path) -> AsyncIterator[Company]:
    """Run the company's Slack in this process, on an empty database."""
    migrate.upgrade(database_url)
    clock = MovedClock(folder / "moved")
    slack = Sandbox(clock=clock)
    furnish(slack)
    crowd = slack.add_crowd(Crowd(size, person=at_work))
    slack.add_channel(Channel(CROWD, "crowd", members=crowd))
    database = Database(database_url)
    async with running(slack):
        yield Company(slack, clock, database, crowd)
    await database.close()
