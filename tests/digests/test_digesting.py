"""The weekly digest: in the survey's channel at its local hour, once, whatever happens to the clock."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.digests.posting import post_due_digests
from bot.sandbox.records import Message
from storage.tables import Run
from storage.words import RunState
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, MONDAY, Office
from tests.statements import statements

pytestmark = pytest.mark.slow

DUE = MONDAY + timedelta(days=7)


def digests(office: Office) -> list[Message]:
    return office.slack.messages(GENERAL)


async def weekly(office: Office) -> list[tuple[RunState, str | None]]:
    return [(run.state, run.code) for run in await office.rows(Run) if run.job == "weekly_digest"]


async def test_the_digest_is_posted_at_the_surveys_local_hour_and_not_before(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10, BRUNO: 9})

    office.clock.now = DUE - timedelta(seconds=1)
    await office.tick()
    assert digests(office) == []

    office.clock.now = DUE
    await office.tick()
    [digest] = digests(office)
    assert "Acme: NPS +100" in digest.text
    assert "2 of 4 answered (50%)" in digest.text
    assert await weekly(office) == [(RunState.DONE, None)]


async def test_who_asks_an_hour_after_the_digests_hour_reads_it_still(office: Office) -> None:
    await office.a_survey(created_at=MONDAY - timedelta(days=1))
    await office.tick()
    assert digests(office) == []

    office.clock.forward(hours=1)
    await office.command(MAYA, "open Acme")
    await office.tick()

    [digest] = digests(office)
    assert "Acme" in digest.text


async def test_the_digest_is_posted_once_however_often_the_clock_looks(office: Office) -> None:
    await office.ask_everyone()
    office.clock.now = DUE

    for _ in range(3):
        await office.tick()
        office.clock.forward(hours=3)

    assert len(digests(office)) == 1


async def test_what_is_posted_is_not_claimed_again(office: Office) -> None:
    await office.ask_everyone()
    office.clock.now = DUE
    await office.tick()
    with statements() as asked:
        await post_due_digests(office.app.services)

    assert any("FROM runs" in one.sql for one in asked)
    assert not any("INSERT INTO runs" in one.sql for one in asked)


async def test_each_week_with_news_has_its_own(office: Office) -> None:
    await office.ask_everyone(wave_days=30)

    for week, person in enumerate((ALICE, None, BRUNO)):
        if person:
            await office.answer({person: 10})
        office.clock.now = DUE + timedelta(weeks=week)
        await office.tick()

    assert ["1 new answer." in one.text for one in digests(office)] == [True, True]


async def test_a_clock_that_was_down_catches_up_within_a_day(office: Office) -> None:
    await office.ask_everyone()
    office.clock.now = DUE + timedelta(hours=23, minutes=59)

    await office.tick()

    assert len(digests(office)) == 1


async def test_a_clock_that_was_down_longer_waits_for_the_next_week(office: Office) -> None:
    await office.ask_everyone(wave_days=30)
    office.clock.now = DUE + timedelta(days=1)
    await office.tick()
    assert digests(office) == []

    office.clock.now = DUE + timedelta(days=7)
    await office.tick()
    assert len(digests(office)) == 1


async def test_a_restart_posts_nothing_again(office: Office) -> None:
    await office.ask_everyone()
    office.clock.now = DUE
    await office.tick()

    async with office.another_app() as restarted:
        office.app = restarted
        await office.tick()

    assert len(digests(office)) == 1


async def test_a_survey_made_at_its_own_hour_has_its_first_digest_a_week_later(office: Office) -> None:
    await office.ask_everyone()

    await office.tick()

    assert digests(office) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (datetime(2026, 10, 19, 7, tzinfo=UTC), datetime(2026, 10, 26, 8, tzinfo=UTC)),
        (datetime(2027, 3, 22, 8, tzinfo=UTC), datetime(2027, 3, 29, 7, tzinfo=UTC)),
    ],
    ids=["autumn", "spring"],
)
async def test_the_local_hour_stays_when_the_clocks_change(
    office: Office, before: datetime, after: datetime
) -> None:
    office.clock.now = before - timedelta(days=1)
    await office.ask_everyone(wave_days=60)
    posted = []

    for day, hour in product(range(9), range(-2, 3)):
        office.clock.now = before + timedelta(days=day, hours=hour)
        count = len(digests(office))
        if (day, hour) == (1, -2):
            await office.answer({ALICE: 10})
        await office.tick()
        if len(digests(office)) > count:
            posted.append(office.clock.now)

    assert posted == [before, after]


async def test_a_wave_that_ends_at_the_digests_hour_is_told_as_closed(office: Office) -> None:
    await office.ask_everyone(wave_days=7)
    await office.answer({ALICE: 10})
    office.clock.now = DUE

    await office.tick()

    assert "closed on 30 November 2026" in digests(office)[0].text


async def test_a_slack_without_charts_gets_the_same_digest_without_one(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10})
    office.slack.refuse_charts = True
    office.clock.now = DUE

    await office.tick()

    [digest] = digests(office)
    assert "Acme: NPS +100" in digest.text
    assert all(block["type"] != "data_visualization" for block in digest.blocks)


async def test_one_surveys_trouble_does_not_keep_the_others_from_their_digest(office: Office) -> None:
    await office.ask_everyone("Acme", digest_channel="C9NOWHERE")
    await office.ask_everyone("Mars", time_zone="Mars/Base")  # as a zone that the next tzdata drops
    await office.ask_everyone("Pulse")
    office.clock.now = DUE

    await office.tick()

    [digest] = digests(office)
    assert digest.text.startswith("Pulse")


REFUSALS = {
    "not_in_channel": "I am not in the channel. Invite me there with /invite.",
    "channel_not_found": "I cannot see the channel. If it is private, invite me there with /invite.",
    "is_archived": "The channel is archived. Unarchive it, or make a survey with another one.",
}


@pytest.mark.parametrize(("code", "remedy"), REFUSALS.items())
async def test_a_refused_digest_is_recorded_and_its_manager_told_once_what_to_do(
    office: Office, code: str, remedy: str
) -> None:
    await office.ask_everyone()
    office.slack.faults.answer("chat.postMessage", code, times=9, to=GENERAL)
    office.clock.now = DUE
    before = len(office.news(MAYA))

    await office.tick()
    await office.tick()

    assert await weekly(office) == [(RunState.FAILED, code)]
    [told] = office.news(MAYA)[before:]
    assert told == f"The digest of “Acme” could not be posted in <#{GENERAL}>. {remedy}"
    assert digests(office) == []


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_lost_reply_is_never_answered_by_a_second_digest(office: Office, *, arrives: bool) -> None:
    await office.ask_everyone()
    faults = office.slack.faults
    (faults.drop_after if arrives else faults.drop_before)("chat.postMessage", to=GENERAL)
    office.clock.now = DUE
    before = len(office.news(MAYA))

    await office.tick()
    office.clock.forward(hours=1)
    await office.tick()

    assert len(digests(office)) == (1 if arrives else 0)
    assert await weekly(office) == [(RunState.UNCERTAIN, "no_reply")]
    [told] = office.news(MAYA)[before:]
    assert told.startswith("Slack never confirmed the digest of “Acme”")
    assert "I will not post it a second time" in told


async def test_a_busy_slack_gets_the_digest_at_a_later_look(office: Office) -> None:
    await office.ask_everyone()
    office.slack.faults.rate_limit("chat.postMessage", to=GENERAL)
    office.clock.now = DUE
    before = len(office.news(MAYA))

    await office.tick()
    assert digests(office) == []
    await office.tick()

    assert len(digests(office)) == 1
    assert await weekly(office) == [(RunState.DONE, None)]
    assert office.news(MAYA)[before:] == []
