"""An audience that Slack no longer tells: its wave waits, the manager is told once what to do, and mending is enough."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.jobs import run_everything
from bot.sandbox.records import Channel, UserGroup
from bot.sandbox.workspace import Sandbox
from storage.audience import Audience
from storage.tables import Wave
from storage.words import Rhythm
from tests.journeys.hands import go_to, those_asked
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, SECRET, Office

pytestmark = pytest.mark.slow

DUE = MONDAY + timedelta(days=14)
PATIENCE = timedelta(minutes=1)
WAITS = "Wave 2 of “Acme” waits: I could not read who is in its audience. {remedy} Nothing is lost; I go on by myself "
WAITS += "as soon as it works again."
GOES_ON = "Wave 2 of “Acme” goes on where it stopped. Nobody gets the question twice."


@dataclass(frozen=True)
class Trouble:
    """An audience that can be read, how it is lost and found, and what the manager is told to do meanwhile."""

    audience: Audience
    code: str
    remedy: str
    begin: Callable[[Sandbox], object]
    end: Callable[[Sandbox], object]


def group(slack: Sandbox) -> object:
    return slack.add_user_group(UserGroup("S1", "Support", "support", (ALICE, CHEN)))


def secret(slack: Sandbox, *members: str) -> object:
    return slack.add_channel(Channel(SECRET, "secret", (ALICE, CHEN, *members), is_private=True))


TROUBLES = {
    "a private channel that the app was removed from": Trouble(
        Audience(channels=(SECRET,)),
        "channel_not_found",
        "I cannot see the channel. If it is private, invite me there with /invite.",
        secret,
        lambda slack: secret(slack, slack.bot_user_id),
    ),
    "a user group that vanished": Trouble(
        Audience(user_groups=("S1",)),
        "no_such_subteam",
        "The user group is gone. Make a survey with another one.",
        lambda slack: slack.remove_user_group("S1"),
        group,
    ),
    "a permission that was taken away": Trouble(
        Audience(user_groups=("S1",)),
        "missing_scope",
        "I lack a permission. Reinstall the app with the manifest that `nps-bot manifest` prints.",
        lambda slack: slack.scopes.remove("usergroups:read"),
        lambda slack: slack.scopes.add("usergroups:read"),
    ),
}


@pytest.fixture(params=list(TROUBLES.values()), ids=list(TROUBLES))
def trouble(request: pytest.FixtureRequest) -> Trouble:
    found: Trouble = request.param
    return found


async def after_a_wave(office: Office, trouble: Trouble) -> None:
    """Ask an audience every two weeks, and stop between the first wave and the second."""
    group(office.slack)
    secret(office.slack, office.slack.bot_user_id)
    await office.ask_everyone(audience=trouble.audience, rhythm=Rhythm.WEEKS, every_weeks=2, wave_days=7)
    await go_to(office, MONDAY + timedelta(days=8))


def told(office: Office) -> list[str]:
    return [text for text in office.news(MAYA) if "waits" in text or "goes on where" in text]


async def test_a_wave_that_lost_its_audience_waits_and_goes_on_by_itself_once_it_is_found(
    office: Office, trouble: Trouble
) -> None:
    await after_a_wave(office, trouble)
    trouble.begin(office.slack)

    for minute in range(10):
        await go_to(office, DUE + minute * PATIENCE)

    assert [wave.paused_for for wave in await office.rows(Wave)] == [None, trouble.code]
    assert told(office) == [WAITS.format(remedy=trouble.remedy)]
    assert f"I had to stop. {trouble.remedy}" in office.notice(MAYA).text
    assert those_asked(office) == [ALICE, CHEN]

    trouble.end(office.slack)
    for minute in range(10, 13):
        await go_to(office, DUE + minute * PATIENCE)

    assert told(office)[1:] == [GOES_ON]
    assert those_asked(office) == [ALICE, ALICE, CHEN, CHEN]
    assert "Sent to all 2 people." in office.notice(MAYA).text


async def test_two_clocks_tell_of_it_once_and_plan_it_once(office_on_each: Office) -> None:
    office, trouble = office_on_each, TROUBLES["a user group that vanished"]
    await after_a_wave(office, trouble)
    trouble.begin(office.slack)

    async with office.another_app() as other:
        for minute in range(6):
            if minute == 3:
                trouble.end(office.slack)
            office.clock.now = DUE + minute * PATIENCE
            await asyncio.gather(run_everything(office.app.services), run_everything(other.services))

    assert told(office) == [WAITS.format(remedy=trouble.remedy), GOES_ON]
    assert those_asked(office) == [ALICE, ALICE, CHEN, CHEN]


async def test_opening_by_hand_says_at_once_what_to_do_and_leaves_no_wave(
    office: Office, trouble: Trouble
) -> None:
    group(office.slack)
    secret(office.slack, office.slack.bot_user_id)
    trouble.begin(office.slack)
    await office.a_survey(audience=trouble.audience)

    assert trouble.remedy in await office.command(MAYA, "open Acme")
    assert await office.rows(Wave) == []

    trouble.end(office.slack)
    assert await office.command(MAYA, "open Acme") == (
        "Wave 1 of “Acme” is open. I keep you posted in my messages to you."
    )


async def test_an_audience_found_empty_takes_the_wave_back_and_says_so(office: Office) -> None:
    trouble = TROUBLES["a user group that vanished"]
    await after_a_wave(office, trouble)
    trouble.begin(office.slack)
    await go_to(office, DUE)
    await go_to(office, DUE + PATIENCE)

    office.slack.add_user_group(UserGroup("S1", "Support", "support", ()))
    for minute in range(2, 5):
        await go_to(office, DUE + minute * PATIENCE)

    assert len(await office.rows(Wave)) == 1
    assert len([text for text in office.news(MAYA) if text.startswith("There is nobody to ask for")]) == 1
    assert those_asked(office) == [ALICE, CHEN]


async def test_what_was_planned_before_the_audience_was_lost_is_sent_all_the_same(office: Office) -> None:
    trouble = TROUBLES["a user group that vanished"]
    group(office.slack)
    await office.open_wave(audience=trouble.audience)

    trouble.begin(office.slack)
    await office.tick()

    assert those_asked(office) == [ALICE, CHEN]


async def test_a_channel_archived_half_way_costs_nobody_the_question(office: Office) -> None:
    await office.open_wave()
    office.slack.archive("C1GENERAL")

    await office.tick()

    assert those_asked(office) == sorted([MAYA, ALICE, BRUNO, CHEN])


async def test_people_who_could_not_be_asked_for_a_while_are_not_forgotten(
    office: Office,
) -> None:
    trouble = TROUBLES["a user group that vanished"]
    await after_a_wave(office, trouble)
    trouble.begin(office.slack)
    await go_to(office, DUE)

    # Mended on a Saturday: the question waits for Monday morning.
    trouble.end(office.slack)
    saturday = DUE + timedelta(days=5)
    await go_to(office, saturday)
    assert those_asked(office) == [ALICE, CHEN]
    assert told(office)[-1] == GOES_ON
    await go_to(office, saturday + timedelta(days=2) - timedelta(hours=2))

    assert [wave.closed_at is None for wave in await office.rows(Wave)] == [False, True]
    assert those_asked(office) == [ALICE, CHEN, CHEN]
