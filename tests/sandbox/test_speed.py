"""The pretend Slack must be faster than the app it measures."""

import json
import time
from typing import Any

from starlette.types import Message

from bot.sandbox.directory import Crowd
from bot.sandbox.records import Json
from bot.sandbox.server import sandbox_app
from bot.sandbox.workspace import Sandbox

POSTS = 1500
AT_LEAST = 800  # a second, of processor time


def invitation(number: int) -> list[Json]:
    """Return eleven buttons between two lines, as a real question has them."""
    scores = [
        {
            "type": "button",
            "action_id": f"score.{score}",
            "value": str(number),
            "text": {"type": "plain_text", "text": str(score)},
            "accessibility_label": f"{score} of 10",
        }
        for score in range(11)
    ]
    text = {"type": "mrkdwn", "text": "How likely are you to recommend Acme to a friend or colleague?"}
    return [
        {"type": "section", "text": text},
        {"type": "actions", "elements": scores[:6]},
        {"type": "actions", "elements": scores[6:]},
        {"type": "context", "elements": [text]},
    ]


async def test_it_takes_eight_hundred_messages_a_second_under_its_limits() -> None:
    sandbox = Sandbox()
    crowd = sandbox.add_crowd(Crowd(POSTS))
    sandbox.limits.enforce(posts_per_minute=1_000_000, burst=POSTS)
    app = sandbox_app(sandbox)
    bodies = [
        json.dumps({"channel": user, "text": "How likely …?", "blocks": invitation(number)}).encode()
        for number, user in enumerate(crowd)
    ]

    begun = time.process_time()
    for body in bodies:
        await post(app, sandbox.bot_token, body)
    taken = time.process_time() - begun

    assert sandbox.traffic.count("chat.postMessage", "ok") == POSTS
    assert POSTS / taken > AT_LEAST


async def post(app: Any, token: str, body: bytes) -> None:  # noqa: ANN401 - any ASGI application
    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        pass

    headers = {"host": "127.0.0.1", "content-type": "application/json", "authorization": f"Bearer {token}"}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/chat.postMessage",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    await app(scope, receive, send)
