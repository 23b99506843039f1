"""kill −9 the moment a tap is acknowledged: whatever was acknowledged is there."""

import asyncio
from pathlib import Path

import pytest

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.driving.post import Reply
from bot.sandbox.records import Message, User
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from storage.database.engine import Database
from tests.journeys.office import GENERAL, MAYA, furnish
from tests.journeys.process import MovedClock, kill, plan_a_wave, serving
from tests.journeys.stored import stored_scores

pytestmark = pytest.mark.slow

CROWD = [f"U{number:03}" for number in range(8)]


async def test_no_acknowledged_tap_is_lost_by_a_kill(sqlite: Database, tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "moved")
    slack = Sandbox(clock=clock)
    furnish(slack)
    for person in CROWD:
        slack.add_user(User(person, person.lower(), tz="Europe/Paris"))
    await plan_a_wave(sqlite, slack, CROWD)
    driver = SlackDriver(slack)

    async with running(slack):
        async with serving(slack, sqlite, clock):
            await slack.until(lambda: all(slack.direct_messages(person) for person in CROWD), seconds=20)
        questions = {person: slack.direct_messages(person)[0] for person in CROWD}

        for score in (3, 7, 10):
            acknowledged: set[str] = set()
            async with serving(slack, sqlite, clock) as process:
                taps = [
                    asyncio.create_task(tap(driver, questions[person], person, score)) for person in CROWD
                ]
                for reply in asyncio.as_completed(taps):
                    person, answer = await reply
                    if answer.status == 200:
                        acknowledged.add(person)
                        if len(acknowledged) == 1:
                            kill(process.pid)
            assert acknowledged
            stored = await stored_scores(sqlite)
            assert {person for person in acknowledged if stored.get(person) != score} == set()

        async with serving(slack, sqlite, clock):
            await driver.command(MAYA, GENERAL, "")
            await slack.until(lambda: bool(slack.ephemerals(MAYA)), seconds=10)
        assert f"\n{len(await stored_scores(sqlite))} of " in slack.ephemerals(MAYA)[-1].text


async def tap(driver: SlackDriver, question: Message, person: str, score: int) -> tuple[str, Reply]:
    return person, await driver.click(person, question, f"answer.score.{score}")
