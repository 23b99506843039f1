"""A survey ends: no more waves, no more digests, its results stay; and it may be taken up again."""

from datetime import timedelta

import pytest

from storage.tables import Result, Survey, Wave
from storage.words import Rhythm
from tests.journeys.hands import click, go_to, home_of
from tests.journeys.office import ALICE, GENERAL, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)


async def test_end_asks_first_then_closes_the_open_wave_and_opens_no_more(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(rhythm=Rhythm.WEEKS, every_weeks=2)
    await office.answer({ALICE: 9})

    asked = await office.typed(MAYA, "end Acme")
    assert asked.splitlines() == [
        "End “Acme”?",
        "No more waves open, and no more digests are posted. The results stay.",
        "Wave 1 closes now. 1 person has answered. 3 have the question and have not answered yet.",
        "`/nps resume Acme` takes it up again.",
    ]
    assert (await office.newest_wave()).closed_at is None
    assert await office.agree(MAYA) == (
        "“Acme” has ended. Its results stay. `/nps resume Acme` takes it up again."
    )

    [result] = await office.rows(Result)
    assert result.promoters == 1
    await office.live_until(MONDAY + 40 * DAY, hours=12)
    assert len(await office.rows(Wave)) == 1
    # The final result once, since no digest brings it any more.
    [told] = office.slack.messages(GENERAL)
    assert told.text.startswith("Wave 1 of “Acme” is closed.")
    assert "NPS +100" in await office.typed(ALICE, "Acme")


async def test_an_ended_survey_offers_nothing_to_open_and_says_so(office: Office) -> None:
    await office.a_survey()
    await office.command(MAYA, "end")

    assert await office.typed(MAYA, "open Acme") == (
        "“Acme” has ended, so it opens no wave. `/nps resume Acme` lets it go on."
    )
    assert await office.typed(MAYA, "pause Acme") == (
        "“Acme” has already ended. `/nps resume Acme` takes it up again."
    )
    assert await office.typed(MAYA, "end Acme") == (
        "“Acme” has already ended. `/nps resume Acme` takes it up again."
    )
    home = await home_of(office, MAYA)
    assert "Ended: no more waves open." in str(home.blocks)
    assert "survey.open" not in str(home.blocks)


async def test_taken_up_a_year_later_it_asks_nobody_by_that(office: Office) -> None:
    await office.ask_everyone(rhythm=Rhythm.MONTHLY)
    await office.command(MAYA, "end")
    await go_to(office, MONDAY + 370 * DAY)

    assert await office.typed(MAYA, "resume Acme") == (
        "“Acme” is taken up again, and nobody is asked by that. `/nps open Acme` opens its next wave."
    )
    await office.tick()
    assert len(await office.rows(Wave)) == 1
    await office.live_until(MONDAY + 410 * DAY, hours=12)
    assert [one.number for one in await office.rows(Wave)] == [1, 2]


async def test_only_managers_end_and_an_old_question_ends_nothing(office: Office) -> None:
    await office.a_survey()
    await office.typed(MAYA, "end")
    asked = office.read_by(MAYA)[-1]
    assert await office.hear(ALICE, click(office, ALICE, asked, "survey.agreed_end")) == (
        "Only managers can do this. Ask a workspace admin or owner."
    )
    await office.command(MAYA, "open")

    assert await office.hear(MAYA, click(office, MAYA, asked, "survey.agreed_end")) == (
        "“Acme” has changed since I asked you, so I did nothing. `/nps end Acme` asks again."
    )
    [survey] = await office.rows(Survey)
    assert survey.ended_at is None
