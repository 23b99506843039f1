"""Every call goes through the proxy that the environment names, and to nobody but Slack."""

from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from bot.message import sentence
from bot.sandbox.records import User
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from bot.slack.client import Slack
from bot.slack.errors import SlackBusy, SlackRefused
from bot.slack.http import is_slacks, open_session, proxy_for
from tests.proxy import Proxy, proxy

HELLO = sentence("Hello")
API = "https://slack.com/api/"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    made = Sandbox()
    made.add_user(User("U1", "ada"))
    async with running(made):
        yield made


@pytest.fixture
async def gateway(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Proxy]:
    """A proxy that the environment names for everything."""
    async with proxy() as one:
        for name in ("NO_PROXY", "no_proxy", "http_proxy", "https_proxy"):
            monkeypatch.delenv(name, raising=False)
        for name in ("HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, one.url)
        yield one


async def say_everything(sandbox: Sandbox) -> None:
    """Call a method, answer at a response URL, and send a file."""
    async with open_session() as http:
        slack = Slack(sandbox.bot_token, f"{sandbox.url}/api/", http)
        posted = await slack.post("U1", HELLO)
        key = sandbox.response_urls.issue("U1", posted.channel_id, None)
        await slack.respond(f"{sandbox.url}/response/{key}", HELLO)
        await slack.send_file("U1", "answers.csv", BytesIO(b"score\n9\n"), "Here")


async def test_methods_response_urls_and_uploads_go_through_the_proxy(
    sandbox: Sandbox, gateway: Proxy
) -> None:
    await say_everything(sandbox)

    ways = [one.removeprefix(f"POST {sandbox.url}").split("/")[1] for one in gateway.asked]
    assert ways == ["api", "response", "api", "api", "upload", "api"]


async def test_half_a_character_does_not_keep_the_rest_of_a_message_back(sandbox: Sandbox) -> None:
    async with open_session() as http:
        slack = Slack(sandbox.bot_token, f"{sandbox.url}/api/", http)
        posted = await slack.post("U1", replace(HELLO, text="half \ud83d a face"))

    assert [one.text for one in sandbox.messages(posted.channel_id)] == ["half ? a face"]


async def test_no_proxy_keeps_all_of_them_from_it(
    sandbox: Sandbox, gateway: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    await say_everything(sandbox)

    assert gateway.asked == []
    assert proxy_for("wss://127.0.0.1/socket") is None


async def test_no_netrc_file_puts_a_password_of_its_own_beside_a_call(
    sandbox: Sandbox, gateway: Proxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login ada password lovelace\ndefault login any password thing\n")
    monkeypatch.setenv("NETRC", str(file))

    await say_everything(sandbox)

    spoke_for = [f"Bearer {sandbox.bot_token}", None, *[f"Bearer {sandbox.bot_token}"] * 2, None]
    assert [one.get("authorization") for one in gateway.told] == [*spoke_for, spoke_for[0]]
    assert [one.get("proxy-authorization") for one in gateway.told] == [None] * 6


async def test_a_proxys_own_address_may_hold_its_password(
    sandbox: Sandbox, gateway: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", gateway.url.replace("//", "//ada:love%40lace@"))

    await say_everything(sandbox)

    assert {one.get("proxy-authorization") for one in gateway.told} == {"Basic YWRhOmxvdmVAbGFjZQ=="}
    assert gateway.told[1].get("authorization") is None


async def test_https_goes_through_a_tunnel_and_a_web_socket_the_same_way(
    sandbox: Sandbox, gateway: Proxy
) -> None:
    host, port = sandbox.url.removeprefix("http://").split(":")
    gateway.leads_to = (host, int(port))  # which speaks no TLS

    async with open_session() as http:
        with pytest.raises(SlackBusy) as caught:
            await Slack("xoxb-pretend", "https://slack.test/api/", http).post("U1", HELLO)

    assert caught.value.code == "cannot_connect"
    assert gateway.asked == ["CONNECT slack.test:443"]
    assert proxy_for("wss://wss-primary.slack.com/link") == gateway.url


@pytest.mark.parametrize("refusal", ["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"])
async def test_a_proxy_that_opens_no_tunnel_has_taken_nothing(gateway: Proxy, refusal: str) -> None:
    gateway.refusal = refusal

    async with open_session() as http:
        with pytest.raises(SlackBusy) as caught:
            await Slack("xoxb-pretend", "https://slack.test/api/", http).post("U1", HELLO)

    assert caught.value.code == "proxy_refused"


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com/commands/T1/2/x",
        "https://hooks.slack-gov.com/actions/T1/2/x",
        "https://slack.com/x",
        "https://HOOKS.Slack.com:443/x",
    ],
)
def test_slacks_own_addresses_are_followed(url: str) -> None:
    assert is_slacks(url, API)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/x",
        "https://hooks.slack.com.example.org/x",
        "https://notslack.com/x",
        "https://slack.com@example.org/x",
        "https://example.org/hooks.slack.com",
        "https://example.org#hooks.slack.com",
        "https://hooks.slack.com:8443/x",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1/x",
        "http://localhost:port/",
        "file:///etc/passwd",
        "//hooks.slack.com/x",
        "",
    ],
)
def test_any_other_address_is_not(url: str) -> None:
    assert not is_slacks(url, API)


def test_the_host_that_slack_api_url_names_is_followed_at_its_port_alone() -> None:
    api = "http://127.0.0.1:4000/api/"
    assert is_slacks("http://127.0.0.1:4000/response/1", api)
    assert not is_slacks("http://127.0.0.1:5432/response/1", api)
    assert not is_slacks("https://127.0.0.1:4000/response/1", api)


async def test_an_answer_to_a_strangers_address_is_refused_and_never_sent(sandbox: Sandbox) -> None:
    async with proxy() as strangers, open_session() as http:
        slack = Slack(sandbox.bot_token, f"{sandbox.url}/api/", http)
        with pytest.raises(SlackRefused) as caught:
            await slack.respond(f"{strangers.url}/collect", HELLO)

        assert caught.value.code == "not_slacks_address"
        assert strangers.asked == []
