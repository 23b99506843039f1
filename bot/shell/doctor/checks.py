"""What `nps-bot doctor` looks at. Each thing is opened by itself, so that what is broken hides nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot import settings
from bot.errors import NotReadyError, SettingsError
from bot.kit.views.remedy import remedy_for_all
from bot.settings import MaskedSettings, Settings
from bot.shell.doctor import ballots, secrecy
from bot.shell.doctor import database as books
from bot.shell.doctor.findings import Finding, State, all_wrong, not_checked
from bot.shell.doing.manifest import SCOPES
from bot.shell.kit.socket_mode import socket_address
from bot.shell.kit.terminal import WORDS
from bot.slack.client import Slack
from bot.slack.codes import Remedy, Scope, meaning
from bot.slack.errors import SlackError, SlackRefused
from bot.slack.http import open_session
from bot.slack.objects import ORG_WIDE, Identity
from storage.database import revisions
from storage.database.engine import Database
from storage.database.urls import masked
from storage.errors import DatabaseAway
from storage.words import GRACE_DAYS

WRONG_CLOCK = timedelta(minutes=1)


class Given(MaskedSettings):
    """The settings that Slack and the database are tried with, whatever the others are."""

    model_config = Settings.model_config

    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    nps_secret: SecretStr = SecretStr("")
    slack_api_url: str = Settings.model_fields["slack_api_url"].default
    database_url: str = Settings.model_fields["database_url"].default


async def examine(now: datetime) -> list[Finding]:
    """Check everything, and keep on when something is broken."""
    try:
        given = Given()
    except (OSError, UnicodeDecodeError):  # `.env` cannot be read, which the settings' own line tells
        given = Given(_env_file=None)
    return [
        *_settings(),
        *secrecy.examine(given.database_url, given.slack_api_url, Path(".env")),
        *await _slack(given),
        *await _socket_mode(given),
        *await _database(given.database_url, given.nps_secret.get_secret_value(), now),
    ]


def _settings() -> list[Finding]:
    try:
        settings.load()
    except SettingsError as error:
        return all_wrong("settings", str(error).splitlines())
    return [Finding("settings", State.OK)]


async def _slack(given: Given) -> list[Finding]:
    token = given.slack_bot_token.get_secret_value()
    if not token:
        return not_checked(("token", "scopes"), "there is no token")
    if settings.misdirection():
        return not_checked(("token", "scopes"), "it is not sent where only .env says")
    async with open_session() as http:
        try:
            identity = await Slack(token, given.slack_api_url, http).identity()
        except SlackRefused as error:
            says = f"Slack does not take SLACK_BOT_TOKEN ({error.code}). {_mending(error.code)}"
        except SlackError as error:
            says = (
                f"{masked(given.slack_api_url)} does not answer ({error.code}). Check the network and SLACK_API_URL, "
                "then try again."
            )
        else:
            finding = (
                Finding("token", State.WRONG, ORG_WIDE)
                if identity.is_org_wide
                else Finding("token", State.OK, f"workspace {identity.workspace_name}")
            )
            return [finding, _scopes(identity), *machine_clock(identity, datetime.now(UTC))]
    return [
        Finding("token", State.WRONG, says),
        Finding("scopes", State.NOT_CHECKED, "the token does not work"),
    ]


def _mending(code: str) -> str:
    """Say what to do; where nothing else is known, a new token is."""
    known = meaning(code)
    if known.scope is Scope.WORKSPACE and known.remedy is not Remedy.REINSTALL:
        return remedy_for_all(code, WORDS)
    return "Install the app again and copy its new token."


def machine_clock(identity: Identity, now: datetime) -> list[Finding]:
    """Compare this machine's clock with Slack's: with a wrong one nothing that Slack signs is fresh."""
    if identity.told_at is None or abs(now - identity.told_at) < WRONG_CLOCK:
        return []
    minutes = round((now - identity.told_at) / timedelta(minutes=1))
    says = (
        f"This machine's clock is {abs(minutes)} minutes {'ahead of' if minutes > 0 else 'behind'} Slack's. Set it right: "
        "past five minutes every click is turned away."
    )
    return [Finding("machine's clock", State.WRONG, says)]


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
    if not token or settings.misdirection():
        return []
    async with open_session() as http:
        slack = Slack(given.slack_bot_token.get_secret_value(), given.slack_api_url, http)
        try:
            await socket_address(slack, token)
        except NotReadyError as error:
            return [Finding("socket mode", State.WRONG, str(error))]
        except SlackError:
            return [Finding("socket mode", State.NOT_CHECKED, "Slack does not answer")]
    return [Finding("socket mode", State.OK)]


def _grace() -> timedelta:
    try:
        return timedelta(days=settings.load().nps_grace_days)
    except SettingsError:  # which the settings' own line tells
        return timedelta(days=GRACE_DAYS)


async def _database(url: str, secret: str, now: datetime) -> list[Finding]:
    rest = ("migrations", *books.CHECKS)
    try:
        database = Database(url)
    except ValueError as error:
        wrong = Finding("database", State.WRONG, f"DATABASE_URL: {error}.")
        return [wrong, *not_checked(rest, "there is no database")]
    try:
        waiting = revisions.pending(url)
        migrations = Finding("migrations", State.OK)
        if waiting:
            says = f"{len(waiting)} to apply: run nps-bot migrate."
            migrations = Finding("migrations", State.WRONG, says)
            return [Finding("database", State.OK), migrations, *not_checked(rest[1:], "migrations wait")]
        await database.ping()
        async with database.reading() as session:
            return [
                Finding("database", State.OK),
                migrations,
                *await books.examine(session, now, _grace()),
                *await ballots.examine(session, secret),
            ]
    except DatabaseAway as away:
        says = f"{away}. Check DATABASE_URL, and that the database is running."
        return [Finding("database", State.WRONG, says), *not_checked(rest, "the database is away")]
    finally:
        await database.close()
