"""A small office: the pretend Slack over HTTP, the real app in front of a real database, and one clock to turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot import jobs
from bot.app import App, app_for
from bot.sandbox.driving.driver import Driver
from bot.sandbox.records import Channel, Message, User, View
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from bot.settings import Settings

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@dataclass
class FixedClock:
    """The one clock of the app and of the pretend Slack; it moves when a test says so."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, step: timedelta) -> None:
        self.now += step


@dataclass
class Office:
    """Everything a journey needs in one hand."""

    slack: Sandbox
    driver: Driver
    app: App
    clock: FixedClock
    settings: Settings = field(repr=False)

    async def tick(self) -> None:
        """Let the clock do whatever is due now."""
        await jobs.run_everything(self.app.services)

    def last_message_to(self, user: str) -> Message:
        return self.slack.direct_messages(user)[-1]

    def modal(self, user: str) -> View:
        """Return the modal on top of this person's screen."""
        shown = self.slack.modal(user)
        assert shown is not None, "no modal is open"
        return shown

    async def ask_everyone(self, name: str = "Acme", **changes: object) -> None:
        """Make a survey of #general as its manager, open its first wave and deliver it."""
        await self.make_survey(name, **changes)
        await self.slack.until(lambda: "submit" in self.modal("U1MANAGER").definition)
        modal = self.modal("U1MANAGER")
        before = len(self.slack.direct_messages("U1MANAGER"))
        await self.driver.submit("U1MANAGER", modal)
        await self.slack.until(lambda: len(self.slack.direct_messages("U1MANAGER")) > before)
        await self.tick()

    async def make_survey(self, name: str = "Acme", **changes: object) -> None:
        """Fill in and send the form of `/nps new`, and stop at the preview."""
        await self.driver.command("U1MANAGER", "C1GENERAL", "new")
        await self.slack.until(lambda: self.slack.modal("U1MANAGER") is not None)
        answers: dict[str, object] = {
            "name": name,
            "subject": "Acme",
            "kind": "customers",
            "channels": ["C1GENERAL"],
            "wave_days": "14",
            "digest_channel": "C1GENERAL",
            "digest_weekday": "0",
            "digest_hour": "9",
            "time_zone": "Europe/Paris",
        } | changes
        await self.driver.submit("U1MANAGER", self.modal("U1MANAGER"), answers)


def furnish(slack: Sandbox) -> None:
    """Four people who answer, one of them French, a bot and somebody who has left."""
    people = [
        User("U1MANAGER", "maya", real_name="Maya Lind", tz="Europe/Paris", locale="en-GB", is_admin=True),
        User("U2ALICE", "alice", real_name="Alice Wood", tz="America/New_York", locale="en-US"),
        User("U3BRUNO", "bruno", real_name="Bruno Petit", tz="Europe/Paris", locale="fr-FR"),
        User("U4CHEN", "chen", real_name="Chen Wei", tz="Asia/Shanghai", locale="en-US"),
        User("U5GONE", "gone", real_name="Gone Person", deleted=True),
        User("U6ROBOT", "robot", real_name="Robot", is_bot=True),
        User("U7OUTSIDE", "olga", real_name="Olga Out", tz="Europe/Berlin", locale="en-US"),
    ]
    for person in people:
        slack.add_user(person)
    members = tuple(person.id for person in people if person.id != "U7OUTSIDE")
    slack.add_channel(Channel("C1GENERAL", "general", members=members))
    slack.add_channel(Channel("C2SECRET", "secret", members=("U1MANAGER",), is_private=True))


@asynccontextmanager
async def office_with(database_url: str) -> AsyncIterator[Office]:
    clock = FixedClock()
    slack = Sandbox(clock=clock)
    furnish(slack)
    async with running(slack) as url:
        settings = Settings(
            _env_file=None,
            slack_bot_token=slack.bot_token,
            slack_signing_secret=slack.signing_secret,
            slack_api_url=f"{url}/api/",
            database_url=database_url,
        )
        async with app_for(settings, clock) as app:
            slack.request_url = app.web
            yield Office(slack, Driver(slack), app, clock, settings)


@pytest.fixture
async def office(migrated_database_url: str) -> AsyncIterator[Office]:
    async with office_with(migrated_database_url) as made:
        yield made
