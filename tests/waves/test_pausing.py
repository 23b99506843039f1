"""Pause is pause: no question, reminder, digest or opening until somebody resumes; every screen says the same."""

from datetime import UTC, timedelta

import pytest

from bot.shell.doctor.database import examine
from storage.tables import Wave
from storage.words import Rhythm
from tests.journeys.hands import actions, click, home_of, those_asked
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
PAUSED = "“Acme” is paused, so it opens no wave. `/nps resume Acme` lets it go on."


async def test_a_paused_survey_sends_reminds_posts_and_opens_nothing_until_it_is_resumed(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone(rhythm=Rhythm.WEEKS, every_weeks=2, wave_days=14, result_at_closing=True)
    await office.answer({ALICE: 9})
    await office.command(MAYA, "pause")
    heard = len(office.slack.messages(GENERAL))
    asked = those_asked(office)

    await office.live_until(MONDAY + 29 * DAY, hours=12)

    assert those_asked(office) == asked
    assert [one for one in office.slack.direct_messages(BRUNO) if one.thread_ts] == []
    assert len(office.slack.messages(GENERAL)) == heard
    assert len(await office.rows(Wave)) == 1
    await office.typed(MAYA, "resume")
    await office.tick()
    assert len(await office.rows(Wave)) == 2


async def test_open_on_a_paused_survey_offers_to_resume_it(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(rhythm=Rhythm.MONTHLY)
    await office.command(MAYA, "close")
    await office.command(MAYA, "pause")

    assert await office.typed(MAYA, "open") == PAUSED
    offer = office.read_by(MAYA)[-1]
    assert actions(offer) == {"wave.resume"}
    assert await office.hear(MAYA, click(office, MAYA, offer, "wave.resume")) == (
        "“Acme” goes on where it stopped."
    )
    assert (await office.command(MAYA, "open")).startswith("Wave 2 of “Acme” is open.")


async def test_what_was_asked_before_the_pause_opens_nothing_after_it(office_on_each: Office) -> None:
    office = office_on_each
    await office.a_survey(rhythm=Rhythm.MONTHLY)
    await office.typed(MAYA, "open")
    asked = office.read_by(MAYA)[-1]
    await office.typed(MAYA, "pause")

    assert await office.hear(MAYA, click(office, MAYA, asked, "wave.agreed_open")) == PAUSED
    assert await office.rows(Wave) == []


@pytest.mark.parametrize("is_open", [False, True], ids=["between two waves", "within a wave"])
async def test_waves_home_list_and_doctor_say_that_it_is_paused(
    office: Office,
    is_open: bool,  # noqa: FBT001 - one of the parameters
) -> None:
    await office.ask_everyone(rhythm=Rhythm.MONTHLY)
    if not is_open:
        await office.command(MAYA, "close")
    await office.command(MAYA, "pause")

    assert "Acme: paused. `/nps resume Acme` lets it go on." in await office.typed(MAYA, "waves")
    assert "Paused: nothing is sent until somebody resumes it." in await office.typed(MAYA, "list")
    home = str((await home_of(office, MAYA)).blocks)
    assert "Paused: nothing is sent until somebody resumes it." in home
    assert "survey.open" not in home
    async with office.books.reading() as session:
        found = [
            one for one in await examine(session, office.clock.now.astimezone(UTC)) if one.check == "surveys"
        ]
    assert [one.says for one in found] == [
        "“Acme” is paused since 2026-11-23 08:00 UTC: nothing of it is sent, posted or opened."
    ]
