"""One question in a channel, for anyone there: posted once, in hours, where the app may; over when the wave is."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs import run_everything
from bot.kit.once import LEASE
from bot.sandbox.records import Channel
from bot.waves.open_question import OPEN_QUESTION
from storage.audience import Audience
from storage.kit import claims
from storage.tables import Result, Run, Wave
from storage.words import RunState
from tests.journeys.hands import POST, actions, click, go_to, open_in, posted, questions
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, MONDAY, SECRET, Office
from tests.journeys.stored import Said

pytestmark = pytest.mark.slow

SATURDAY = MONDAY - timedelta(days=2)
PATIENCE = timedelta(minutes=1)
CLOSED = "This question is closed, so it takes no more answers. Thank you for trying!"
OVER = "This question is closed. Thank you to everyone who answered!"
GOES_ON = "Wave 1 of “Acme” goes on where it stopped. Nobody gets the question twice."


async def test_the_question_is_posted_once_and_nobody_gets_a_message_of_their_own(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await open_in(office)
    for day in range(1, 14):
        await go_to(office, MONDAY + timedelta(days=day))

    assert {"open.score.0", "open.score.10"} <= actions(posted(office))
    assert posted(office).text.startswith("How likely are you to recommend Acme")
    for user in (ALICE, BRUNO, CHEN):
        assert office.read_by(user) == []
    assert "The question stands in <#C1GENERAL>; anyone there can answer." in office.notice(MAYA).text


async def test_two_clocks_post_the_question_once(office_on_each: Office) -> None:
    office = office_on_each
    await office.open_wave(audience=Audience(open_channel=GENERAL))

    async with office.another_app() as other:
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    assert "open.score.9" in actions(posted(office))


async def test_a_question_opened_at_the_weekend_waits_for_monday_at_nine_in_the_surveys_zone(
    office: Office,
) -> None:
    office.clock.now = SATURDAY
    await open_in(office)
    assert "The question comes to <#C1GENERAL> in working hours." in office.notice(MAYA).text

    await go_to(office, MONDAY - timedelta(seconds=1))
    assert questions(office) == []
    await go_to(office, MONDAY)
    assert "open.score.9" in actions(posted(office))


@pytest.mark.parametrize("closed", ["by hand", "by itself"])
async def test_when_the_wave_closes_the_buttons_go_and_a_late_tap_is_told_so(
    office: Office, closed: str
) -> None:
    await open_in(office, wave_days=2)
    old = posted(office)
    await click(office, ALICE, posted(office), "open.score.9")

    if closed == "by hand":
        await office.command(MAYA, "close")
    else:
        await go_to(office, MONDAY + timedelta(days=2))

    assert posted(office).text.endswith(OVER)
    assert actions(posted(office)) == set()
    assert await office.hear(BRUNO, click(office, BRUNO, old, "open.score.9")) != CLOSED  # in French
    assert await office.hear(CHEN, click(office, CHEN, old, "open.score.9")) == CLOSED
    assert await office.answers() == {ALICE: Said(9, None, ())}
    assert [result.invited for result in await office.rows(Result)] == [None]


async def test_a_tap_after_the_end_is_told_so_before_the_clock_has_closed_the_wave(office: Office) -> None:
    await open_in(office, wave_days=2)
    office.clock.now = MONDAY + timedelta(days=2)

    assert await office.hear(CHEN, click(office, CHEN, posted(office), "open.score.9")) == CLOSED
    assert await office.answers() == {}


def lock_out(office: Office, how: str) -> tuple[str, str, str]:
    """Keep the app out of a channel, and return which, Slack's code, and what the manager is to do."""
    if how == "private":
        code, remedy = (
            "channel_not_found",
            "I cannot see the channel. If it is private, invite me there with /invite.",
        )
        return SECRET, code, remedy
    if how == "public":
        office.slack.scopes.remove("chat:write.public")
        return GENERAL, "not_in_channel", "I am not in the channel. Invite me there with /invite."
    office.slack.archive(GENERAL)
    return GENERAL, "is_archived", "The channel is archived. Unarchive it, or make a survey with another one."


def let_in(office: Office, channel: str) -> None:
    found = office.slack.channels[channel]
    members = (*found.members, office.slack.bot_user_id)
    office.slack.add_channel(Channel(channel, found.name, members, is_private=found.is_private))


@pytest.mark.parametrize("how", ["private", "public", "archived"])
async def test_a_channel_that_shuts_the_app_out_is_told_once_and_gets_the_question_once_mended(
    office: Office, how: str
) -> None:
    channel, code, remedy = lock_out(office, how)
    await open_in(office, channel)
    for minute in range(5):
        await go_to(office, MONDAY + minute * PATIENCE)

    stopped = "Wave 1 of “Acme” waits: I could not post its question in the channel."
    told = [text for text in office.news(MAYA) if text.startswith("Wave 1 of “Acme” waits")]
    assert told == [f"{stopped} {remedy} Nothing is lost; I go on by myself as soon as it works again."]
    assert [wave.paused_for for wave in await office.rows(Wave)] == [code]
    assert office.slack.messages(channel) == []

    let_in(office, channel)
    for minute in range(5, 8):
        await go_to(office, MONDAY + minute * PATIENCE)

    assert "open.score.9" in actions(posted(office, channel))
    assert office.news(MAYA)[-1] == GOES_ON
    await click(office, MAYA, posted(office, channel), "open.score.7")
    assert await office.answers() == {MAYA: Said(7, None, ())}


@pytest.mark.parametrize("fault", ["drop_before", "drop_after"])
async def test_a_question_with_a_lost_reply_is_never_posted_twice_and_takes_answers(
    office: Office, fault: str
) -> None:
    await office.open_wave(audience=Audience(open_channel=GENERAL))
    getattr(office.slack.faults, fault)(POST, to=GENERAL)

    for minute in range(10):
        await go_to(office, MONDAY + minute * PATIENCE)

    runs = {run.job: run.state for run in await office.rows(Run)}
    assert runs["open_question"] is RunState.UNCERTAIN
    assert len(office.slack.messages(GENERAL)) == (1 if fault == "drop_after" else 0)
    [told] = [text for text in office.news(MAYA) if "Slack never told whether it posted the question" in text]
    assert "`/nps close Acme`" in told
    for message in office.slack.messages(GENERAL):
        await click(office, ALICE, message, "open.score.9")
        assert await office.answers() == {ALICE: Said(9, None, ())}

    await office.command(MAYA, "close Acme")
    assert all("This question is closed" in one.text for one in office.slack.messages(GENERAL))


async def test_of_a_question_over_which_a_process_died_the_manager_hears_once(office_on_each: Office) -> None:
    office = office_on_each
    await office.open_wave(audience=Audience(open_channel=GENERAL))
    wave = await office.newest_wave()
    async with office.books.writing() as session:
        run = await claims.claim_run(
            session, wave.workspace_id, OPEN_QUESTION, wave.id, wave.opens_at, MONDAY, LEASE
        )
        assert run is not None
        assert await claims.mark_speaking(session, run.id, MONDAY)

    for minute in range(10):
        await go_to(office, MONDAY + minute * PATIENCE)

    assert questions(office) == []
    assert sum("Slack never told whether it posted the question" in one for one in office.news(MAYA)) == 1


async def test_a_question_that_slack_was_too_busy_for_is_posted_at_the_next_look(office: Office) -> None:
    await office.open_wave(audience=Audience(open_channel=GENERAL))
    office.slack.faults.answer(POST, "service_unavailable", to=GENERAL)

    await office.tick()
    assert office.slack.messages(GENERAL) == []
    await office.tick()
    assert "open.score.9" in actions(posted(office))


async def test_the_channel_of_a_wave_that_ends_is_left_alone_when_slack_refuses_the_last_change(
    office: Office,
) -> None:
    await open_in(office, wave_days=2)
    office.slack.faults.answer("chat.update", "is_archived", to=GENERAL)

    await go_to(office, MONDAY + timedelta(days=2))

    assert [wave.closed_at for wave in await office.rows(Wave)] == [datetime(2026, 11, 25, 8, tzinfo=UTC)]
    assert await office.hear(CHEN, click(office, CHEN, posted(office), "open.score.9")) == CLOSED
