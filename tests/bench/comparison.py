"""What `nps-bot serve` is compared with, on the same server: `python -m tests.bench.comparison WAY`.

`bare` is Bolt as its own guide shows it: it checks the signature and acknowledges, nothing else. `unstored` is Bolt behind
our own way in, which reads forms faster, waits for no acknowledgement by the clock and seldom looks for garbage: it stores
nothing, and so is what storing is fairly held against. `stored` is that with our listener up to the acknowledgement, without the calls to Slack
that follow. `cast` is the same of an anonymous answer, which comes by its window; `sealed` does all of that but storing,
and so is what a ballot's storing is fairly held against. `unremembered` is `stored` but for the memory of requests, by
which none is accepted twice.
"""

import asyncio
import re
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import logs, settings
from bot.answers import answering
from bot.app import app_for
from bot.ballots import listeners as ballots
from bot.home.listeners import Listener
from bot.ids import ActionId, Callback
from bot.kit import request
from bot.kit.concurrency.batching import Batching
from bot.kit.garbage import leave_what_stands
from bot.kit.request import checked
from bot.kit.services import Services
from bot.routes import bind
from bot.server.endpoints import web_app
from bot.server.health import Checkup
from bot.settings import Settings
from storage.ballots.casting import Cast

SCORE = re.compile(rf"^{re.escape(ActionId.SCORE)}\.")


async def bare(given: Settings) -> None:
    assert given.slack_signing_secret
    client = AsyncWebClient(given.slack_bot_token.get_secret_value(), base_url=given.slack_api_url)
    bolt = AsyncApp(client=client, signing_secret=given.slack_signing_secret.get_secret_value())

    @bolt.action(SCORE)
    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    events = Route("/slack/events", AsyncSlackRequestHandler(bolt).handle, methods=["POST"])
    await _serve(Starlette(routes=[Route("/healthz", healthz), events]), given)


async def ours(given: Settings, register: Callable[[AsyncApp, Services], object]) -> None:
    assert given.slack_signing_secret
    async with app_for(given) as app:
        services = app.services
        bolt = AsyncApp(
            client=services.slack.web, request_verification_enabled=False, process_before_response=True
        )
        register(bolt, services)
        leave_what_stands()
        await _serve(
            web_app(
                bolt,
                Checkup(services.workspace_id, services.database, services.clock),
                given.slack_signing_secret.get_secret_value(),
            ),
            given,
        )


def taps(bolt: AsyncApp, services: Services, *, listener: Listener) -> None:
    bolt.action(SCORE)(bind(services, listener, admits=False))


def votes(bolt: AsyncApp, services: Services, *, stores: bool) -> None:
    into = services if stores else replace(services, ballots=Batching(_storing_nothing))
    bolt.view(Callback.BALLOT)(bind(into, ballot_stored, admits=False))


async def _storing_nothing(cast: list[Cast]) -> list[None]:
    return [None] * len(cast)


async def ballot_stored(services: Services, ack: AsyncAck, given: request.Request) -> None:
    await ballots.store_ballot(services, given)
    await ack()


async def score_stored(services: Services, ack: AsyncAck, given: request.Request) -> None:
    invitation, _, score = given.value.partition(":")
    await answering.tap(services, given, checked.number(invitation), checked.number(score))
    await ack()


async def score_unstored(_services: Services, ack: AsyncAck, given: request.Request) -> None:
    invitation, _, score = given.value.partition(":")
    assert checked.number(invitation)
    assert checked.number(score) >= 0
    await ack()


async def score_unremembered(services: Services, ack: AsyncAck, given: request.Request) -> None:
    await score_stored(services, ack, replace(given, seen=None))


async def _serve(app: Starlette, given: Settings) -> None:
    config = uvicorn.Config(app, host=given.host, port=given.port, log_config=None, access_log=False)
    await uvicorn.Server(config).serve()


WAYS: dict[str, Callable[[Settings], Coroutine[None, None, None]]] = {
    "bare": bare,
    "unstored": partial(ours, register=partial(taps, listener=score_unstored)),
    "stored": partial(ours, register=partial(taps, listener=score_stored)),
    "sealed": partial(ours, register=partial(votes, stores=False)),
    "cast": partial(ours, register=partial(votes, stores=True)),
    "unremembered": partial(ours, register=partial(taps, listener=score_unremembered)),
}

if __name__ == "__main__":
    logs.configure()
    asyncio.run(WAYS[sys.argv[1]](settings.load()))
