"""Two companies on one database: the same people, the same channels, the same names of surveys, and one clock."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.app import App, app_for
from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.form import elements
from bot.sandbox.records import Channel, Message
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from bot.settings import Settings
from storage import surveys, waves
from storage.database.engine import Database
from storage.errors import SurveyAtRest, WaveAlreadyOpen
from storage.tables import Survey
from storage.words import Rhythm
from tests.journeys.office import MAYA, FixedClock, Office, furnish, listeners_finish

NAMES = ("Acme", "Globex")
SURVEYS = {"Pulse": Rhythm.ONCE, "Beta": Rhythm.ONCE, "Weekly": Rhythm.WEEKS}
"""Each with its digest in a channel of its own."""
SCORE = "answer.score."
NAGGING = ("You have not answered yet.", "Vous n’avez pas encore répondu.")


@dataclass(frozen=True)
class Asking:
    """One message that asked somebody, or reminded them, as it stood when it came."""

    person: str
    at: datetime
    invitation: int
    message: Message
    is_reminder: bool


@dataclass
class Company:
    """One workspace, what its people have seen so far, and what they were promised."""

    name: str
    office: Office
    spare: App
    """A second process, whose clock looks now and then at the same moment."""
    askings: list[Asking] = field(default_factory=list)
    posted: defaultdict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    """By channel: when something came. Only digests do."""
    seen: list[Message] = field(default_factory=list)
    may_stand: dict[int, set[int | None]] = field(default_factory=dict)
    """By invitation: the scores that it may have. One alone, since the last tap was acknowledged."""
    put_off: Counter[int] = field(default_factory=Counter)
    """By invitation: how often its person asked to be asked later."""
    wants_none: set[str] = field(default_factory=set)
    disturbed: list[Asking] = field(default_factory=list)
    """What came although its person wanted no more."""
    _known: set[tuple[str, str]] = field(default_factory=set)

    @property
    def slack(self) -> Sandbox:
        return self.office.slack

    def look(self) -> None:
        """Take note of whatever has come since the last look."""
        for place in list(self.slack.posted):
            for one in self.slack.seen_in(place, None):
                if (place, one.ts) not in self._known:
                    self._known.add((place, one.ts))
                    self.seen.append(one)
                    self._note(place, one)

    def questions(self) -> list[Asking]:
        return [one for one in self.askings if not one.is_reminder]

    def _note(self, place: str, message: Message) -> None:
        now = self.office.clock.now
        if place not in self.slack.direct:
            self.posted[place].append(now)
        elif invitation := invitation_in(message):
            person = self.slack.direct[place].user
            # Where the question is in doubt, its reminder stands alone.
            is_reminder = message.text.startswith(NAGGING)
            asking = Asking(person, now, invitation, message, is_reminder)
            self.askings.append(asking)
            if person in self.wants_none:
                self.disturbed.append(asking)

    async def open_wave(self, name: str) -> None:
        """Open a wave of this survey, unless one is open; nothing of it is planned yet."""
        now = self.office.clock.now
        for survey in await self.surveys():
            if survey.name == name:
                try:
                    async with self.office.books.writing() as session:
                        ends = now + timedelta(days=survey.wave_days)
                        await waves.open_wave(session, survey, MAYA, now, ends)
                except (WaveAlreadyOpen, SurveyAtRest):
                    return

    async def surveys(self) -> list[Survey]:
        async with self.office.books.reading() as session:
            return await surveys.list_surveys(session, self.slack.team_id)


def invitation_in(message: Message) -> int | None:
    """Return the id of the invitation that the buttons of this message answer."""
    return next(
        (
            int(one["value"].partition(":")[0])
            for _, one in elements(message.blocks)
            if one["action_id"].startswith(SCORE)
        ),
        None,
    )


@asynccontextmanager
async def companies_on(database_url: str, quarantine_days: int) -> AsyncIterator[list[Company]]:
    """Open both for business, each with its own Slack and its own process."""
    clock, books = FixedClock(), Database(database_url)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(books.close)
        opened = []
        for name in NAMES:
            slack = Sandbox(name=name, team_id=f"T0{name.upper()}", bot_token=f"xoxb-{name}", clock=clock)
            furnish(slack)
            for survey in SURVEYS:
                slack.add_channel(Channel(channel_of(survey), survey.lower()))
            url = await stack.enter_async_context(running(slack))
            settings = Settings(
                _env_file=None,
                slack_bot_token=slack.bot_token,
                slack_signing_secret=slack.signing_secret,
                slack_app_token=slack.app_token,
                slack_api_url=f"{url}/api/",
                database_url=database_url,
                nps_quarantine_days=quarantine_days,
                nps_messages_per_minute=60_000,
            )
            app, spare = [await stack.enter_async_context(app_for(settings, clock)) for _ in range(2)]
            slack.request_url = app.web
            company = Company(name, Office(slack, SlackDriver(slack), app, clock, settings, books), spare)
            stack.push_async_callback(listeners_finish)
            for survey, rhythm in SURVEYS.items():
                await company.office.a_survey(
                    survey,
                    subject=name,
                    digest_channel=channel_of(survey),
                    rhythm=rhythm,
                    every_weeks=2,
                    wave_days=7,
                    starts_at=clock.now + timedelta(days=2),
                )
            await company.open_wave("Pulse")
            opened.append(company)
        yield opened


def channel_of(survey: str) -> str:
    """Return the id of the channel that the digests of this survey go to."""
    return f"C8{survey.upper()}"
