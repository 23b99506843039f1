"""Somebody reads before and after a colleague's tap, and guesses what the colleague chose."""

import re
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.digests.views import digest
from bot.digests.views.digest_facts import DigestFacts
from bot.reports.results import Detail, closed_told, drivers_told, newest_told
from bot.reports.rules.gate import Reader
from bot.reports.rules.trending import WAVES_SHOWN
from bot.reports.views import drivers, report, survey_list, trend
from bot.reports.views.drivers import DriversFacts
from bot.reports.views.report import ReportFacts
from bot.reports.views.survey_list import SurveyFacts
from bot.reports.views.trend import TrendFacts
from bot.wording import words_for
from scoring.scale import Category, category_of
from storage.answers import store_taps
from storage.database.engine import Database
from storage.tables import Result, Survey, Wave
from storage.waves.closing import close_wave
from storage.words import Kind
from tests.builders import MONDAY, a_stored_survey, a_tap, a_wave, invitations_of

pytestmark = pytest.mark.slow

ENGLISH = words_for("en-US")
PEOPLE = [f"U{number}" for number in range(40)]
WAVES = 5
"""Of forty people each: 200 answers."""

# What each category is chosen with: 45, 35 and 20 of a hundred.
SCORES = [*[9] * 25, *[10] * 20, *[8] * 20, *[7] * 15, *[6] * 8, *[3] * 7, *[0] * 5]
GUESS = Category.PROMOTER
"""What somebody says who knows nothing: the most frequent one."""


async def read(session: AsyncSession, survey: Survey, reader: Reader) -> str:
    """Give all that this reader can see: card, list, digest, trend and drivers."""
    zone = ZoneInfo("UTC")
    wave = await newest_told(session, survey, reader, zone, detail=Detail.MENTIONS)
    reasons = await drivers_told(session, survey, reader, zone)
    if wave is None or reasons is None:
        return ""
    closed = await closed_told(session, survey, reader, zone, WAVES_SHOWN)
    seen = [
        report.render(ReportFacts(survey.id, survey.name, wave), ENGLISH).text,
        survey_list.survey_text(SurveyFacts(survey.id, survey.name, wave), ENGLISH),
        digest.render(DigestFacts(survey.name, wave, new_answers=1), ENGLISH).text,
        trend.render(TrendFacts(survey.name, closed), ENGLISH).text,
        drivers.render(DriversFacts(survey.name, reasons), ENGLISH).text,
    ]
    return "\n".join(seen)


@dataclass
class Attacker:
    """Keeps what was read before, and tells the category of the answer that came since."""

    before: str = ""
    right: int = 0

    def guess(self, now: str) -> Category:
        gained = {
            category: _count(now, name) - _count(self.before, name)
            for category, name in {
                Category.PROMOTER: "Promoters",
                Category.PASSIVE: "Passives",
                Category.DETRACTOR: "Detractors",
            }.items()
        }
        one_more = [category for category, more in gained.items() if more == 1]
        return one_more[0] if len(one_more) == 1 and sum(gained.values()) == 1 else GUESS


def _count(text: str, name: str) -> int:
    """Read the count of a category of the wave that is open, which stands first."""
    own = text.partition("Wave ")[2].partition("\nWave ")[0]
    found = re.search(rf"^{name} \(.*\): (\d+),", own, re.MULTILINE)
    return int(found[1]) if found else 0


async def right_guesses(database: Database, reader: Reader, kind: Kind = Kind.EMPLOYEES) -> tuple[int, int]:
    """Play five waves; return how many of 200 guesses are right, and how many would be of one who reads nothing."""
    dice, attacker, blind = Random(1), Attacker(), 0  # noqa: S311 - a seeded game
    async with database.writing() as session:
        survey = await a_stored_survey(session, kind=kind)
        for number in range(WAVES):
            now = MONDAY + timedelta(weeks=number)
            wave = await a_wave(session, PEOPLE, survey=survey, opens_at=now)
            invited = await invitations_of(session, wave)
            attacker.before = await read(session, survey, reader)
            for person in dice.sample(PEOPLE, len(PEOPLE)):
                score = dice.choice(SCORES)
                await store_taps(session, [a_tap(invited[person], score)], now)
                now_read = await read(session, survey, reader)
                guess, attacker.before = attacker.guess(now_read), now_read
                attacker.right += guess is category_of(score)
                blind += GUESS is category_of(score)
            await close_wave(session, wave.id, now + timedelta(days=6))
    return attacker.right, blind


# What is read is the same on both databases: the shorter one plays.
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_one_database
@pytest.mark.parametrize("reader", [Reader.GUEST, Reader.MEMBER, Reader.CHANNEL])
async def test_whoever_should_not_know_guesses_as_one_who_reads_nothing(
    database: Database, reader: Reader
) -> None:
    right, blind = await right_guesses(database, reader)
    assert right == blind < 110


@on_one_database
async def test_a_manager_knows_each_answer(database: Database) -> None:
    right, _ = await right_guesses(database, Reader.MANAGER)
    assert right == len(PEOPLE) * WAVES


@on_one_database
async def test_of_customers_a_member_knows_each_answer_too(database: Database) -> None:
    """The control: the attack works where a survey tells its number at once."""
    right, _ = await right_guesses(database, Reader.MEMBER, kind=Kind.CUSTOMERS)
    assert right == len(PEOPLE) * WAVES


@pytest.mark.parametrize("reader", [Reader.MEMBER, Reader.CHANNEL])
async def test_what_is_read_while_a_wave_is_open_is_the_same_whatever_was_chosen(
    database: Database, reader: Reader
) -> None:
    seen = set()
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await a_wave(session, PEOPLE, survey=survey)
        invited = await invitations_of(session, wave)
        await store_taps(session, [a_tap(invited[person], 9) for person in PEOPLE[:20]], MONDAY)
        for score in range(11):
            await store_taps(session, [a_tap(invited[PEOPLE[20]], score)], MONDAY)
            seen.add(await read(session, survey, reader))
    assert len(seen) == 1


async def test_a_wave_that_is_closed_a_second_time_tells_no_single_answer(database: Database) -> None:
    seen = {}
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await a_wave(session, PEOPLE, survey=survey)
        invited = await invitations_of(session, wave)
        mixed = zip(PEOPLE, [10, 9, 8, 7, 6, 3, 9, 10, 8, 2, 9, 7], strict=False)
        await store_taps(session, [a_tap(invited[person], score) for person, score in mixed], MONDAY)
        await close_wave(session, wave.id, MONDAY + timedelta(days=1))
        await session.refresh(wave)
        first = await read(session, survey, Reader.MEMBER)
        for score in (0, 8, 10):
            await _reopen(session, wave)
            await store_taps(session, [a_tap(invited[PEOPLE[30]], score)], MONDAY + timedelta(days=1))
            await close_wave(session, wave.id, MONDAY + timedelta(days=2))
            await session.refresh(wave)
            seen[score] = await read(session, survey, Reader.MEMBER)
        manager = await read(session, survey, Reader.MANAGER)
    assert len(set(seen.values())) == 1
    assert "12 of 12 answered" in first
    assert "12 of 12 answered" in seen[0]
    assert "It changes once they are 5 or more." in seen[0]
    assert "13 of 13 answered" in manager


async def _reopen(session: AsyncSession, wave: Wave) -> None:
    """Let a closed wave take answers again, as reopening does."""
    await session.exec(update(Wave).where(col(Wave.id) == wave.id).values(closed_at=None))
    await session.exec(delete(Result).where(col(Result.wave_id) == wave.id))
    await session.refresh(wave)
