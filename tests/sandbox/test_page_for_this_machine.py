"""The page itself, and who may open it: this machine, and no other site."""

import aiohttp
import pytest

from bot.sandbox.wire.local_only import is_local
from bot.sandbox.workspace import Sandbox


async def test_the_page_itself_is_served(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    for path, kind in (("/", "text/html"), ("/page.css", "text/css"), ("/page.js", "text/javascript")):
        async with session.get(sandbox.url + path) as reply:
            assert (reply.status, reply.content_type) == (200, kind)


@pytest.mark.parametrize(
    ("host", "origin", "local"),
    [
        ("127.0.0.1:8000", None, True),
        ("localhost:8000", "http://localhost:8000", True),
        ("[::1]:8000", None, True),
        ("nps.example:8000", None, False),
        ("127.0.0.1.nps.example", None, False),
        ("127.0.0.1:8000", "http://nps.example", False),
        ("127.0.0.1:8000", "http://127.0.0.1:9000", False),
        ("127.0.0.1:8000", "null", False),
        ("[", None, False),
        ("", None, False),
    ],
)
def test_only_this_machine_and_this_page_may_ask(host: str, origin: str | None, *, local: bool) -> None:
    assert is_local(host, origin) is local


async def test_another_site_that_borrows_the_address_is_refused(
    sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    for headers in ({"Host": "nps.example"}, {"Origin": "http://nps.example"}):
        async with session.get(f"{sandbox.url}/page/state?as=U0BEN", headers=headers) as reply:
            assert reply.status == 403
