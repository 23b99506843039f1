"""A database that is saved while people tap, and put back: nothing acknowledged is missing, nothing is sent twice."""

import asyncio
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import app_for
from bot.digests.posting import WEEKLY_DIGEST
from bot.jobs import run_everything
from bot.sandbox.failures.limits import POST
from bot.server.health import beat
from bot.shell.doctor.checks import examine
from bot.shell.doing import backup
from storage.audience import Audience
from storage.backups import copies
from storage.backups.copies import Holds
from storage.database.engine import Database
from storage.tables import Outage, Pace, Run
from storage.words import Rhythm, RunState
from tests.conftest import new_database
from tests.journeys.hands import colleagues
from tests.journeys.office import ALICE, GENERAL, MAYA, MONDAY, Office, listeners_finish
from tests.journeys.stored import stored_scores
from tests.shell.conftest import settings_for

pytestmark = pytest.mark.slow

TAPS = 120


@pytest.fixture
def elsewhere(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of the same kind."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/elsewhere.db"
    else:
        with new_database(request.getfixturevalue("postgres_server")) as url:
            yield url


async def put_back(office: Office, file: Path, url: str) -> str:
    def consent(holds: Holds) -> None:
        raise AssertionError(holds)

    return await backup.put_back(url, file, office.clock.now, consent)


async def test_whatever_was_acknowledged_before_a_backup_began_is_in_it(
    office_on_each: Office, elsewhere: str, tmp_path: Path
) -> None:
    office, dice, file = office_on_each, random.Random(7), tmp_path / "saved"  # noqa: S311 - chance is all we want
    crowd = colleagues(office, 20)
    await office.ask_everyone(audience=Audience(people=tuple(crowd)))
    questions = {person: office.question(person) for person in crowd}
    acknowledged: dict[str, list[int]] = {person: [] for person in crowd}
    began_with: dict[str, int] = {}

    async def tap(person: str) -> None:
        for _ in range(TAPS // len(crowd)):
            score = dice.randint(0, 10)
            reply = await office.driver.click(person, questions[person], f"answer.score.{score}")
            assert reply.status == 200
            acknowledged[person].append(score)

    async def save() -> None:
        await office.slack.until(lambda: sum(map(len, acknowledged.values())) > TAPS // 3, seconds=30)
        began_with.update({person: len(scores) for person, scores in acknowledged.items()})
        file.touch()
        await asyncio.to_thread(copies.save, office.settings.database_url, file)

    await asyncio.gather(save(), *(tap(person) for person in crowd))
    await listeners_finish()

    with copies.opened(elsewhere, file) as saved:
        saved.restore(office.clock.now)
    restored = Database(elsewhere)
    scores = await stored_scores(restored)
    await restored.close()
    assert sum(began_with.values()) > TAPS // 3
    for person, known in began_with.items():
        if known:  # who changed their mind while it was saved may stand in it with either
            assert scores[person] in acknowledged[person][known - 1 :]


async def test_a_restored_copy_answers_the_doctor_and_sends_nothing_until_somebody_says_so(
    office_on_each: Office, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, file = office_on_each, tmp_path / "saved"
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.open_wave("Second", audience=Audience(people=(MAYA, ALICE)))
    await office.a_survey("Often", rhythm=Rhythm.WEEKS, every_weeks=1)
    await office.a_survey("Made and never opened")
    await beat(office.app.services)
    file.touch(mode=0o600)  # as the command does
    copies.save(office.settings.database_url, file)
    sent = len(office.calls(POST))
    office.clock.now += timedelta(minutes=30)

    said = await put_back(office, file, elsewhere)

    assert "Paused: “Acme”, “Second”, “Often”." in said
    monkeypatch.chdir(tmp_path)
    for name, value in settings_for(office.slack, elsewhere).items():
        monkeypatch.setenv(name, value)
    assert [one.line for one in await examine(office.clock.now) if one.state != "ok"] == []
    settings = office.settings.model_copy(update={"database_url": elsewhere})
    async with app_for(settings, office.clock) as app:
        for _ in range(3):
            await run_everything(app.services)
            office.clock.now += timedelta(hours=1)
        assert len(office.calls(POST)) == sent

        office.slack.request_url = app.web
        assert "goes on" in await office.command(MAYA, "resume Second")
        await run_everything(app.services)
        asked = [one.arguments["channel"] for one in office.calls(POST)[sent:]]
        assert {MAYA, ALICE} <= set(asked)
    scores = Database(elsewhere)
    assert await stored_scores(scores) == {ALICE: 9}
    await scores.close()


async def test_a_digest_that_fell_due_after_the_backup_is_not_posted_twice(
    office_on_each: Office, elsewhere: str, tmp_path: Path
) -> None:
    office, file = office_on_each, tmp_path / "saved"
    await office.ask_everyone()
    file.touch()
    copies.save(office.settings.database_url, file)
    office.clock.now = MONDAY + timedelta(days=7)
    await office.tick()
    assert len(office.slack.messages(GENERAL)) == 1

    await put_back(office, file, elsewhere)

    settings = office.settings.model_copy(update={"database_url": elsewhere})
    async with app_for(settings, office.clock) as app:
        await run_everything(app.services)
    assert len(office.slack.messages(GENERAL)) == 1
    again = Database(elsewhere)
    async with again.reading() as session:
        runs = await session.exec(select(Run).where(Run.job == WEEKLY_DIGEST))
        assert [run.state for run in runs] == [RunState.UNCERTAIN]
    await again.close()


async def test_an_outage_and_a_slow_pace_of_the_past_are_not_restored(
    office_on_each: Office, elsewhere: str, tmp_path: Path
) -> None:
    office, file = office_on_each, tmp_path / "saved"
    await office.open_wave()
    away = office.slack.faults.gateway(POST, 503, times=None)
    await office.tick()
    await office.app.services.pace.slow_down(3600)
    office.slack.faults.lift(away)
    assert [len(await office.rows(table)) for table in (Outage, Pace)] == [1, 1]
    file.touch()
    copies.save(office.settings.database_url, file)

    await put_back(office, file, elsewhere)

    again = Database(elsewhere)
    async with again.reading() as session:
        assert (await session.exec(select(Outage))).all() == []
        assert (await session.exec(select(Pace))).all() == []
    await again.close()
