"""A manager watches the waves, pauses, lets go on, sends again, closes early; nobody else can."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs import run_everything
from bot.sandbox.records import Message
from storage.audience import Audience
from storage.tables import Result, Wave
from storage.words import InvitationState, Rhythm
from tests.journeys.hands import (
    CLOSE,
    PAUSE,
    POST,
    RESEND,
    RESUME,
    WATCH,
    actions,
    click,
    colleagues,
    forged,
    go_to,
    posts_to,
    state_of,
    those_asked,
)
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

MANAGERS_ONLY = "Only managers can do this. Ask a workspace admin or owner."
BAD_CLICK = "I could not make sense of that click, so nothing was stored. Please try again."
PAUSED = "“Acme” is paused: nothing more is sent. `/nps resume Acme` lets it go on."
ALREADY = "“Acme” is already paused. `/nps resume Acme` lets it go on."
RESUMED = "“Acme” goes on where it stopped."
NOT_PAUSED = "“Acme” is not paused, so there is nothing to resume."
NO_WAVE = "No wave of “Acme” is open, so there is nothing to pause or to resume."
NOTHING_FAILED = "Nothing of “Acme” has failed, so there is nothing to send again."

UNCERTAIN = (
    "For 1 person Slack never confirmed the message. It may have arrived; the question stands in their App Home either "
    "way."
)


async def waves(office: Office) -> Message:
    """Type `/nps waves` as the manager and return the answer."""
    await office.command(MAYA, "waves")
    return office.slack.ephemerals(MAYA)[-1]


async def test_waves_tells_where_everybody_of_a_wave_stands(office: Office) -> None:
    abroad = colleagues(office, 2, tz="America/Los_Angeles")
    await office.open_wave(audience=Audience(people=(MAYA, ALICE, BRUNO, CHEN, *abroad)))
    office.slack.faults.answer(POST, "account_inactive", to=ALICE)
    office.slack.faults.drop_before(POST, to=CHEN)
    await office.tick()
    await office.answer({BRUNO: 9})

    said = (await waves(office)).text

    assert said.splitlines() == [
        "1 open wave",
        "Wave 1 of “Acme” is open until Monday, 7 December at 09:00.",
        "Sent to 2 of 6 · 2 to come, each in their working hours · 1 failed · 1 uncertain",
        "1 answer",
        "• 1 person: The account is deactivated. Nothing to do.",
        UNCERTAIN,
    ]


async def test_waves_tells_what_opens_next_and_what_to_type_when_nothing_is_open(office: Office) -> None:
    assert (await waves(office)).text == "No wave is open. To open one, type `/nps open NAME`."

    await office.ask_everyone(rhythm=Rhythm.MONTHLY)

    assert (await waves(office)).text.splitlines()[-2:] == [
        "What opens next",
        "• Acme: Wednesday, 23 December at 09:00",
    ]


@pytest.mark.parametrize("words", ["waves", "pause Acme", "resume Acme", "pause", "resume", "vagues"])
async def test_only_managers_watch_and_steer(office: Office, words: str) -> None:
    await office.ask_everyone()

    assert await office.command(ALICE, words) == MANAGERS_ONLY

    [wave] = await office.rows(Wave)
    assert (wave.paused_at, wave.closed_at) == (None, None)


@pytest.mark.parametrize("button", [WATCH, PAUSE, CLOSE])
async def test_a_managers_button_in_other_hands_does_nothing(office: Office, button: str) -> None:
    await office.ask_everyone()
    shown = await waves(office) if button == CLOSE else office.notice(MAYA)

    said = await office.hear(ALICE, click(office, ALICE, shown, button))

    assert said == MANAGERS_ONLY
    [wave] = await office.rows(Wave)
    assert (wave.paused_at, wave.closed_at) == (None, None)


async def test_a_pause_stops_the_sending_in_the_middle_and_resume_goes_on_with_nobody_twice(
    office_on_each: Office,
) -> None:
    office = office_on_each
    people = colleagues(office, 60)
    await office.open_wave(audience=Audience(people=tuple(people)))
    office.slack.faults.delay(POST, 0.05, times=None)
    sending = asyncio.create_task(office.tick())
    await office.slack.until(lambda: len(those_asked(office)) >= 10)

    assert await office.command(MAYA, "pause Acme") == PAUSED
    await sending
    sent = those_asked(office)
    await office.tick()

    assert 10 <= len(sent) < len(people)
    assert those_asked(office) == sent
    assert "Paused: nothing more is sent until somebody resumes it." in office.notice(MAYA).text
    assert await office.command(MAYA, "resume Acme") == RESUMED
    await office.tick()
    assert those_asked(office) == people
    assert "Sent to all 60 people." in office.notice(MAYA).text


async def test_two_clocks_that_go_on_after_a_pause_ask_nobody_twice(office_on_each: Office) -> None:
    office = office_on_each
    people = colleagues(office, 20)
    await office.open_wave(audience=Audience(people=tuple(people)))
    await office.command(MAYA, "pause Acme")
    await office.tick()
    assert those_asked(office) == []
    await office.command(MAYA, "resume Acme")

    async with office.another_app() as other:
        await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    assert those_asked(office) == people


@pytest.mark.parametrize(
    ("pause", "resume"),
    [("pause", "resume"), ("pause acme", "RESUME  Acme"), ("suspendre Acme", "reprendre")],
)
async def test_pause_and_resume_go_with_and_without_a_name_and_in_french(
    office: Office, pause: str, resume: str
) -> None:
    await office.open_wave()

    assert await office.command(MAYA, pause) == PAUSED
    assert await office.command(MAYA, pause) == ALREADY
    assert await office.command(MAYA, resume) == RESUMED
    assert await office.command(MAYA, resume) == NOT_PAUSED


async def test_the_buttons_of_the_notice_pause_and_resume(office: Office) -> None:
    await office.open_wave()

    assert await office.hear(MAYA, click(office, MAYA, office.notice(MAYA), PAUSE)) == PAUSED
    assert actions(office.notice(MAYA)) == {WATCH, RESUME}
    await office.tick()
    assert those_asked(office) == []

    assert await office.hear(MAYA, click(office, MAYA, office.notice(MAYA), RESUME)) == RESUMED
    assert actions(office.notice(MAYA)) == {WATCH, PAUSE}
    await office.tick()
    assert len(those_asked(office)) == 4


async def test_with_two_surveys_a_name_is_needed_and_one_is_paused_alone(office: Office) -> None:
    await office.open_wave("Acme")
    await office.open_wave("Beta", audience=Audience(people=(ALICE,)))

    assert await office.command(MAYA, "pause") == (
        "Which survey? Type one of these: `/nps pause Acme`, `/nps pause Beta`."
    )
    await office.command(MAYA, "pause Acme")
    await office.tick()

    assert those_asked(office) == [ALICE]


async def test_what_cannot_be_paused_says_why(office: Office) -> None:
    assert (
        await office.command(MAYA, "pause")
        == "There is no survey yet. Type `/nps new` to make the first one."
    )
    await office.a_survey()
    assert await office.command(MAYA, "pause") == NO_WAVE
    assert "Did you mean `/nps pause Acme`?" in await office.command(MAYA, "pause Acne")
    assert await office.command(MAYA, "resume Acme") == NOT_PAUSED


async def test_a_survey_with_a_rhythm_is_paused_between_two_waves_and_opens_none_until_it_is_resumed(
    office: Office,
) -> None:
    await office.ask_everyone(rhythm=Rhythm.WEEKS, every_weeks=2, wave_days=7)
    await go_to(office, MONDAY + timedelta(days=8))
    await office.command(MAYA, "pause")

    await go_to(office, MONDAY + timedelta(days=15))
    assert len(await office.rows(Wave)) == 1
    assert "Acme: paused. `/nps resume Acme` lets it go on." in (await waves(office)).text

    await office.command(MAYA, "resume")
    await office.tick()
    assert len(await office.rows(Wave)) == 2


async def test_what_slack_refused_is_sent_again_after_mending_and_only_to_those(office: Office) -> None:
    await office.open_wave()
    for user in (ALICE, CHEN):
        office.slack.faults.answer(POST, "user_not_found", to=user)
    await office.tick()
    shown = await waves(office)
    assert "• 2 people: Slack does not know this person any more. Nothing to do." in shown.text

    assert await office.hear(MAYA, click(office, MAYA, shown, RESEND)) == "I send it again to 2 people."
    await office.tick()

    assert those_asked(office) == sorted([MAYA, ALICE, BRUNO, CHEN])
    assert await office.hear(MAYA, click(office, MAYA, shown, RESEND)) == NOTHING_FAILED
    assert RESEND not in actions(await waves(office))


async def test_what_slack_refuses_again_has_failed_again(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer(POST, "user_not_found", times=2, to=ALICE)
    await office.tick()

    await click(office, MAYA, await waves(office), RESEND)
    await office.tick()

    assert await state_of(office, ALICE) is InvitationState.FAILED
    assert those_asked(office) == sorted([MAYA, BRUNO, CHEN])


async def test_what_failed_is_sent_again_in_its_persons_hours(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer(POST, "user_not_found", to=CHEN)
    await office.tick()
    office.clock.now = datetime(2026, 11, 23, 9, tzinfo=UTC)  # five in the afternoon in Shanghai
    await click(office, MAYA, await waves(office), RESEND)

    await office.tick()
    assert posts_to(office, CHEN) == []
    await go_to(office, datetime(2026, 11, 24, 1, tzinfo=UTC))
    assert len(posts_to(office, CHEN)) == 1


async def test_a_wave_is_closed_early_from_its_button_and_frozen(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3})
    shown = await waves(office)

    said = await office.hear(MAYA, click(office, MAYA, shown, CLOSE))

    assert "Wave 1 of “Acme” is closed" in said
    [result] = await office.rows(Result)
    assert (result.promoters, result.detractors, result.invited) == (1, 1, 4)
    assert await office.hear(MAYA, click(office, MAYA, shown, CLOSE)) == (
        "No wave of “Acme” is open. To open one, type `/nps open Acme`."
    )


async def test_an_old_notice_of_a_closed_wave_pauses_nothing(office: Office) -> None:
    await office.ask_everyone()
    old = office.notice(MAYA)
    await office.command(MAYA, "close")

    assert await office.hear(MAYA, click(office, MAYA, old, PAUSE)) == NO_WAVE


@pytest.mark.parametrize("value", [f"{2**40}", "2147483647", "0", "-1", "x", ""])
async def test_a_forged_button_steers_nothing(office_on_each: Office, value: str) -> None:
    office = office_on_each
    await office.ask_everyone()

    said = await office.hear(MAYA, click(office, MAYA, forged(office.notice(MAYA), PAUSE, value), PAUSE))

    assert said == BAD_CLICK
    [wave] = await office.rows(Wave)
    assert wave.paused_at is None
