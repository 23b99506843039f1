"""What `nps-bot doctor` looks at. Each thing is opened by itself, so that what is broken hides nothing else."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import aiohttp
from pydantic import SecretStr
from pydantic_settings import BaseSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import settings
from bot.errors import SettingsError
from bot.flows.digesting import WEEKLY_DIGEST
from bot.rules.calendar import WEEK
from bot.settings import Settings
from bot.shell.manifest import SCOPES
from bot.shell.working import WORDS
from bot.slack import TIMEOUT, Identity, Slack, SlackError, SlackRefused
from bot.views.delivery import remedy
from storage import claims, invitations, migrate, surveys, waves
from storage.engine import Database
from storage.errors import DatabaseAway
from storage.tables import Run, RunState, Wave


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WRONG = "wrong"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor: a detail when all is well, what to do when not."""

    check: str
    state: State
    says: str = ""

    @property
    def line(self) -> str:
        if self.state is State.WRONG:
            return f"{self.check}: {self.says}"
        return f"{self.check}: {self.state.value}{self.says and f' ({self.says})'}"


class Given(BaseSettings):
    """The settings that Slack and the database are tried with, whatever the others are."""

    model_config = Settings.model_config

    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = Settings.model_fields["slack_api_url"].default
    database_url: str = Settings.model_fields["database_url"].default


async def examine(now: datetime) -> list[Finding]:
    """Check everything, and keep on when something is broken."""
    given = Given()
    return [
        *_settings(),
        *await _slack(given),
        *await _socket_mode(given),
        *await _database(given.database_url, now),
    ]


def _settings() -> list[Finding]:
    try:
        settings.load()
    except SettingsError as error:
        return [Finding("settings", State.WRONG, sentence) for sentence in str(error).splitlines()]
    return [Finding("settings", State.OK)]


async def _slack(given: Given) -> list[Finding]:
    token = given.slack_bot_token.get_secret_value()
    if not token:
        return [Finding(check, State.NOT_CHECKED, "there is no token") for check in ("token", "scopes")]
    async with aiohttp.ClientSession(timeout=TIMEOUT) as http:
        try:
            identity = await Slack(token, given.slack_api_url, http).identity()
        except SlackRefused as error:
            says = f"Slack does not take SLACK_BOT_TOKEN ({error.code}). Install the app again and copy its new token."
        except SlackError as error:
            says = (
                f"{given.slack_api_url} does not answer ({error.code}). Check the network and SLACK_API_URL, "
                "then try again."
            )
        else:
            return [Finding("token", State.OK, f"workspace {identity.workspace_name}"), _scopes(identity)]
    return [
        Finding("token", State.WRONG, says),
        Finding("scopes", State.NOT_CHECKED, "the token does not work"),
    ]


def _scopes(identity: Identity) -> Finding:
    missing = [scope for scope in SCOPES if scope not in identity.scopes]
    if not missing:
        return Finding("scopes", State.OK)
    lacks = "; ".join(f"{scope}, to {SCOPES[scope]}" for scope in missing)
    return Finding(
        "scopes",
        State.WRONG,
        f"Missing: {lacks}. Update the app with what nps-bot manifest prints, then install it again.",
    )


async def _socket_mode(given: Given) -> list[Finding]:
    """Try the app token, where there is one: with a wrong one the app would wait for Slack for ever."""
    token = given.slack_app_token.get_secret_value()
    if not token:
        return []
    client = AsyncWebClient(base_url=given.slack_api_url, timeout=int(TIMEOUT.total or 0), retry_handlers=[])
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        says = (
            f"Slack does not take SLACK_APP_TOKEN ({error.response['error']}). Make one with connections:write under "
            "Basic Information, App-Level Tokens, and turn Socket Mode on."
        )
        return [Finding("socket mode", State.WRONG, says)]
    except (aiohttp.ClientError, OSError, TimeoutError):
        return [Finding("socket mode", State.NOT_CHECKED, "Slack does not answer")]
    return [Finding("socket mode", State.OK)]


async def _database(url: str, now: datetime) -> list[Finding]:
    rest = ("migrations", "deliveries", "digests")
    try:
        database = Database(url)
    except ValueError as error:
        wrong = Finding("database", State.WRONG, f"DATABASE_URL: {error}.")
        return [wrong, *_not_checked(rest, "there is no database")]
    try:
        await database.ping()
        waiting = migrate.pending(url)
        migrations = Finding("migrations", State.OK)
        if waiting:
            says = f"{len(waiting)} to apply: run nps-bot migrate."
            migrations = Finding("migrations", State.WRONG, says)
            return [Finding("database", State.OK), migrations, *_not_checked(rest[1:], "migrations wait")]
        async with database.reading() as session:
            return [
                Finding("database", State.OK),
                migrations,
                *await _deliveries(session),
                *await _digests(session, now - WEEK),
            ]
    except DatabaseAway as away:
        says = f"{away}. Check DATABASE_URL, and that the database is running."
        return [Finding("database", State.WRONG, says), *_not_checked(rest, "the database is away")]
    finally:
        await database.close()


def _not_checked(checks: tuple[str, ...], because: str) -> list[Finding]:
    return [Finding(check, State.NOT_CHECKED, because) for check in checks]


async def _deliveries(session: AsyncSession) -> list[Finding]:
    """Look at the open waves: in a closed one there is nothing left to mend."""
    uncertain = Counter(one.wave_id for one in await invitations.uncertain_invitations(session))
    found = []
    for wave in await waves.open_waves(session):
        named = await _wave_name(session, wave)
        failed = Counter(one.reason or "unknown" for one in await invitations.failures(session, wave.id))
        found += [
            Finding("deliveries", State.WRONG, f"{named}: {count} not asked. {remedy(code, WORDS)}")
            for code, count in failed.most_common()
        ]
        if uncertain[wave.id]:
            says = (
                f"{named}: {uncertain[wave.id]} may or may not have arrived. Nothing is sent twice; "
                "the question stands in each person's App Home."
            )
            found.append(Finding("deliveries", State.WRONG, says))
    return found or [Finding("deliveries", State.OK)]


async def _digests(session: AsyncSession, since: datetime) -> list[Finding]:
    """Look at the last week: an older failure has been followed by another digest."""
    runs = [*await claims.failed_runs(session), *await claims.uncertain_runs(session)]
    found = [
        Finding("digests", State.WRONG, f"{await _run_name(session, run)} {_what_to_do(run)}")
        for run in runs
        if run.due_at > since
    ]
    return found or [Finding("digests", State.OK)]


def _what_to_do(run: Run) -> str:
    if run.state is RunState.FAILED:
        return f"was not posted. {remedy(run.reason or 'unknown', WORDS)}"
    return "was never confirmed by Slack. Look whether it is there; it is not posted a second time."


async def _run_name(session: AsyncSession, run: Run) -> str:
    due = f"due at {run.due_at:%Y-%m-%d %H:%M} UTC"
    if run.job == WEEKLY_DIGEST:
        survey = await surveys.survey(session, run.subject)
        return f"The digest of “{survey.name if survey else run.subject}” {due}"
    wave = await waves.wave(session, run.subject)
    named = await _wave_name(session, wave) if wave else f"wave {run.subject}"
    return f"The manager's report on {named}, {due},"


async def _wave_name(session: AsyncSession, wave: Wave) -> str:
    survey = await surveys.survey(session, wave.survey_id)
    return f"wave {wave.number} of “{survey.name if survey else wave.survey_id}”"
