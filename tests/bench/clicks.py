"""Clicks as Slack sends them: one person, one message, one button, one signature each."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from bot.answers.views import invitation
from bot.answers.views.invitation import InvitationFacts
from bot.sandbox import form
from bot.sandbox.block_kit.check import checked_message_blocks
from bot.sandbox.driving import payloads
from bot.sandbox.driving.post import PATH, signed
from bot.sandbox.records import Message, User
from bot.sandbox.workspace import Sandbox
from bot.wording import words_for
from scoring.scale import HIGHEST, LOWEST
from storage.question import Question
from storage.words import Kind

# What each person's own ids are put in place of: rendering one message a person would outlast the measurement.
_PERSON, _INVITATION = "U0SOMEBODY", 987654321
CHANNEL = "D0BENCH"
"""Where all messages stand: a click from elsewhere would change two."""
MESSAGE_TS = "1790000000."
"""How each message's timestamp begins; the invitation's id ends it."""


@dataclass(frozen=True)
class Click:
    """One person's tap on one score; `body` is the form that Slack posts."""

    invitation_id: int
    score: int
    trigger_id: str
    body: str


def user_id(invitation_id: int) -> str:
    return f"U{invitation_id:010d}"


def clicks(count: int, slack_api_url: str) -> list[Click]:
    """Let `count` people click once each, on the invitations from 1 to `count`; each may be answered at that Slack."""
    slack = Sandbox(url=slack_api_url.removesuffix("/api/"))
    slack.add_user(User(_PERSON, "somebody"))
    closes_at = datetime.now(UTC) + timedelta(days=1)
    payload_of = {score: _payload(slack, score, closes_at) for score in range(LOWEST, HIGHEST + 1)}
    return [_click(number, payload_of) for number in range(1, count + 1)]


def _click(invitation_id: int, payload_of: dict[int, str]) -> Click:
    score = invitation_id % (HIGHEST + 1)
    payload = payload_of[score].replace(_PERSON, user_id(invitation_id))
    own = payload.replace(str(_INVITATION), str(invitation_id))
    return Click(invitation_id, score, _trigger_id(invitation_id), urlencode({"payload": own}))


def _payload(slack: Sandbox, score: int, closes_at: datetime) -> str:
    facts = InvitationFacts(_INVITATION, Question(Kind.EMPLOYEES, "Acme"), closes_at)
    message = invitation.render(facts, words_for("en-US"))
    blocks = checked_message_blocks(message.blocks, charts=True, new_id=lambda: slack.new_id("b"))
    direct = slack.direct_message_with(_PERSON)
    seen = Message(direct.id, f"{MESSAGE_TS}{_INVITATION}", slack.bot_user_id, message.text, blocks)
    block_id, button = form.labelled(blocks, str(score))
    payload = payloads.block_actions(slack, _PERSON, seen, {"block_id": block_id, **button}, {})
    return json.dumps(payload | {"trigger_id": _trigger_id(_INVITATION)}).replace(direct.id, CHANNEL)


def _trigger_id(invitation_id: int) -> str:
    return f"trigger.{invitation_id}"


def requests(some: Sequence[Click], secret: str) -> list[bytes]:
    """Write each click as the bytes of an HTTP request, signed now: a signature is stale after five minutes."""
    now = time.time()
    return [request(click.body, secret, now) for click in some]


def request(body: str, secret: str, now: float) -> bytes:
    headers = {
        "Host": "127.0.0.1",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept-Encoding": "gzip,deflate",
        "Accept": "application/json,*/*",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        **signed(secret, body, now),
    }
    lines = [f"POST {PATH} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", body]
    return "\r\n".join(lines).encode()
