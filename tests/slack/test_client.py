"""Slack's ways to say no, sorted into three; and what is asked once and what again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.message import Message, sentence
from bot.sandbox.records import Channel, User
from bot.sandbox.server import running
from bot.sandbox.wire.serving import serve
from bot.sandbox.workspace import Sandbox
from bot.slack.client import Slack, with_or_without_chart
from bot.slack.errors import SlackBusy, SlackError, SlackRefused, SlackUnsure
from bot.slack.objects import Posted, Profile

HELLO = sentence("Hello")
POST = "chat.postMessage"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    made = Sandbox()
    made.add_user(User("U1", "ada", tz="Europe/London", locale="en-GB", is_owner=True))
    made.add_channel(Channel("C1", "general", members=("U1",)))
    made.add_channel(Channel("C2", "secret", is_private=True))
    async with running(made):
        yield made


@pytest.fixture
async def slack(sandbox: Sandbox) -> AsyncIterator[Slack]:
    async with client(f"{sandbox.url}/api/", sandbox.bot_token) as made:
        yield made


@asynccontextmanager
async def client(url: str, token: str = "") -> AsyncIterator[Slack]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=1)) as http:
        yield Slack(token or "xoxb-pretend", url, http)


@asynccontextmanager
async def answering(
    body: str, status: int = 200, kind: str = "application/json", **headers: str
) -> AsyncIterator[str]:
    """A server that gives everybody one answer."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await Request(scope, receive).body()
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            await Response(body, status, named, kind)(scope, receive, send)

    async with serve(app) as url:
        yield url


class Unwritten(str):
    """Text that may be sent, and not written out for anybody else."""

    __slots__ = ()

    def __repr__(self) -> str:
        pytest.fail("what a person reads was written out on its way to Slack")


async def test_what_is_sent_is_written_out_for_no_log(slack: Slack, sandbox: Sandbox) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": Unwritten("You chose 3")}}]

    await slack.post("U1", Message("Your answer", blocks))

    [message] = sandbox.direct_messages("U1")
    assert message.blocks[0]["text"]["text"] == "You chose 3"


async def what_comes_of(slack: Slack) -> SlackError:
    with pytest.raises(SlackError) as caught:
        await slack.post("C1", HELLO)
    return caught.value


async def test_a_post_names_where_it_stands(slack: Slack, sandbox: Sandbox) -> None:
    posted = await slack.post("U1", HELLO)

    [message] = sandbox.direct_messages("U1")
    assert posted == Posted(message.channel, message.ts)


@pytest.mark.parametrize(
    "code",
    "accesslimited account_inactive channel_not_found invalid_auth is_archived missing_scope not_in_channel token_revoked".split(),  # noqa: SIM905
)
async def test_what_somebody_must_mend_is_refused(slack: Slack, sandbox: Sandbox, code: str) -> None:
    sandbox.faults.answer(POST, code)

    said = await what_comes_of(slack)

    assert (type(said), said.code) == (SlackRefused, code)


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "request_timeout"])
async def test_what_slack_may_have_done_in_part_is_unsure(slack: Slack, sandbox: Sandbox, code: str) -> None:
    sandbox.faults.answer(POST, code)

    said = await what_comes_of(slack)

    assert (type(said), said.code) == (SlackUnsure, code)


@pytest.mark.parametrize("code", ["rate_limited", "service_unavailable", "team_added_to_org"])
async def test_what_passes_by_itself_is_busy(slack: Slack, sandbox: Sandbox, code: str) -> None:
    sandbox.faults.answer(POST, code)

    said = await what_comes_of(slack)

    assert (type(said), said.code) == (SlackBusy, code)


async def test_a_rate_limit_is_busy_and_says_how_long(slack: Slack, sandbox: Sandbox) -> None:
    sandbox.faults.rate_limit(POST, seconds=7)

    said = await what_comes_of(slack)

    assert isinstance(said, SlackBusy)
    assert (said.code, said.retry_after) == ("ratelimited", 7.0)


async def test_a_slack_that_cannot_be_reached_is_busy() -> None:
    async with answering("{}") as url:
        pass

    async with client(f"{url}/api/") as slack:
        said = await what_comes_of(slack)

    assert (type(said), said.code) == (SlackBusy, "cannot_connect")


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ("<h1>Bad gateway</h1>", 502, "text/html"),
        ("upstream connect error", 503, "text/plain"),
        ("", 500, "application/json"),
        ("half an ans", 200, "application/json"),
        ("no upstream", 200, "text/plain"),
        ("<h1>Sign in to this network</h1>", 200, "text/html"),
    ],
)
async def test_an_answer_that_is_not_slacks_own_is_unsure(body: str, status: int, kind: str) -> None:
    async with answering(body, status, kind) as url, client(f"{url}/api/") as slack:
        assert isinstance(await what_comes_of(slack), SlackUnsure)


@pytest.mark.parametrize("wait", ["soon", "Wed, 21 Oct 2026 07:28:00 GMT", "-1", "nan"])
async def test_a_rate_limit_that_names_no_number_of_seconds_is_busy_for_a_while(wait: str) -> None:
    async with (
        answering('{"ok": false, "error": "ratelimited"}', 429, Retry_After=wait) as url,
        client(f"{url}/api/") as slack,
    ):
        said = await what_comes_of(slack)

    assert isinstance(said, SlackBusy)
    assert said.retry_after is None


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_post_with_a_lost_reply_is_unsure_and_not_made_again(
    slack: Slack, sandbox: Sandbox, *, arrives: bool
) -> None:
    (sandbox.faults.drop_after if arrives else sandbox.faults.drop_before)(POST)

    said = await what_comes_of(slack)

    assert (type(said), said.code) == (SlackUnsure, "no_reply")
    assert len([call for call in sandbox.requests if call.method == POST]) == 1
    assert len(sandbox.messages("C1")) == (1 if arrives else 0)


async def test_a_reply_that_takes_too_long_is_unsure(slack: Slack, sandbox: Sandbox) -> None:
    sandbox.faults.delay(POST, 1.5)

    assert isinstance(await what_comes_of(slack), SlackUnsure)


async def test_a_question_to_slack_with_a_lost_reply_is_asked_again(slack: Slack, sandbox: Sandbox) -> None:
    sandbox.faults.drop_before("users.info")

    assert (await slack.profile("U1")).user_id == "U1"


async def test_a_person_is_described_with_what_slack_leaves_out(slack: Slack, sandbox: Sandbox) -> None:
    sandbox.add_user(User("U2", "gone", deleted=True))

    assert await slack.profile("U1") == Profile(
        "U1",
        "en-GB",
        "Europe/London",
        is_bot=False,
        is_deactivated=False,
        is_admin=True,
        is_guest=False,
        workspaces=frozenset({sandbox.team_id}),
    )
    assert await slack.profile("U2") == Profile(
        "U2",
        "en-US",
        "UTC",
        is_bot=False,
        is_deactivated=True,
        is_admin=False,
        is_guest=False,
        workspaces=frozenset({sandbox.team_id}),
    )
    assert (await slack.profile("USLACKBOT")).is_bot


async def test_everybody_is_read_page_by_page(slack: Slack, sandbox: Sandbox) -> None:
    crowd = [f"U1{number:04}" for number in range(2100)]
    for user_id in crowd:
        sandbox.add_user(User(user_id, user_id.lower()))
    sandbox.add_channel(Channel("C3", "crowd", members=tuple(crowd)))

    assert [user_id async for page in slack.members("C3") for user_id in page] == crowd
    assert {one.user_id async for page in slack.profiles() for one in page} >= set(crowd)
    assert len([call for call in sandbox.requests if call.method == "conversations.members"]) == 3


async def test_a_private_channel_is_seen_by_invitation_only(slack: Slack) -> None:
    assert await slack.can_see("C1")
    assert not await slack.can_see("C2")
    assert not await slack.can_see("C9NOWHERE")


async def test_who_we_are_comes_with_what_we_may_do(slack: Slack, sandbox: Sandbox) -> None:
    identity = await slack.identity()

    assert (identity.workspace_id, identity.workspace_name) == (sandbox.team_id, sandbox.name)
    assert identity.scopes == sandbox.scopes


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ('{"ok": false, "error": "used_url"}', 404, "used_url"),
        ('{"ok":false,"error":"invalid_blocks"}', 200, "invalid_blocks"),
        ("invalid_blocks", 500, "invalid_blocks"),
        ("<h1>Gone</h1>", 410, "http_410"),
        ("no_text", 500, "no_text"),
    ],
)
async def test_an_answer_that_slack_does_not_take_is_refused_with_its_reason(
    body: str, status: int, code: str
) -> None:
    async with answering(body, status) as url, client(url) as slack:
        with pytest.raises(SlackRefused) as caught:
            await slack.respond(url, HELLO)

    assert caught.value.code == code


@pytest.mark.parametrize("body", ["ok", '{"ok": true}', ""])
async def test_an_answer_that_slack_takes_is_taken(body: str) -> None:
    async with answering(body) as url, client(url) as slack:
        await slack.respond(url, HELLO)


@pytest.mark.parametrize("code", ["invalid_blocks", "invalid_blocks_format", "invalid_attachments"])
async def test_a_chart_that_slack_does_not_know_is_left_out(code: str) -> None:
    said: list[str] = []

    async def speak(message: Message) -> None:
        said.append(message.text)
        if message.text == "chart":
            raise SlackRefused(code)

    await with_or_without_chart(speak, lambda with_chart: Message("chart" if with_chart else "plain", []))

    assert said == ["chart", "plain"]
