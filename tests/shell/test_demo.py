"""`nps-bot demo`: it begins on a working morning, whatever the day, and its journey holds."""

import socket
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func
from sqlmodel import select

from bot.ids import ActionId
from bot.kit.rules.working_hours import USUAL
from bot.sandbox.screens.page_state import first_person
from bot.shell.demo.browser import add_controls
from bot.shell.demo.history import ask_anonymously, open_first
from bot.shell.demo.joined import where_it_stands
from bot.shell.demo.people import READER, Opinion
from bot.shell.demo.stage import latest_morning, stage
from storage.tables import Invitation, SealedBallot
from storage.words import InvitationState
from tests.shell.conftest import Shell

pytestmark = pytest.mark.slow

HOME = "Europe/Paris"
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS)
def test_it_is_half_past_nine_in_paris_on_the_latest_working_day(now: datetime) -> None:
    morning = latest_morning(now)

    in_paris = morning.astimezone(ZoneInfo("Europe/Paris"))
    assert (in_paris.hour, in_paris.minute) == (9, 30)
    assert USUAL.is_working_day(in_paris.date(), "Europe/Paris")
    # From Friday's half past nine to Monday's: three days, and an hour more where the clocks change.
    assert timedelta(0) <= now - morning < timedelta(days=3, hours=1)


async def test_the_clock_of_the_first_person_says_half_past_nine() -> None:
    async with stage() as on:
        now = on.clock()
        begins_as = on.slack.users[READER]
        newcomer = on.slack.users[first_person(on.slack)]

    for person in (begins_as, newcomer):
        there = now.astimezone(ZoneInfo(person.tz))
        assert (there.hour, there.minute) == (9, 30), person.name


async def test_a_button_says_what_it_did() -> None:
    async with stage() as on:
        add_controls(on)

        async def press(control: str) -> str:
            done = await on.slack.controls[control].press()
            moved = f"{done.moved_to.astimezone(ZoneInfo(HOME)):%a %H:%M}: " if done.moved_to else ""
            return moved + done.text

        on.clock.set(datetime(2026, 11, 24, 8, 30, tzinfo=UTC))
        assert [await press(control) for control in on.slack.controls] == [
            "None of the colleagues has a question to answer",
            "Nobody waits for a question or a reminder",
            "No digest is planned",
            "No wave is open",
            "No wave is planned",
        ]
        await open_first(on)
        # Of the eleven who may answer, six are at work by now; Inês in Lisbon is at work half an hour later.
        assert await press("answer") == "3 colleagues answered, 3 still to answer"
        assert await press("message") == "Tue 10:00: 1 message sent"
        on.slack.troubles.switch("revoked", on=True)
        assert await press("message") == "Tue 13:00: no message sent, 1 attempt failed"


async def test_a_newcomer_has_an_anonymous_question_and_a_colleague_s_ballot_is_sealed() -> None:
    async with stage() as on:
        await ask_anonymously(on, on.clock())
        waiting = await on.question_of(READER, ActionId.BALLOT_SCORE)
        assert waiting is not None
        assert "Cette question est anonyme" in waiting.text

        await on.cast(READER, waiting, Opinion(4, "Nobody may read this yet", ()))

        assert await where_it_stands(on, "Nobody may read this yet") == set()
        assert await on.question_of(READER, ActionId.BALLOT_SCORE) is None
        async with on.app.services.database.reading() as session:
            cast = (await session.exec(select(func.count()).select_from(SealedBallot))).one()
            answered = select(func.count()).where(Invitation.state == InvitationState.ANSWERED)
            assert cast == (await session.exec(answered)).one() > 5


async def test_what_a_named_answer_says_stands_where_one_looks_for_it() -> None:
    """The control: the look through everything finds what is there."""
    async with stage() as on:
        on.clock.set(datetime(2026, 11, 24, 8, 30, tzinfo=UTC))
        await open_first(on)
        await on.answer(READER, Opinion(4, "Everybody may read this", ()))
        await on.slack.until(lambda: "Everybody" in on.slack.direct_messages(READER)[-1].text)

        place = f"messages in {on.slack.direct_message_with(READER).id}"
        assert await where_it_stands(on, "Everybody may read this") == {"answers", place}


async def test_the_journey_holds_and_ends_well(shell: Shell) -> None:
    ran = await shell.nps_bot("demo", "--once", SLACK_BOT_TOKEN="", DATABASE_URL="")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("Everything happened as it should.\n")


async def test_a_taken_port_is_told_with_what_to_do(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = await shell.nps_bot("demo", "--port", str(port))

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"The pretend Slack cannot listen on port {port} (Address already in use). "
        "Choose another one with --port, or a free one with --port 0.\n"
    )


async def test_an_impossible_port_is_told_with_what_to_do(shell: Shell) -> None:
    ran = await shell.nps_bot("demo", "--port", "99999")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "Invalid value for '--port': Input should be less than or equal to 65535\n"
