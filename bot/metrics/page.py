"""`/metrics`: for the bearer of one token, and nobody else."""

import hmac
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from prometheus_client.exposition import choose_encoder
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.metrics.counting import REGISTRY
from bot.metrics.waiting import Waiting

MetricsPage = Callable[[Request], Awaitable[Response]]


def metrics_page(waiting: Waiting, token: str) -> MetricsPage:
    """Show the numbers to those who know the token.

    Behind a proxy every request comes from this machine, so its address says nothing.
    """

    async def metrics(request: Request) -> Response:
        shown = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(shown, f"Bearer {token}".encode()):
            return PlainTextResponse(
                "Send NPS_METRICS_TOKEN as a bearer token.",
                HTTPStatus.UNAUTHORIZED,
                {"WWW-Authenticate": "Bearer"},
            )
        await waiting.refresh()
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(REGISTRY), headers={"Content-Type": content_type})

    return metrics
