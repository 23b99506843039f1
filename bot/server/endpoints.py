"""The HTTP way in: signed requests from Slack at /slack/events, /healthz for a monitor, and what programs may ask."""

import asyncio
import time
from binascii import a2b_qp
from collections import OrderedDict
from collections.abc import Sequence
from http import HTTPStatus

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.kit.request.admitting import SEEN
from bot.logs import fault, log, whereabouts
from bot.metrics.page import MetricsPage
from bot.server.health import Checkup
from bot.version import version
from storage.kit.seen_requests import Seen

# Slack signs with a time, and a signature older than five minutes is stale: none need be remembered longer.
_SIGNATURE_LIVES = 5 * 60
_PAYLOAD, _OBJECT = b"payload=", b"payload=%7B"
_LONGEST_BODY = 1_000_000
_SHORT_BODY = 64_000
"""Bytes. Nearly all that Slack sends is shorter; what is longer shares what follows."""
_MOST_HELD = 8_000_000
"""Bytes of long bodies that are read at once, before anybody knows that Slack signed them."""
_BODY_WITHIN = 3.0
"""Seconds from the head of a request to its end: Slack's own patience for the whole answer."""


class Replays:
    """Remembers the signatures that were accepted while they are still fresh, so that none is accepted twice."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, float] = OrderedDict()

    def admit(self, signature: str) -> bool:
        """Return False when this signature was admitted before."""
        now = time.monotonic()
        while self._seen and next(iter(self._seen.values())) < now - 2 * _SIGNATURE_LIVES:
            self._seen.popitem(last=False)
        if signature in self._seen:
            return False
        self._seen[signature] = now
        return True

    def forget(self, signature: str) -> None:
        """Slack may send a request again that we could not serve, byte for byte, in the same second."""
        self._seen.pop(signature, None)


class Entrance:
    """Lets in what Slack signed, freshly and for the first time, and hands it to Bolt."""

    def __init__(self, bolt: AsyncApp, signing_secret: str) -> None:
        self._bolt = bolt
        self._verifier = SignatureVerifier(signing_secret)
        self._replays = Replays()
        self._reading = BodyReader()

    async def __call__(self, request: Request) -> Response:
        signature = request.headers.get("x-slack-signature", "")
        stamp = request.headers.get("x-slack-request-timestamp", "")
        if not _could_be_signed(stamp, signature):
            return _turned_away("signature")
        body = await self._reading.read(request)
        if body is None or not self._is_signed(body, stamp, signature):
            return _turned_away("signature")
        if not self._replays.admit(signature):
            return _turned_away("replay")
        try:
            asked = to_async_bolt_request(request, plain(body))
            asked.context[SEEN] = Seen(int(stamp) // 60, bytes.fromhex(signature.removeprefix("v0=")))
            answer = to_starlette_response(await self._bolt.async_dispatch(asked))
        except Exception as error:  # noqa: BLE001 - no UTF-8, no JSON, or parts that are not as Bolt takes for granted
            log.warning("request.malformed", kind=fault(error), at=whereabouts(error))
            return PlainTextResponse("This request cannot be read.", HTTPStatus.BAD_REQUEST)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._replays.forget(signature)
        return answer

    def _is_signed(self, body: bytes, stamp: str, signature: str) -> bool:
        try:
            return self._verifier.is_valid(body, stamp, signature)
        # A timestamp that is no number, or too great a one; a signature or a body that is no text.
        except (ValueError, TypeError, OverflowError):
            return False


class BodyReader:
    """Reads bodies before anybody knows who sent them, so that all of them together hold little and none takes long."""

    def __init__(self) -> None:
        self._held = 0

    async def read(self, request: Request) -> bytes | None:
        """Return the whole body; None when it is longer or slower than any of Slack's, or too many long ones come."""
        body, counted = bytearray(), 0
        try:
            async with asyncio.timeout(_BODY_WITHIN):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > _SHORT_BODY:
                        self._held += len(body) - counted
                        counted = len(body)
                    if counted > _LONGEST_BODY or self._held > _MOST_HELD:
                        return None
        except (TimeoutError, ClientDisconnect):
            return None
        finally:
            self._held -= counted
        return bytes(body)


def _could_be_signed(stamp: str, signature: str) -> bool:
    """Say of the headers alone whether it is worth reading on: whatever has none of Slack's is not read at all."""
    return bool(stamp) and signature.startswith("v0=")


def plain(body: bytes) -> bytes:
    """Take an interaction's JSON out of its form, as Bolt would.

    Bolt leaves that to urllib, which loops in Python over each "%22". Quoted-printable is the same code with another
    sign, and the standard library decodes it in C. `make bench` counts the difference among others.
    """
    if not body.startswith(_OBJECT) or b"&" in body:
        return body
    form = body.removeprefix(_PAYLOAD)
    return a2b_qp(form.replace(b"+", b" ").replace(b"=", b"%3D").replace(b"%", b"="))


def _turned_away(word: str) -> Response:
    log.warning("request.turned_away", word=word)
    return PlainTextResponse("This request does not carry Slack's signature.", HTTPStatus.UNAUTHORIZED)


def web_app(
    bolt: AsyncApp,
    checkup: Checkup,
    signing_secret: str | None,
    metrics: MetricsPage | None = None,
    api: Sequence[Route] = (),
) -> Starlette:
    """Without a signing secret (Socket Mode alone) nothing of Slack's is let in; metrics and the API are, if given."""
    release = version()

    async def healthz(_: Request) -> Response:
        health = await checkup.health()
        told = {"database": health.database, "clock": health.clock, "version": release}
        status = HTTPStatus.SERVICE_UNAVAILABLE if health.needs_restart else HTTPStatus.OK
        return JSONResponse({name: value for name, value in told.items() if value}, status)

    routes = [Route("/healthz", healthz), *api]
    if metrics:
        routes.append(_at_metrics(metrics))
    if signing_secret:
        routes.append(Route("/slack/events", Entrance(bolt, signing_secret).__call__, methods=["POST"]))
    return Starlette(routes=routes)


def metrics_app(metrics: MetricsPage) -> Starlette:
    """Make what listens at NPS_METRICS_PORT."""
    return Starlette(routes=[_at_metrics(metrics)])


def _at_metrics(metrics: MetricsPage) -> Route:
    return Route("/metrics", metrics)
