"""The stage: two servers that speak signed HTTP to each other, one clock, and hands for everyone."""

import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import jobs
from bot.app import App, app_for
from bot.ids import Action, Callback
from bot.rules.calendar import next_due
from bot.sandbox.driving.driver import Driver
from bot.sandbox.records import Message, View
from bot.sandbox.server import running
from bot.sandbox.serving import serve
from bot.sandbox.workspace import Sandbox
from bot.settings import Settings
from bot.shell.demo.people import PEOPLE, Opinion, furnish, opinion
from storage import invitations, migrate, surveys, waves

# Just after the due moment, so that what is due then is due.
_AFTER = timedelta(seconds=1)


class DemoClock:
    """The real time, moved: the one clock of the app and of the pretend Slack."""

    def __init__(self) -> None:
        self.moved = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def set(self, now: datetime) -> None:
        self.moved = now - datetime.now(UTC)


@dataclass
class Stage:
    """The pretend Slack, the real app, and what may be done with both."""

    slack: Sandbox
    app: App
    clock: DemoClock
    hands: Driver
    dice: random.Random = field(default_factory=lambda: random.Random(9))  # noqa: S311 - scores of people who do not exist

    async def tick(self) -> None:
        """Do what is due now."""
        await jobs.run_everything(self.app.services)

    async def go_to(self, moment: datetime) -> None:
        """Move the clock to a moment, stopping at all that is due on the way."""
        while (due := await self.next_event()) is not None and due <= moment:
            self.clock.set(due + _AFTER)
            await self.tick()
        self.clock.set(max(moment, self.clock()))
        await self.tick()
        self.slack.changed()

    async def next_event(self) -> datetime | None:
        """Return when the next digest or wave's end is due."""
        moments = [await self.next_digest(), await self.next_end()]
        return min((moment for moment in moments if moment), default=None)

    async def next_digest(self) -> datetime | None:
        async with self.app.services.database.reading() as session:
            known = await surveys.every_survey(session)
        now = self.clock()
        return min(
            (next_due(one.digest_weekday, one.digest_hour, one.time_zone, now) for one in known), default=None
        )

    async def next_end(self) -> datetime | None:
        """Return when the open wave that ends first ends."""
        async with self.app.services.database.reading() as session:
            opened = await waves.open_waves(session)
        return min((wave.closes_at for wave in opened), default=None)

    def modal_of(self, user: str) -> View:
        """Return the modal on this person's screen; LookupError when there is none."""
        modal = self.slack.modal(user)
        if modal is None:
            message = f"no modal is open for {user}"
            raise LookupError(message)
        return modal

    async def question_of(self, user: str) -> Message | None:
        """Return the newest question that this person may answer and has not answered yet."""
        async with self.app.services.database.reading() as session:
            asked = await invitations.open_invitations_of(session, self.slack.team_id, user)
        places = [(one.channel_id, one.message_ts) for one, _, _, answer in asked if answer is None]
        found = (self.slack.found(channel, ts) for channel, ts in places if channel and ts)
        return next((message for message in found if message), None)

    async def answer(self, user: str, said: Opinion) -> None:
        """Tap a score in the direct message, then send the modal that asks why."""
        question = await self.question_of(user)
        if question is None:
            return
        await self.hands.click(user, question, f"{Action.SCORE}.{said.score}")
        await self.slack.until(lambda: self._asks_why(user))
        modal = self.modal_of(user)
        if said.comment or said.drivers:
            await self.hands.submit(
                user, modal, {"comment": said.comment or "", "drivers": list(said.drivers)}
            )
        else:
            await self.hands.close(user, modal)

    async def everyone_answers(self, mood: float, share: float, but: Sequence[str] = ()) -> None:
        """Let this share of the people who have not answered yet answer, in the given mood."""
        for user in PEOPLE:
            silent = user.id not in but and await self.question_of(user.id)
            if silent and self.dice.random() < share:
                await self.answer(user.id, opinion(user, mood, self.dice))

    def _asks_why(self, user: str) -> bool:
        modal = self.slack.modal(user)
        return modal is not None and modal.callback_id == Callback.REASON


@asynccontextmanager
async def stage(port: int = 0) -> AsyncIterator[Stage]:
    """Start both servers on loopback over a database that is gone afterwards."""
    clock = DemoClock()
    slack = Sandbox(clock=clock)
    furnish(slack)
    with TemporaryDirectory(prefix="nps-demo-") as folder:
        database_url = f"sqlite:///{Path(folder, 'demo.db')}"
        migrate.upgrade(database_url)
        async with running(slack, port=port) as url:
            settings = Settings.model_validate(
                {
                    "slack_bot_token": slack.bot_token,
                    "slack_signing_secret": slack.signing_secret,
                    "slack_api_url": f"{url}/api/",
                    "database_url": database_url,
                }
            )
            async with app_for(settings, clock) as app, serve(app.web) as app_url:
                slack.request_url = f"{app_url}/slack/events"
                yield Stage(slack, app, clock, Driver(slack))
