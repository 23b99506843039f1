"""The stage: two servers that speak signed HTTP to each other, one clock, and hands for everyone."""

import random
import secrets
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import jobs
from bot.answers.rules.snoozing import Later
from bot.app import App, app_for
from bot.errors import NotReadyError
from bot.ids import ActionId, Callback
from bot.kit.rules.calendar import at_local, known_zone
from bot.kit.rules.working_hours import USUAL
from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.form import element
from bot.sandbox.records import Message, User, View
from bot.sandbox.server import running
from bot.sandbox.wire.serving import serve
from bot.sandbox.workspace import Sandbox
from bot.settings import Settings
from bot.shell.demo.events import ClockEvent, events_ahead
from bot.shell.demo.people import PEOPLE, Opinion, furnish, opinion
from storage import migrate
from storage.delivery import invitations

# Just after the due moment, so that what is due then is due.
_AFTER = timedelta(seconds=1)
_HOME = "Europe/Paris"
_MORNING = time(9, 30)
# As many as the demo's whole company in a second: its history is not to be waited for.
_PER_MINUTE = 1200


def latest_morning(now: datetime) -> datetime:
    """Return half past nine in Paris on the latest working day that has got so far.

    >>> latest_morning(datetime(2026, 11, 22, 6, tzinfo=UTC))  # a Sunday
    datetime.datetime(2026, 11, 20, 8, 30, tzinfo=datetime.timezone.utc)
    """
    today = now.astimezone(known_zone(_HOME)).date()
    days = (today - timedelta(days=back) for back in range(4))
    return next(
        morning
        for morning in map(_morning, days)
        if morning <= now and USUAL.is_working_day(morning.date(), _HOME)
    )


def _morning(day: date) -> datetime:
    return at_local(day, _MORNING, _HOME)


class DemoClock:
    """It ticks as the real one, from a working morning on: the one clock of the app and of the pretend Slack."""

    def __init__(self) -> None:
        self.set(latest_morning(datetime.now(UTC)))

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
    hands: SlackDriver
    dice: random.Random = field(default_factory=lambda: random.Random(9))  # noqa: S311 - scores of people who do not exist
    looked_at: datetime | None = None
    """When what was due was done last."""

    async def tick(self) -> None:
        """Do what is due now."""
        self.looked_at = self.clock()
        await jobs.run_everything(self.app.services)

    async def go_to(self, moment: datetime) -> None:
        """Do what is due, and move the clock to a moment, stopping at all that is due on the way."""
        await self.tick()
        while (due := await self.next_event()) is not None and due <= moment:
            self.clock.set(max(due + _AFTER, self.clock()))
            await self.tick()
        self.clock.set(max(moment, self.clock()))
        await self.tick()
        self.slack.changed()

    async def next_event(self, *kinds: ClockEvent) -> datetime | None:
        """Return when the next event of these kinds is due, or of any kind.

        What fell due while the last look was under way has not been done, so it is the next.
        """
        now = self.clock()
        ahead = await events_ahead(self.app.services, min(self.looked_at or now, now))
        return min((moment for kind, moment in ahead.items() if kind in kinds or not kinds), default=None)

    def modal_of(self, user: str) -> View:
        """Return the modal on this person's screen; LookupError when there is none."""
        modal = self.slack.modal(user)
        if modal is None:
            message = f"no modal is open for {user}"
            raise LookupError(message)
        return modal

    async def question_of(self, user: str, action: ActionId | None = None) -> Message | None:
        """Return the newest question, or the newest with this action, that this person has not answered yet."""
        async with self.app.services.database.reading() as session:
            asked = await invitations.open_invitations_of(session, self.slack.team_id, user)
        messages = self.slack.direct_messages(user)[::-1]
        waiting = [f"{one.id}:10" for one, _, _, answer in asked if answer is None]
        found = [one for value in waiting for one in messages if f"'{value}'" in str(one.blocks)]
        return next((one for one in found if action is None or action in str(one.blocks)), None)

    async def answer(self, user: str, said: Opinion) -> None:
        """Tap a score in the direct message, then send the modal that asks why."""
        question = await self.question_of(user)
        if question is None:
            return
        if ActionId.BALLOT_SCORE in str(question.blocks):
            await self.cast(user, question, said)
            return
        await self.hands.click(user, question, f"{ActionId.SCORE}.{said.score}")
        await self.slack.until(lambda: self._asks_why(user))
        modal = self.modal_of(user)
        if said.comment or said.drivers:
            reason: dict[str, object] = {"comment": said.comment or "", "drivers": list(said.drivers)}
            contact = {"contact": ["yes"]} if said.may_contact else {}
            await self.hands.submit(user, modal, reason | contact)
        else:
            await self.hands.close(user, modal)

    async def cast(self, user: str, question: Message, said: Opinion) -> None:
        """Tap a score of an anonymous question, and send the modal that it opens."""
        await self.hands.click(user, question, f"{ActionId.BALLOT_SCORE}.{said.score}")
        await self.slack.until(lambda: self.slack.modal(user) is not None)
        ballot: dict[str, object] = {"comment": said.comment or "", "drivers": list(said.drivers)}
        await self._and_read(question, self.hands.submit(user, self.modal_of(user), ballot))

    async def put_off(self, user: str, later: Later) -> None:
        """Choose below the question when to be asked again."""
        question = await self.question_of(user)
        if question is not None:
            _, menu = element(question.blocks, ActionId.LATER)
            chosen = next(one["value"] for one in menu["options"] if one["value"].endswith(f":{later.value}"))
            await self._and_read(question, self.hands.click(user, question, ActionId.LATER, chosen))

    async def stop_asking(self, user: str) -> None:
        """Choose below the question not to be asked any more."""
        question = await self.question_of(user)
        if question is not None:
            await self._and_read(question, self.hands.click(user, question, ActionId.STOP_ASKING))

    async def _and_read(self, question: Message, doing: Awaitable[object]) -> None:
        await doing
        await self.slack.until(lambda: self.slack.found(question.channel, question.ts) != question)

    async def silent(self, but: Sequence[str] = ()) -> list[User]:
        """Return the people, other than `but`, who have a question and have not answered it."""
        return [user for user in PEOPLE if user.id not in but and await self.question_of(user.id)]

    async def everyone_answers(self, mood: float, share: float, but: Sequence[str] = ()) -> None:
        """Let this share of the people who have not answered yet answer, in the given mood."""
        for user in await self.silent(but):
            if self.dice.random() < share:
                await self.answer(user.id, opinion(user, mood, self.dice))

    def _asks_why(self, user: str) -> bool:
        modal = self.slack.modal(user)
        return modal is not None and modal.callback_id == Callback.REASON


@asynccontextmanager
async def stage(port: int = 0) -> AsyncIterator[Stage]:
    """Start both servers on loopback over a database that is gone afterwards; raise NotReadyError for a taken port."""
    clock = DemoClock()
    slack = Sandbox(clock=clock)
    furnish(slack)
    with TemporaryDirectory(prefix="nps-demo-") as folder:
        database_url = f"sqlite:///{Path(folder, 'demo.db')}"
        migrate.upgrade(database_url)
        async with AsyncExitStack() as servers:
            url = await _listen(slack, port, servers)
            settings = Settings.model_validate(
                {
                    "slack_bot_token": slack.bot_token,
                    "slack_signing_secret": slack.signing_secret,
                    "slack_api_url": f"{url}/api/",
                    "database_url": database_url,
                    "nps_secret": secrets.token_hex(32),
                    # The same twelve people may be asked again and again.
                    "nps_quarantine_days": 0,
                    "nps_messages_per_minute": _PER_MINUTE,
                }
            )
            async with app_for(settings, clock) as app, serve(app.web) as app_url:
                slack.request_url = f"{app_url}/slack/events"
                yield Stage(slack, app, clock, SlackDriver(slack))


async def _listen(slack: Sandbox, port: int, servers: AsyncExitStack) -> str:
    try:
        return await servers.enter_async_context(running(slack, port=port))
    except OSError as error:
        message = (
            f"The pretend Slack cannot listen on port {port} ({error.strerror}). "
            "Choose another one with --port, or a free one with --port 0."
        )
        raise NotReadyError(message) from None
