"""Whatever a library or an error would say aloud, the log names the event and no more."""

import json
import subprocess
import sys

import pytest

from bot.logs import fault, whereabouts

QUOTE = "U1 said 3: Support never called me back"


class Quoting(Exception):  # noqa: N818
    """An error with a text that quotes what was said."""


def broken() -> None:
    raise Quoting(QUOTE)


def test_an_error_is_named_without_its_text() -> None:
    with pytest.raises(Quoting) as caught:
        broken()

    named = [fault(caught.value), *whereabouts(caught.value)]

    assert "Quoting" in named[0]
    assert any("test_logs.py" in line for line in named[1:])
    assert QUOTE not in str(named)


def run(program: str) -> list[dict[str, object]]:
    """Run a program of its own, since logging belongs to the process, and return the lines of its log."""
    ran = subprocess.run(  # noqa: S603 - the words are ours
        [sys.executable, "-c", f"from bot import logs; logs.configure()\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in ran.stderr.splitlines()]


def test_an_event_is_one_line_of_json() -> None:
    [line] = run("logs.log.info('answer.stored', invitation=7)")

    assert (line["event"], line["level"], line["invitation"]) == ("answer.stored", "info", 7)
    assert set(line) == {"event", "level", "invitation", "timestamp"}


@pytest.mark.parametrize(
    "library", ["slack_bolt.AsyncApp", "slack_sdk.web.async_client", "uvicorn.error", "apscheduler.executors"]
)
def test_libraries_that_quote_what_they_carry_are_not_heard(library: str) -> None:
    assert run(f"import logging; logging.getLogger({library!r}).error('U1 said 3')") == []


def test_an_app_that_was_built_after_the_log_was_set_up_is_not_heard_either() -> None:
    lines = run(
        "import asyncio\n"
        "from slack_bolt.async_app import AsyncApp, AsyncBoltRequest\n"
        "from slack_sdk.web.async_client import AsyncWebClient\n"
        "app = AsyncApp(client=AsyncWebClient(token='xoxb-1', base_url='http://127.0.0.1:9/'), "
        "request_verification_enabled=False)\n"
        'body = \'{"type": "event_callback", "event": {"text": "U1 said 3"}}\'\n'
        "asyncio.run(app.async_dispatch(AsyncBoltRequest(body=body)))\n"
    )

    assert lines == []


def test_what_asyncio_says_of_a_forgotten_error_does_not_quote_it() -> None:
    lines = run(
        "import asyncio, gc\n"
        "async def forgotten(): raise ValueError('U1 said 3')\n"
        "async def main():\n"
        "    task = asyncio.create_task(forgotten())\n"
        "    await asyncio.sleep(0)\n"
        "    del task; gc.collect()\n"
        "asyncio.run(main())\n"
    )

    assert "U1 said 3" not in str(lines)
    assert {line["event"] for line in lines} == {"library.spoke"}
    assert [(line["library"], line["kind"]) for line in lines] == [("asyncio", "builtins.ValueError")]


def test_the_same_line_is_not_written_without_end() -> None:
    lines = run("for _ in range(5000): logs.log.warning('request.turned_away', reason='signature')")

    assert len(lines) == 20


def test_lines_that_differ_are_all_written() -> None:
    lines = run("for one in range(100): logs.log.info('invitation.delivered', invitation=one)")

    assert [line["invitation"] for line in lines] == list(range(100))
