"""The log of a whole day, troubles included: what happened, and never who said what."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.driving.post import signed
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from storage.database.engine import Database
from tests.journeys.office import ALICE, ASKED, BRUNO, CHEN, GENERAL, MAYA, furnish
from tests.journeys.process import MovedClock, plan_a_wave, serving

pytestmark = pytest.mark.slow

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
COMMENT = "Support never called me back"
# A database that quotes the row it refuses, as some do.
TROUBLE = """
    CREATE TRIGGER trouble BEFORE UPDATE OF score ON answers WHEN NEW.score = 1
    BEGIN SELECT RAISE(ABORT, 'no room for U2ALICE who said 1'); END
"""


async def test_the_log_names_events_and_never_who_said_what(sqlite: Database, tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "moved")
    slack = Sandbox(clock=clock)
    furnish(slack)
    slack.faults.answer("chat.postMessage", "account_inactive", to=CHEN)
    await plan_a_wave(sqlite, slack, ASKED)
    file = tmp_path / "log"

    async with running(slack):
        with file.open("wb") as log:
            async with serving(slack, sqlite, clock, log.fileno()) as process:
                await a_day(slack, SlackDriver(slack), sqlite)
                process.send_signal(signal.SIGTERM)
                await process.wait()

    said = file.read_text()
    lines: list[dict[str, Any]] = [json.loads(line) for line in said.splitlines()]
    for secret in (slack.bot_token, slack.signing_secret, COMMENT, "no room for", "Traceback", *ASKED):
        assert secret not in said
    assert all("score" not in line for line in lines)
    assert {frozenset(line) for line in lines if line["event"] == "answers.stored"} == {
        frozenset({"event", "count", "level", "timestamp"})
    }
    answers = [line for line in lines if line["event"].startswith("answer.")]
    assert {frozenset(line) for line in answers} == {frozenset({"event", "invitation", "level", "timestamp"})}
    assert {line["event"] for line in lines} >= {
        "answer.explained",
        "answers.stored",
        "invitation.delivered",
        "invitation.failed",
        "request.failed",
        "request.malformed",
        "request.refused",
        "request.turned_away",
        "run.finished",
    }


async def a_day(slack: Sandbox, driver: SlackDriver, database: Database) -> None:
    """Ask, answer, explain, read; then whatever can go wrong."""
    await slack.until(lambda: all(slack.direct_messages(one) for one in (ALICE, BRUNO)), seconds=20)
    await slack.until(lambda: bool(slack.messages(GENERAL)), seconds=20)
    question = slack.direct_messages(ALICE)[0]

    await driver.click(ALICE, question, "answer.score.3")
    await slack.until(lambda: slack.modal(ALICE) is not None)
    modal = slack.modal(ALICE)
    assert modal is not None
    await driver.submit(ALICE, modal, {"comment": COMMENT, "drivers": ["support"]})
    await driver.command(BRUNO, GENERAL, "")
    await slack.until(lambda: bool(slack.ephemerals(BRUNO)))

    await driver.click(BRUNO, question, "answer.score.9")
    await driver.command(ALICE, GENERAL, f"close {COMMENT}")
    await driver.command(MAYA, GENERAL, f"open {COMMENT}")
    nonsense = f"payload={COMMENT}"
    await driver.raw_post(nonsense, {})
    await driver.raw_post(nonsense, FORM | signed(slack.signing_secret, nonsense))
    await driver.interaction({"type": "block_actions", "user": {"id": ALICE}, "actions": [COMMENT]})
    async with database.writing() as session:
        await (await session.connection()).execute(text(TROUBLE))
    await driver.click(ALICE, question, "answer.score.1")
    await slack.until(lambda: len(slack.ephemerals(MAYA)) == 1)
