"""A program asks one person: once a key, and as gently as any other question."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from jsonschema import validate
from sqlalchemy import update

from bot.api import asking, tokens
from bot.api.views.description import ASK, DESCRIPTION
from bot.sandbox.records import User
from bot.sandbox.wire.serving import serve
from storage.audience import Audience
from storage.tables import ApiQuestion, ApiToken, Invitation, Wave
from storage.words import Rhythm, TokenScope
from tests.journeys.hands import STOP, click
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, GONE, MAYA, MONDAY, OUTSIDER, ROBOT, Office

pytestmark = pytest.mark.slow

READ, ASKS = TokenScope.READ, TokenScope.ASK


class Program:
    """Somebody else's program, with a token; each answer is held against the description."""

    def __init__(self, http: aiohttp.ClientSession, token: str, described: dict[str, Any]) -> None:
        self._http, self._described = http, described
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    async def ask(self, user: str, key: str = "k", survey: str = "Acme", **body: object) -> tuple[int, Any]:
        headers = self.headers | {"Idempotency-Key": key}
        return await self._told(
            "POST", ASK, ASK, json={"survey": survey, "user": user} | body, headers=headers
        )

    async def read(self, survey: str = "Acme", wave: str = "") -> tuple[int, Any]:
        path = "/api/v1/surveys/{name}/result"
        query = f"?wave={wave}" if wave else ""
        return await self._told("GET", path, path.format(name=survey) + query, headers=self.headers)

    async def _told(self, method: str, path: str, url: str, **sent: Any) -> tuple[int, Any]:  # noqa: ANN401
        async with self._http.request(method, url, **sent) as reply:
            told = await reply.json()
            [content] = self._described["paths"][path][method.lower()]["responses"][str(reply.status)][
                "content"
            ].items()
            assert reply.content_type == content[0]
            validate(told, content[1]["schema"] | {"components": self._described["components"]})
            return reply.status, told


@asynccontextmanager
async def a_program(office: Office, *scopes: TokenScope) -> AsyncIterator[Program]:
    _, token = await tokens.make(office.app.services, "Help desk", scopes or list(TokenScope))
    async with serve(office.app.web) as url, aiohttp.ClientSession(url) as http:
        async with http.get(DESCRIPTION) as reply:
            described = await reply.json()
        yield Program(http, token, described)


async def for_alice(office: Office) -> None:
    """Open a wave that asks Alice alone, so that a program may ask others."""
    await office.ask_everyone(audience=Audience(people=(ALICE,)))


async def test_one_person_is_asked_in_their_hours_and_the_same_key_asks_nobody_again(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await for_alice(office)
    async with a_program(office) as program:
        status, told = await program.ask(BRUNO, key="ticket-4711")
        again = await program.ask(BRUNO, key="ticket-4711")
        other = await program.ask(BRUNO, key="ticket-4712")
    await office.tick()
    await office.answer({BRUNO: 3})

    assert (status, told["user"], told["wave"]) == (201, BRUNO, 1)
    assert again == (200, told)
    assert (other[0], other[1]["code"]) == (409, "already_asked")
    assert office.asked(BRUNO) == 1
    assert (await office.answers())[BRUNO].score == 3
    assert [row.key for row in await office.rows(ApiQuestion)] == ["ticket-4711"]


async def test_who_is_asleep_is_asked_in_the_morning(office: Office) -> None:
    await for_alice(office)
    office.clock.now = MONDAY.replace(hour=19)
    async with a_program(office) as program:
        _, told = await program.ask(BRUNO)
    await office.tick()
    assert told["send_after"] == "2026-11-24T08:00:00Z"
    assert office.asked(BRUNO) == 0
    office.clock.now = MONDAY + timedelta(days=1)
    await office.tick()
    assert office.asked(BRUNO) == 1


async def test_in_a_continuous_survey_the_question_comes_now_and_not_at_the_turn_of_the_person(
    office: Office,
) -> None:
    await office.ask_everyone(audience=Audience(people=(ALICE,)), rhythm=Rhythm.CONTINUOUS)
    async with a_program(office) as program:
        assert (await program.ask(BRUNO))[1]["send_after"] == "2026-11-23T08:00:00Z"


async def test_a_key_of_another_question_is_refused(office: Office) -> None:
    await for_alice(office)
    async with a_program(office) as program:
        await program.ask(BRUNO)
        assert (await program.ask(CHEN))[1]["code"] == "key_used"
    assert {row.user_id for row in await office.rows(Invitation)} == {ALICE, BRUNO}


@pytest.mark.parametrize(
    ("user", "status", "code", "because"),
    [
        (GONE, 409, "left_out", "deactivated"),
        (ROBOT, 409, "left_out", "bot"),
        ("U0NOBODY", 404, "no_such_person", None),
        ("alice", 422, "unreadable", "user"),
    ],
)
async def test_who_may_not_be_asked_is_not(
    office: Office, user: str, status: int, code: str, because: str | None
) -> None:
    await for_alice(office)
    async with a_program(office) as program:
        told = await program.ask(user)
    assert (told[0], told[1]["code"], told[1]["because"]) == (status, code, because)
    assert {row.user_id for row in await office.rows(Invitation)} == {ALICE}


async def test_who_wants_no_questions_is_not_asked(office: Office) -> None:
    await for_alice(office)
    await click(office, ALICE, office.question(ALICE), STOP)
    await office.ask_everyone("Beta", audience=Audience(people=(BRUNO,)))
    async with a_program(office) as program:
        told = await program.ask(ALICE, survey="beta")
    assert (told[0], told[1]["because"]) == (409, "not_now")


@pytest.mark.parametrize("quarantine_days", [90])
async def test_the_quarantine_holds(office: Office) -> None:
    await for_alice(office)
    await office.ask_everyone("Beta", audience=Audience(people=(OUTSIDER,)))
    async with a_program(office) as program:
        assert (await program.ask(ALICE, survey="Beta"))[1]["because"] == "not_now"


async def test_without_an_open_wave_nobody_is_asked(office: Office) -> None:
    async with a_program(office) as program:
        assert (await program.ask(ALICE))[1]["code"] == "no_such_survey"
        await office.a_survey()
        assert (await program.ask(ALICE))[1]["code"] == "no_open_wave"
        await office.a_survey("Lobby", audience=Audience(open_channel=GENERAL))
        assert (await program.ask(ALICE, survey="Lobby"))[1]["code"] == "in_a_channel"
        await office.command(MAYA, "open Acme")
        async with office.books.writing() as session:
            await session.exec(update(Wave).values(planned_at=None))
        assert (await program.ask(OUTSIDER))[1]["code"] == "planning"
        await office.tick()
        await office.command(MAYA, "pause Acme")
        assert (await program.ask(OUTSIDER))[1]["code"] == "paused"


async def test_slack_that_does_not_answer_is_told_and_nothing_is_lost(office: Office) -> None:
    await for_alice(office)
    office.slack.add_user(User("U9NEW", "newcomer", tz="Europe/Paris"))
    faults = [office.slack.faults.server_error(one, times=None) for one in ("users.info", "users.list")]
    async with a_program(office) as program:
        assert (await program.ask("U9NEW"))[1]["code"] == "slack_away"
        for fault in faults:
            office.slack.faults.lift(fault)
        assert (await program.ask("U9NEW"))[0] == 201


async def test_no_stranger_gets_in(office: Office) -> None:
    await for_alice(office)
    async with a_program(office, READ) as program:
        assert (await program.ask(BRUNO))[1]["code"] == "out_of_scope"
        for authorization in ("", "Bearer ", "Bearer nps_" + "x" * 43, "Basic eA==", "Bearer " + "x" * 9_000):
            program.headers["Authorization"] = authorization
            assert (await program.ask(BRUNO))[1]["code"] == "no_token"
    assert {row.user_id for row in await office.rows(Invitation)} == {ALICE}


async def test_a_token_that_was_revoked_lets_nobody_in_and_what_is_kept_tells_it_not(office: Office) -> None:
    await for_alice(office)
    async with a_program(office, ASKS) as program:
        assert (await program.ask(BRUNO))[0] == 201
        [token] = await office.rows(ApiToken)
        assert token.used_at == office.clock.now
        assert program.headers["Authorization"].removeprefix("Bearer ") not in str(token.model_dump())
        await tokens.revoke(office.app.services, token.id)
        assert (await program.ask(BRUNO))[1]["code"] == "no_token"


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"x" * 10_000_000, "application/json", "too_large"),
        (b"{", "application/json", "unreadable"),
        (b"[]", "application/json", "unreadable"),
        (b"\xff", "application/json", "unreadable"),
        (b'{"survey": "Acme", "user": "U2ALICE", "score": 9}', "application/json", "unreadable"),
        (b"survey=Acme&user=U2ALICE", "application/x-www-form-urlencoded", "no_json"),
    ],
    ids=["10 MB", "cut off", "a list", "no text", "more", "a form"],
)
async def test_what_cannot_be_read_is_refused(office: Office, body: bytes, kind: str, code: str) -> None:
    _, token = await tokens.make(office.app.services, "Help desk", [ASKS])
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k", "Content-Type": kind}
    async with (
        serve(office.app.web) as url,
        aiohttp.ClientSession(url) as http,
        http.post(ASK, data=BytesIO(body), headers=headers) as reply,
    ):
        assert (await reply.json())["code"] == code


async def test_the_result_is_what_everyone_may_read(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 9, CHEN: 2})
    async with a_program(office) as program:
        status, told = await program.read("acme")
        assert (status, told["survey"], told["is_open"], told["invited"]) == (200, "Acme", True, 4)
        assert told["closes"] == "2026-12-07"
        hidden = await office.typed(OUTSIDER, "Acme")
        assert (told["nps"] is None) == ("NPS +" not in hidden)
        assert (await program.read("acme", wave="7"))[1]["code"] == "no_such_wave"
        assert (await program.read("nothing"))[1]["code"] == "no_such_survey"
    async with a_program(office, ASKS) as program:
        assert (await program.read())[1]["code"] == "out_of_scope"


async def test_after_a_month_a_key_is_forgotten(office: Office) -> None:
    await for_alice(office)
    async with a_program(office) as program:
        await program.ask(BRUNO)
        office.clock.forward(days=31)
        await office.tick()
        await asking.forget_old_keys(office.app.services)
        assert await office.rows(ApiQuestion) == []
