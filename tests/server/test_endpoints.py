"""The HTTP way in: health, replays, and bodies longer than any of Slack's."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib import metadata

import aiohttp
import psycopg
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import make_url

from bot.sandbox.driving.post import signed
from bot.sandbox.wire.serving import serve
from bot.server.endpoints import Replays, web_app
from bot.server.health import Checkup
from storage.database.engine import Database
from storage.kit.people import ensure_workspace
from tests.builders import WORKSPACE

SECRET = "shh"
RELEASE = metadata.version("nps-bot")
NO_SLACK = AsyncWebClient("xoxb-pretend", base_url="http://127.0.0.1:9/")


@asynccontextmanager
async def visiting(database: Database, secret: str | None = SECRET) -> AsyncIterator[aiohttp.ClientSession]:
    async with database.writing() as session:
        await ensure_workspace(session, WORKSPACE, "Acme")
    bolt = AsyncApp(client=NO_SLACK, request_verification_enabled=False)
    async with (
        serve(web_app(bolt, Checkup(WORKSPACE, database, lambda: datetime.now(UTC)), secret)) as url,
        aiohttp.ClientSession(url) as http,
    ):
        yield http


async def test_healthz_tells_that_the_database_answers(database: Database) -> None:
    async with visiting(database) as http, http.get("/healthz") as reply:
        assert (reply.status, await reply.json()) == (
            200,
            {"database": "ok", "clock": "never", "version": RELEASE},
        )


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_healthz_tells_that_the_database_is_away_and_when_it_is_back(
    database: Database, postgres_server: str
) -> None:
    name = make_url(database.url).database
    async with visiting(database) as http:
        with psycopg.connect(postgres_server, autocommit=True) as server:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            async with http.get("/healthz") as reply:
                assert (reply.status, await reply.json()) == (503, {"database": "away", "version": RELEASE})
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
        async with http.get("/healthz") as reply:
            assert reply.status == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_a_signing_secret_there_is_no_way_in(database: Database) -> None:
    async with visiting(database, secret=None) as http:
        async with http.get("/healthz") as reply:
            assert reply.status == 200
        async with http.post("/slack/events", data="payload={}") as reply:
            assert reply.status == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_body_longer_than_any_of_slacks_is_turned_away_though_it_is_signed(
    database: Database,
) -> None:
    body = "x" * 1_000_001

    async with (
        visiting(database) as http,
        http.post("/slack/events", data=body, headers=signed(SECRET, body)) as reply,
    ):
        assert reply.status == 401


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_body_without_end_is_turned_away_before_its_end(database: Database) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 100_000
            await asyncio.sleep(0)

    async with visiting(database) as http:
        try:
            async with asyncio.timeout(5), http.post("/slack/events", data=endless()) as reply:
                assert reply.status == 401
        except aiohttp.ClientConnectionError:
            pass  # the server hung up, which is as good


def test_a_signature_is_admitted_once() -> None:
    replays = Replays()

    assert [replays.admit(signature) for signature in ("a", "b", "a", "b")] == [True, True, False, False]


def test_a_signature_may_come_again_when_its_request_could_not_be_served() -> None:
    replays = Replays()
    replays.admit("a")

    replays.forget("a")
    replays.forget("never seen")

    assert replays.admit("a")


def test_signatures_are_remembered_no_longer_than_they_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    replays, begun = Replays(), time.monotonic()
    replays.admit("a")

    monkeypatch.setattr(time, "monotonic", lambda: begun + 599)
    assert not replays.admit("a")
    monkeypatch.setattr(time, "monotonic", lambda: begun + 601)
    assert replays.admit("a")
