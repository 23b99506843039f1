"""The pretend Slack as one web application: its Web API, its response URLs, its socket and its page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from .screens.page_routes import page_routes
from .web_api.dispatch import answer_api, answer_response_url, answer_upload
from .wire.local_only import LocalOnly
from .wire.serving import serve
from .wire.socket_mode import SocketConnection, hello
from .workspace import Sandbox


def sandbox_app(sandbox: Sandbox) -> Starlette:
    """Build the application that plays Slack for this workspace."""

    async def api(request: Request) -> Response:
        return await answer_api(sandbox, request)

    async def upload(request: Request) -> Response:
        return await answer_upload(sandbox, request)

    async def response(request: Request) -> Response:
        return await answer_response_url(sandbox, request)

    async def socket(websocket: WebSocket) -> None:
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in sandbox.socket_tickets:
            await websocket.close()
            return
        sandbox.socket_tickets.discard(ticket)
        await websocket.accept()
        connection = SocketConnection(websocket)
        sandbox.sockets.append(connection)
        try:
            await websocket.send_json(hello(sandbox.app_id, len(sandbox.sockets)))
            sandbox.changed()
            await connection.listen()
        finally:
            sandbox.sockets.remove(connection)

    return Starlette(
        routes=[
            Route("/api/{method}", api, methods=["GET", "POST"]),
            Route("/upload/{ticket}", upload, methods=["POST"]),
            Route("/response/{key}", response, methods=["POST"]),
            WebSocketRoute("/socket", socket),
            *page_routes(sandbox),
        ],
        middleware=[Middleware(LocalOnly)],
    )


@asynccontextmanager
async def running(sandbox: Sandbox, port: int = 0) -> AsyncIterator[str]:
    """Serve the workspace on loopback and yield its address, which `sandbox.url` then holds too."""
    async with serve(sandbox_app(sandbox), port=port) as url:
        sandbox.url = url
        try:
            yield url
        finally:
            await _abandon(sandbox.unheard)


async def _abandon(tasks: set[asyncio.Task[object]]) -> None:
    waiting = list(tasks)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
