"""A signature is admitted once, by whichever process comes first."""

import asyncio

from storage.database.engine import Database
from storage.kit import seen_requests
from storage.kit.seen_requests import Seen

ONE, TWO, THREE = (Seen(29_000_000 + number % 2, bytes([number]) * 32) for number in range(3))


async def admit(database: Database, *requests: Seen) -> list[bool]:
    async with database.writing() as session:
        return await seen_requests.admit(session, requests)


async def test_a_request_is_admitted_once(database: Database) -> None:
    assert await admit(database, ONE, TWO) == [True, True]
    assert await admit(database, TWO, THREE, ONE) == [False, True, False]


async def test_of_two_processes_at_once_one_admits(database: Database) -> None:
    other = Database(database.url.render_as_string(hide_password=False))
    came = await asyncio.gather(*(admit(one, ONE, TWO) for one in (database, other)))
    await other.close()

    assert sorted(came) == [[False, False], [True, True]]


async def test_what_could_not_be_served_may_come_again(database: Database) -> None:
    await admit(database, ONE, TWO)
    async with database.writing() as session:
        await seen_requests.forget(session, ONE)

    assert await admit(database, ONE, TWO) == [True, False]


async def test_what_is_stale_is_dropped_and_nothing_else(database: Database) -> None:
    old, new = Seen(100, b"a"), Seen(110, b"b")
    await admit(database, old, new)
    async with database.writing() as session:
        await seen_requests.prune(session, 110)

    assert await admit(database, old, new) == [True, False]
