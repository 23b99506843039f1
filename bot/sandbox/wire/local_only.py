"""Keep other web sites out: a page elsewhere may not reach this one through the browser (DNS rebinding)."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_local(host: str, origin: str | None) -> bool:
    """Tell whether a request with these headers comes from this machine's own page or from a program on it."""
    if _hostname(f"//{host}") not in _LOOPBACK:
        return False
    return origin is None or origin == f"http://{host}"


class LocalOnly:
    """Refuse every request whose Host or Origin is not this server on loopback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            headers = Headers(scope=scope)
            if not is_local(headers.get("host", ""), headers.get("origin")):
                refusal = PlainTextResponse("This pretend Slack answers only to its own machine.", 403)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _hostname(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
