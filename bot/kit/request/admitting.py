"""No request of Slack's is accepted twice, in whatever process: its signature is remembered while it is fresh."""

from collections.abc import Sequence
from contextlib import suppress

from bot.kit.concurrency.batching import Batching
from bot.kit.services import Services
from storage.database.engine import Database
from storage.errors import DatabaseAway
from storage.kit import seen_requests
from storage.kit.seen_requests import Seen

SEEN = "seen"
"""Where Bolt's context carries how a request was signed."""

FRESH_MINUTES = 10
"""Slack's signature is stale after five; a clock that is a little wrong adds as many."""


def batched_admissions(database: Database) -> Batching[Seen, bool]:
    """Return what remembers requests in batches, and says of each whether it came for the first time."""

    async def admit(requests: list[Seen]) -> Sequence[bool]:
        async with database.writing() as session:
            return await seen_requests.admit(session, requests)

    return Batching(admit)


async def let_come_again(services: Services, seen: Seen) -> None:
    """Forget a request that could not be served: Slack may send it again, byte for byte."""
    with suppress(DatabaseAway):  # then it was not remembered either
        async with services.database.writing() as session:
            await seen_requests.forget(session, seen)


async def forget_stale_requests(services: Services) -> None:
    """Drop the signatures that are too old to be accepted."""
    minute = int(services.clock().timestamp()) // 60
    async with services.database.writing() as session:
        await seen_requests.prune(session, minute - FRESH_MINUTES)
