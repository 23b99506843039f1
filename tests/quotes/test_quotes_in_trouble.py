"""A quote in trouble: no channel, a reply that is lost, a process that dies, a survey that pauses or goes."""

from datetime import timedelta

import pytest

from storage.tables import Quote, Run, Survey
from storage.words import QuoteState
from tests.journeys.hands import POST, click
from tests.journeys.office import ALICE, GENERAL, MAYA, SECRET, Office, listeners_finish
from tests.quotes.quotable import (
    PICK,
    TAKE_BACK,
    a_quotable,
    comments,
    pick,
    posted,
    the_quote,
)
from tests.quotes.test_quoting import SAID, beside

pytestmark = pytest.mark.slow


async def test_a_channel_that_is_archived_or_not_seen_is_told_and_another_may_be_chosen(
    office: Office,
) -> None:
    await a_quotable(office)
    office.slack.archive(GENERAL)
    await pick(office, GENERAL)
    assert "could not be posted in <#C1GENERAL>. The channel is archived." in office.news(MAYA)[-1]
    office.clock.forward(minutes=1)
    await pick(office, SECRET)
    assert "If it is private, invite me there with /invite." in office.news(MAYA)[-1]
    assert (await the_quote(office)).state is QuoteState.OFFERED

    office.slack.archive(GENERAL, archived=False)
    office.clock.forward(minutes=1)
    await pick(office, GENERAL)
    assert len(posted(office, GENERAL)) == 1


async def test_without_a_digest_a_channel_has_to_be_chosen(office: Office) -> None:
    await a_quotable(office, digest_channel=None)
    await click(office, MAYA, await comments(office), PICK)
    await office.driver.submit(MAYA, office.modal(MAYA), {})

    assert (await the_quote(office)).state is QuoteState.OFFERED


async def test_a_lost_reply_posts_nothing_twice_and_says_what_to_do(office_on_each: Office) -> None:
    office = office_on_each
    await a_quotable(office)
    office.slack.faults.drop_after(POST, to=GENERAL)
    await pick(office, GENERAL)
    await office.live_until(office.clock.now + timedelta(minutes=30), minutes=5)

    assert len(posted(office, GENERAL)) == 1
    assert [one for one in office.news(MAYA) if "Slack never confirmed a quote" in one] == office.news(MAYA)[
        -1:
    ]

    await click(office, ALICE, office.question(ALICE), TAKE_BACK)
    assert "please delete it there, if it is there." in office.news(MAYA)[-1]


async def test_a_process_that_dies_before_it_speaks_leaves_it_to_the_clock(office: Office) -> None:
    quote = await a_quotable(office)
    async with office.books.writing() as session:
        stands = await session.get_one(Quote, quote.id)
        stands.state, stands.picked_by, stands.picked_at = QuoteState.PICKED, MAYA, office.clock.now
        stands.channel_id = GENERAL
    await office.tick()
    await office.tick()

    assert len(posted(office, GENERAL)) == 1


async def test_a_process_that_dies_while_it_speaks_posts_it_no_second_time(office: Office) -> None:
    quote = await a_quotable(office)
    async with office.books.writing() as session:
        stands = await session.get_one(Quote, quote.id)
        stands.state, stands.picked_by, stands.picked_at = QuoteState.PICKED, MAYA, office.clock.now
        stands.channel_id, now = GENERAL, office.clock.now
        session.add(
            Run(
                workspace_id=stands.workspace_id,
                job="quote_posted",
                subject=quote.id,
                due_at=now,
                claimed_at=now,
                speaking_at=now,
            )
        )
    await office.live_until(office.clock.now + timedelta(minutes=10), minutes=2)

    assert posted(office, GENERAL) == []
    assert (await the_quote(office)).state is QuoteState.POSTED
    assert sum("Slack never confirmed a quote" in one for one in office.news(MAYA)) == 1


async def test_a_paused_survey_quotes_nobody_until_it_goes_on(office: Office) -> None:
    await a_quotable(office)
    await office.command(MAYA, "pause Acme")
    await pick(office, GENERAL)
    await office.tick()
    assert posted(office, GENERAL) == []
    assert f"comes in <#{GENERAL}>" in beside(await comments(office))

    await office.command(MAYA, "resume Acme")
    await office.tick()
    assert len(posted(office, GENERAL)) == 1


async def test_the_survey_that_is_deleted_takes_its_quotes_along(office_on_each: Office) -> None:
    office = office_on_each
    await a_quotable(office)
    await pick(office, GENERAL)
    await office.driver.command(MAYA, GENERAL, "delete Acme")
    await office.slack.until(lambda: "typed_name" in str(office.modal(MAYA).blocks))
    await office.driver.submit(MAYA, office.modal(MAYA), {"typed_name": "Acme"})
    await listeners_finish()
    await office.tick()

    assert (await office.rows(Survey), await office.rows(Quote)) == ([], [])
    assert [one for one in await office.rows(Run) if one.job == "quote_posted"] == []
    assert SAID not in str([one.text for one in office.slack.messages(GENERAL)])
