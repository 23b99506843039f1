"""A small office: the pretend Slack over HTTP, the real app in front of a real database, and one clock to turn."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot import jobs
from bot.app import App, app_for
from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.driving.post import Reply
from bot.sandbox.form import elements
from bot.sandbox.records import ApiCall, Channel, Message, User, View
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from bot.settings import Settings
from bot.shell.demo.filling_in import fill_in
from storage import surveys
from storage.audience import Audience
from storage.database.engine import Database
from storage.tables import Survey
from storage.words import Kind
from tests.journeys.asked import once
from tests.journeys.stored import Stored

PATIENCE = 15.0
"""Slack waits for three seconds. Tests of other things hold on a busy machine too; those of speed measure it themselves."""

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""Nine o'clock in Paris: a digest that falls due at this very moment is not for a survey made now."""

MAYA, ALICE, BRUNO, CHEN = "U1MANAGER", "U2ALICE", "U3BRUNO", "U4CHEN"
ASKED = (MAYA, ALICE, BRUNO, CHEN)
GONE, ROBOT, OUTSIDER = "U5GONE", "U6ROBOT", "U7OUTSIDE"
GENERAL, SECRET = "C1GENERAL", "C2SECRET"

FORM: dict[str, object] = {
    "name": "Acme",
    "subject": "Acme",
    "kind": "customers",
    "anonymity": "named",
    "channels": [GENERAL],
    "wave_days": "14",
    "digest_channel": GENERAL,
    "digest_weekday": "0",
    "digest_hour": "9",
    "result": "digest",
    "time_zone": "Europe/Paris",
}


@dataclass
class FixedClock:
    """The one clock of the app and of the pretend Slack; it moves when a test says so, or by `step` at each look."""

    now: datetime = MONDAY
    step: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now

    def forward(self, **step: float) -> None:
        self.now += timedelta(**step)


@dataclass
class Office(Stored):
    """Everything a journey needs in one hand. `books` is a way into the database that the app knows nothing of."""

    slack: Sandbox
    driver: SlackDriver
    app: App
    clock: FixedClock
    settings: Settings = field(repr=False)
    books: Database = field(repr=False)

    # What people do

    async def open_form(self) -> View:
        """Type `/nps new` as the manager and return the empty form."""
        await self.driver.command(MAYA, GENERAL, "new")
        await self.slack.until(lambda: self.slack.modal(MAYA) is not None)
        return self.modal(MAYA)

    async def make_survey(self, **changes: object) -> None:
        """Fill in and send the form of `/nps new`, and stop at the finished preview. Nothing is saved yet."""
        await self.fill_in(**changes)
        await self.slack.until(lambda: bool(self.modal(MAYA).definition.get("submit")))

    async def fill_in(self, **changes: object) -> View:
        """Fill in and send the form of `/nps new`; return what stands there then: the preview, or what is wrong."""
        await self.open_form()
        return await fill_in(self.driver, self.slack, MAYA, FORM | changes)

    async def save_for_later(self) -> None:
        """Press the button of the preview that saves the survey and asks nobody."""
        await self.driver.press(MAYA, self.modal(MAYA), "Save for later")
        await listeners_finish()

    async def a_survey(self, name: str = "Acme", **changes: object) -> Survey:
        """Put a survey of #general into the database, as the form would, and quicker."""
        facts: dict[str, object] = {
            "workspace_id": self.slack.team_id,
            "name": name,
            "subject": "Acme",
            "kind": Kind.CUSTOMERS,
            "audience": Audience(channels=(GENERAL,)),
            "wave_days": 14,
            "digest_channel": GENERAL,
            "digest_weekday": 0,
            "digest_hour": 9,
            "time_zone": "Europe/Paris",
            "created_by": MAYA,
            "created_at": self.clock.now,
            "starts_at": self.clock.now,
        }
        async with self.books.writing() as session:
            return await surveys.add_survey(session, Survey.model_validate(facts | changes))

    async def open_wave(self, name: str = "Acme", **changes: object) -> None:
        """Open the first wave of a new survey, of which nothing is delivered yet."""
        await self.a_survey(name, **changes)
        await self.command(MAYA, f"open {name}")

    async def ask_everyone(self, name: str = "Acme", **changes: object) -> None:
        """Open the first wave of a new survey and deliver it; a new office may take over what came of it in another."""

        async def ask() -> None:
            await self.open_wave(name, **changes)
            await self.tick()

        await once(f"ask {name} {changes} at {self.clock}", self.slack, self.books, ask)

    async def tap(self, user: str, score: int) -> Reply:
        """Tap a score below the question in this person's messages."""
        return await self.driver.click(user, self.question(user), f"answer.score.{score}")

    async def answer(self, scores: dict[str, int]) -> None:
        """Let several people tap, and wait until each is asked why and reads what they chose."""
        for user, score in scores.items():
            edited = self.question(user).blocks
            await self.tap(user, score)
            await self.slack.until(lambda user=user, edited=edited: self.question(user).blocks != edited)  # type: ignore[misc]

    async def typed(self, user: str, text: str) -> str:
        """Type `/nps …` in #general and return what only this person then reads."""
        return await self.hear(user, self.driver.command(user, GENERAL, text))

    async def command(self, user: str, text: str) -> str:
        """Type `/nps …` in #general, say yes where that asks first, and return what only this person then reads."""
        said = await self.typed(user, text)
        return await self.agree(user) if _agreement(self.read_by(user)[-1]) else said

    async def agree(self, user: str) -> str:
        """Use the button that does what this person was asked last, and return what they read then."""
        asked = self.read_by(user)[-1]
        before = [one.text for one in self.read_by(user)]
        await self.driver.click(user, asked, _agreement(asked))
        await self.slack.until(lambda: [one.text for one in self.read_by(user)] != before)
        await listeners_finish()
        [now] = [one for one in self.read_by(user) if one.ts == asked.ts]
        return now.text if now.text != asked.text else self.read_by(user)[-1].text

    async def hear(self, user: str, doing: Awaitable[object]) -> str:
        """Do something, to its end, and return the next message to this person alone."""
        before = len(self.read_by(user))
        await doing
        await self.slack.until(lambda: len(self.read_by(user)) > before)
        await listeners_finish()
        return self.read_by(user)[before].text

    async def tick(self) -> None:
        """Let the clock do whatever is due now."""
        await jobs.run_everything(self.app.services)

    async def live_until(self, moment: datetime, **step: float) -> None:
        """Let time pass, and let the clock look after each step."""
        while self.clock.now < moment:
            self.clock.now = min(self.clock.now + timedelta(**step), moment)
            await self.tick()

    def another_app(self) -> AbstractAsyncContextManager[App]:
        """Start the app a second time: the same database, the same Slack, the same clock."""
        return app_for(self.settings, self.clock)

    # What people see

    def read_by(self, user: str) -> list[Message]:
        """Return everything sent to this person alone, oldest first."""
        alone = [*self.slack.direct_messages(user), *self.slack.ephemerals(user)]
        return sorted({one.ts: one for one in alone}.values(), key=lambda one: float(one.ts))

    def question(self, user: str) -> Message:
        """Return the newest message that asks this person, or says what they chose."""
        return [one for one in self.slack.direct_messages(user) if _is_question(one)][-1]

    def asked(self, user: str) -> int:
        """Return how often this person was asked, reminders not counted."""
        return len(
            [one for one in self.slack.direct_messages(user) if _is_question(one) and not one.thread_ts]
        )

    def notice(self, user: str) -> Message:
        """Return the message in which this manager reads how the newest wave goes."""
        return [one for one in self.slack.direct_messages(user) if _is_notice(one)][-1]

    def news(self, user: str) -> list[str]:
        """Return what this person alone was told, oldest first: all but questions, reminders and a wave's progress."""
        return [one.text for one in self.read_by(user) if not _is_question(one) and not _is_notice(one)]

    def modal(self, user: str) -> View:
        """Return the modal on top of this person's screen."""
        shown = self.slack.modal(user)
        assert shown is not None, "no modal is open"
        return shown

    def calls(self, method: str) -> list[ApiCall]:
        """Return what the app asked of Slack by this method, refused or not."""
        return [call for call in self.slack.requests if call.method == method]


def _is_question(message: Message) -> bool:
    """Tell what asks, reminds, or says what was chosen."""
    return "recomm" in message.text


def _is_notice(message: Message) -> bool:
    """Tell the one message about a wave that keeps up with it: the only one with this button."""
    return any(element["action_id"] == "wave.list" for _, element in elements(message.blocks))


def _agreement(message: Message) -> str:
    """Return the action id of the button that does what the message asks about; empty where it asks nothing."""
    return next((one["action_id"] for _, one in elements(message.blocks) if "agreed" in one["action_id"]), "")


def furnish(slack: Sandbox) -> None:
    """Four people who answer, one of them French, a bot, somebody who has left, and somebody of another channel."""
    people = [
        User(MAYA, "maya", real_name="Maya Lind", tz="Europe/Paris", locale="en-GB", is_admin=True),
        User(ALICE, "alice", real_name="Alice Wood", tz="Africa/Johannesburg", locale="en-US"),
        User(BRUNO, "bruno", real_name="Bruno Petit", tz="Europe/Paris", locale="fr-FR"),
        User(CHEN, "chen", real_name="Chen Wei", tz="Asia/Shanghai", locale="en-US"),
        User(GONE, "gone", real_name="Gone Person", deleted=True),
        User(ROBOT, "robot", real_name="Robot", is_bot=True),
        User(OUTSIDER, "olga", real_name="Olga Out", tz="Europe/Berlin", locale="en-US"),
    ]
    for person in people:
        slack.add_user(person)
    members = tuple(person.id for person in people if person.id != OUTSIDER)
    slack.add_channel(Channel(GENERAL, "general", members=members))
    slack.add_channel(Channel(SECRET, "secret", members=(MAYA,), is_private=True))


@asynccontextmanager
async def office_with(database_url: str, quarantine_days: int = 0) -> AsyncIterator[Office]:
    """Open an office on a migrated database, where one question does not keep another away unless told so."""
    clock = FixedClock()
    slack = Sandbox(clock=clock, patience=PATIENCE)
    furnish(slack)
    books = Database(database_url)
    async with running(slack) as url:
        settings = Settings(
            _env_file=None,
            slack_bot_token=slack.bot_token,
            slack_signing_secret=slack.signing_secret,
            slack_app_token=slack.app_token,
            slack_api_url=f"{url}/api/",
            database_url=database_url,
            nps_quarantine_days=quarantine_days,
            nps_messages_per_minute=60_000,
            nps_secret="x" * 32,
        )
        async with app_for(settings, clock) as app:
            slack.request_url = app.web
            yield Office(slack, SlackDriver(slack), app, clock, settings, books)
            await listeners_finish()
    await books.close()


async def listeners_finish() -> None:
    """Listeners work on after they have acknowledged: wait until none does."""
    await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name().startswith("listener ")))
