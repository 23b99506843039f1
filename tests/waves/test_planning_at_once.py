"""Two clocks, each a process of its own, plan two surveys of the same people at one moment: each person is asked once."""

import asyncio
import os
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.directory import Crowd
from bot.sandbox.records import Channel
from storage import waves
from storage.audience import Audience
from storage.tables import Invitation
from tests.journeys.office import MAYA, Office

pytestmark = pytest.mark.slow

PROGRAM = Path(__file__).with_name("planning_at_once.py")
ROUNDS, CLOCKS, PEOPLE, PAGE = 5, 2, 120, 10


@pytest.fixture
def quarantine_days() -> int:
    return 90


async def open_waves(office: Office, number: int) -> list[int]:
    """Open a wave of each of two surveys, of people of this round alone; nothing of it is planned yet."""
    crowd = office.slack.add_crowd(Crowd(PEOPLE, prefix=f"U9ROUND{number}"))
    office.slack.add_channel(Channel(f"C9ROUND{number}", f"round{number}", members=crowd))
    now, opened = office.clock.now, list[int]()
    for each in range(CLOCKS):
        survey = await office.a_survey(f"Survey {number} {each}", audience=Audience((f"C9ROUND{number}",)))
        async with office.books.writing() as session:
            wave = await waves.open_wave(session, survey, MAYA, now, now + timedelta(days=14))
        opened.append(wave.id)
    return opened


async def a_clock(office: Office) -> asyncio.subprocess.Process:
    given = {
        "SLACK_BOT_TOKEN": office.slack.bot_token,
        "SLACK_SIGNING_SECRET": office.slack.signing_secret,
        "SLACK_API_URL": office.settings.slack_api_url,
        "DATABASE_URL": office.settings.database_url,
        "NPS_QUARANTINE_DAYS": "90",
    }
    words = (sys.executable, "-P", str(PROGRAM), str(office.clock.now.timestamp()))
    return await asyncio.create_subprocess_exec(
        *words,
        cwd=PROGRAM.parent,
        env={**given, **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def hear(clock: asyncio.subprocess.Process, word: bytes) -> None:
    assert clock.stdout
    while (line := await clock.stdout.readline()).strip() != word:
        assert line, "the clock has ended"


async def test_two_clocks_that_plan_two_surveys_at_one_moment_ask_nobody_twice(
    office_on_each: Office,
) -> None:
    office = office_on_each
    office.slack.people_in_a_page = PAGE
    clocks = [await a_clock(office) for _ in range(CLOCKS)]
    await asyncio.gather(*(hear(clock, b"ready") for clock in clocks))

    for number in range(ROUNDS):
        for clock, wave_id in zip(clocks, await open_waves(office, number), strict=True):
            assert clock.stdin
            clock.stdin.write(f"{wave_id}\n".encode())
        await asyncio.gather(*(hear(clock, b"planned") for clock in clocks))
    for clock in clocks:
        assert clock.stdin
        clock.stdin.close()
        await clock.wait()

    asked = Counter(row.user_id for row in await office.rows(Invitation))
    assert len(asked) == ROUNDS * PEOPLE
    assert [user_id for user_id, times in asked.items() if times > 1] == []
