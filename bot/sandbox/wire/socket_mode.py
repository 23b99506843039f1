"""Socket Mode: the app connects to Slack, and what happens in the workspace travels down the wire."""

import asyncio
import secrets
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.records import Json


@dataclass(eq=False)
class SocketConnection:
    """One open WebSocket, with the envelopes the app has not acknowledged yet."""

    websocket: WebSocket
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)

    async def deliver(self, kind: str, payload: Json, retry: int, reason: str | None) -> Json:
        """Send one envelope and return the app's acknowledgement (its `payload` answers the interaction)."""
        envelope_id = secrets.token_hex(16)
        acknowledged: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self.waiting[envelope_id] = acknowledged
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": reason or ""}
        try:
            await self.websocket.send_json(envelope)
            return await acknowledged
        finally:
            del self.waiting[envelope_id]

    async def listen(self) -> None:
        """Take acknowledgements until the app hangs up."""
        try:
            while True:
                message = await self.websocket.receive_json()
                acknowledged = self.waiting.get(message.get("envelope_id", ""))
                if acknowledged is not None and not acknowledged.done():
                    acknowledged.set_result(message)
        except WebSocketDisconnect:
            for acknowledged in self.waiting.values():
                if not acknowledged.done():
                    acknowledged.set_exception(ConnectionError("the app hung up"))


def hello(app_id: str, connections: int) -> Json:
    """Build the first thing Slack says on a new connection."""
    return {
        "type": "hello",
        "num_connections": connections,
        "connection_info": {"app_id": app_id},
        "debug_info": {"host": "sandbox", "approximate_connection_time": 3600},
    }
