"""A client made from the description asks and reads, as well as it can and as badly: each answer is one that is described."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.api import tokens
from bot.api.views.description import ASK, DESCRIPTION, RESULT
from bot.sandbox.wire.serving import serve
from storage.audience import Audience
from storage.tables import ApiQuestion, Invitation
from storage.words import TokenScope
from tests.journeys.hands import colleagues
from tests.journeys.office import ALICE, BRUNO, CHEN, Office

pytestmark = pytest.mark.slow

CLIENT = Path(sys.executable).with_name("schemathesis")
SEED = "20261126"
EXAMPLES = "30"


async def tried_out(described: dict[str, Any], url: str, token: str, folder: Path) -> tuple[int | None, str]:
    """Let the client try all that the description allows, and what it does not; return its exit code and report."""
    file = folder / "openapi.json"
    file.write_text(json.dumps(described))
    process = await asyncio.create_subprocess_exec(
        CLIENT,
        *("run", str(file), "--url", url, "--header", f"Authorization: Bearer {token}"),
        *("--checks", "all", "--mode", "all", "--max-examples", EXAMPLES, "--seed", SEED, "--no-color"),
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    report, _ = await process.communicate()
    return process.returncode, report.decode()


def of_this_office(described: dict[str, Any], people: list[str]) -> dict[str, Any]:
    """Tell the client which surveys and people there are, so that it gets further than to their names."""
    asking = described["components"]["schemas"]["Asking"]["properties"]
    asking["survey"]["enum"] = ["Acme", "acme", "Beta", "nothing"]
    asking["user"]["enum"] = people
    [name] = [one for one in described["paths"][RESULT]["get"]["parameters"] if one["in"] == "path"]
    name["schema"]["enum"] = ["Acme", "acme", "Beta", "nothing"]
    return described


async def test_whatever_a_client_sends_it_gets_an_answer_that_is_described(
    office_on_each: Office, tmp_path: Path
) -> None:
    office = office_on_each
    people = [BRUNO, CHEN, *colleagues(office, 10)]
    await office.ask_everyone(audience=Audience(people=(ALICE,)))
    await office.a_survey("Beta")
    _, token = await tokens.make(office.app.services, "Help desk", list(TokenScope))

    async with serve(office.app.web) as url:
        async with aiohttp.ClientSession(url) as http, http.get(DESCRIPTION) as reply:
            described = await reply.json()
        for told in (described, of_this_office(described, [*people, "U0NOBODY"])):
            code, report = await tried_out(told, url, token, tmp_path)
            assert code == 0, report

    asked = [one.user_id for one in await office.rows(Invitation)]
    assert len(asked) == len(set(asked))
    assert set(people) & set(asked)
    assert len({one.key for one in await office.rows(ApiQuestion)}) == len(asked) - 1


async def test_a_body_that_does_not_come_is_not_waited_for(office: Office) -> None:
    _, token = await tokens.make(office.app.services, "Help desk", list(TokenScope))
    head = (
        f"POST {ASK} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: k\r\n"
        "Content-Type: application/json\r\nContent-Length: 40\r\n\r\n{"
    )
    async with serve(office.app.web) as url, asyncio.timeout(10):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        writer.write(head.encode())
        answer = await reader.readuntil(b"}")
        writer.close()

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"too_slow"' in answer
