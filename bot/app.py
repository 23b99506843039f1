"""The composition root: the only place that builds real clients."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from starlette.applications import Starlette

from bot import routes
from bot.answers.tapping import batched_taps
from bot.api.endpoints import api_routes
from bot.ballots.casting import batched_ballots
from bot.database import open_database, require_migrated
from bot.errors import NotReadyError
from bot.kit.concurrency.afterwards import Afterwards
from bot.kit.concurrency.pace import SpeakingTurns
from bot.kit.request.admitting import batched_admissions
from bot.kit.services import Clock, Services
from bot.kit.views.remedy import remedy_for_all
from bot.metrics.page import metrics_page
from bot.metrics.waiting import Waiting
from bot.outward import Outward
from bot.privacy.leaving import note_removed
from bot.server.endpoints import metrics_app, web_app
from bot.server.health import Checkup
from bot.settings import Settings
from bot.slack.client import Slack
from bot.slack.errors import SlackBusy, SlackError, SlackUnsure
from bot.slack.http import open_session
from bot.slack.objects import ORG_WIDE, Identity
from bot.wording import words_for
from storage.delivery.outages import probe_now
from storage.kit.people import ensure_workspace


class TokenRefused(NotReadyError):  # noqa: N818 - named for what happened
    """Slack does not take our token; `code` is its word."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class App:
    """The whole program, built and not yet listening."""

    services: Services
    bolt: AsyncApp
    web: Starlette
    monitor: Starlette | None
    """`/metrics` on a port of its own, where the settings name one."""
    identity: Identity

    def socket(self, app_token: str) -> AsyncSocketModeHandler:
        return AsyncSocketModeHandler(self.bolt, app_token)


@asynccontextmanager
async def app_for(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[App]:
    """Build the app and check that it can serve. Raises NotReadyError with a sentence for the operator."""
    async with open_database(settings) as database, open_session() as http, Outward() as outward:
        slack = Slack(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, http)
        await require_migrated(settings.database_url)
        grace = timedelta(days=settings.nps_grace_days)
        try:
            identity = await _require_slack(slack)
        except TokenRefused as refused:
            await note_removed(database, refused.code, clock(), grace)
            raise
        async with database.writing() as session:
            await ensure_workspace(
                session, identity.workspace_id, identity.workspace_name, settings.nps_quarantine_days
            )
            # It was mended perhaps, which a restart often is for: nothing waits for the next try.
            await probe_now(session, identity.workspace_id, clock())
        taps, ballots = batched_taps(database, clock), batched_ballots(database, clock)
        services = Services(
            identity.workspace_id,
            database,
            slack,
            clock,
            settings.nps_managers,
            taps,
            ballots,
            batched_admissions(database),
            Afterwards(taps, ballots),
            SpeakingTurns(database, identity.workspace_id, settings.nps_messages_per_minute),
            outward,
            settings.secret,
            enterprise_id=identity.enterprise_id,
            grace=grace,
        )
        secret = settings.slack_signing_secret
        bolt = AsyncApp(
            name="nps-bot",  # or Bolt searches all that is imported for the file that called it
            client=services.slack.web,
            authorize=_known(identity),
            # bot/server/endpoints.py has checked the signature before Bolt sees a request; Socket Mode needs none.
            request_verification_enabled=False,
            raise_error_for_unhandled_request=True,
            # Bolt awaits what bot/routes.py registers, which returns at the acknowledgement.
            process_before_response=True,
            # A workflow's own token is handed to the one call that needs it.
            attaching_function_token_enabled=False,
        )
        routes.register(bolt, services)
        token = settings.nps_metrics_token
        waiting = Waiting(services.workspace_id, services.database, services.clock)
        metrics = metrics_page(waiting, token.get_secret_value()) if token else None
        web = web_app(
            bolt,
            Checkup(services.workspace_id, services.database, services.clock),
            secret.get_secret_value() if secret else None,
            None if settings.nps_metrics_port else metrics,
            api_routes(services),
        )
        monitor = metrics_app(metrics) if metrics and settings.nps_metrics_port else None
        try:
            yield App(services, bolt, web, monitor, identity)
        finally:
            await services.lookups.end()


def _known(identity: Identity) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Tell Bolt who we are, as Slack told at start.

    Left to itself Bolt asks with the first request, and where Slack does not answer just then, it acknowledges a tap
    that was never stored.
    """
    who = AuthorizeResult(
        enterprise_id=None, team_id=identity.workspace_id, bot_user_id=identity.bot_user_id, bot_token=None
    )

    async def authorize() -> AuthorizeResult:
        return who

    return authorize


async def _require_slack(slack: Slack) -> Identity:
    try:
        identity = await slack.identity()
    except (SlackBusy, SlackUnsure) as error:
        what_to_do = remedy_for_all(error.code, words_for(None))
        message = f"{what_to_do.removesuffix('.')} ({error.code})."
        raise NotReadyError(message) from None
    except SlackError as error:
        message = f"Slack does not take our token ({error.code}). Run nps-bot doctor to see what to do."
        raise TokenRefused(message, error.code) from None
    if identity.is_org_wide:
        raise NotReadyError(ORG_WIDE)
    return identity
