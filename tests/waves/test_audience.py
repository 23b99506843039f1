"""The people a survey asks: read from Slack at each wave, page by page; everyone left out for a reason that is told."""

from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.kit.people.directory import Directory
from bot.sandbox.directory import Crowd
from bot.sandbox.records import Channel, User, UserGroup
from storage.audience import Audience
from storage.tables import Invitation, Wave
from tests.journeys.hands import STOP, click
from tests.journeys.office import (
    ALICE,
    ASKED,
    BRUNO,
    CHEN,
    GENERAL,
    GONE,
    MAYA,
    OUTSIDER,
    ROBOT,
    Office,
    listeners_finish,
)

pytestmark = pytest.mark.slow

GUEST, LODGER, STRANGER, INVITED = "U8GUEST", "U8LODGER", "U8STRANGER", "U8INVITED"
SHARED, SUPPORT, CROWDED = "C3SHARED", "S1SUPPORT", "C4CROWDED"


@pytest.fixture
def office(office: Office) -> Office:
    """The office with guests, a user group, and a channel shared with another company."""
    slack = office.slack
    slack.add_user(User(GUEST, "gil", tz="Europe/Paris", is_restricted=True))
    slack.add_user(User(LODGER, "lou", tz="Europe/Paris", is_ultra_restricted=True))
    slack.add_user(User(STRANGER, "stef", tz="Europe/Madrid", team_id="T2OTHER"))
    slack.add_channel(Channel(SHARED, "shared", members=(ALICE, GUEST, LODGER, STRANGER, slack.bot_user_id)))
    slack.add_user_group(UserGroup(SUPPORT, "Support", "support", users=(BRUNO, OUTSIDER, GUEST, GONE)))
    return office


def ours(office: Office) -> dict[str, int]:
    """Return how many of everyone are left out as bots and deactivated: Slack's and ours count too."""
    return {"bot": len({ROBOT, "USLACKBOT", office.slack.bot_user_id}), "deactivated": len({GONE})}


@pytest.mark.parametrize(
    ("audience", "asked", "left_out"),
    [
        (Audience(channels=(GENERAL,)), {*ASKED}, {"bot": 1, "deactivated": 1}),
        (Audience(channels=(SHARED,)), {ALICE, STRANGER}, {"bot": 1, "guest": 2}),
        (Audience(channels=(SHARED,), guests=True), {ALICE, STRANGER, GUEST, LODGER}, {"bot": 1}),
        (Audience(user_groups=(SUPPORT,)), {BRUNO, OUTSIDER}, {"deactivated": 1, "guest": 1}),
        (Audience(people=(OUTSIDER, GUEST, "U0NOBODY")), {OUTSIDER}, {"guest": 1, "unknown": 1}),
        (
            Audience(channels=(GENERAL, SHARED), user_groups=(SUPPORT,), people=(ALICE, GONE)),
            {*ASKED, STRANGER, OUTSIDER},
            {"bot": 2, "deactivated": 1, "guest": 2},
        ),
    ],
    ids=["a channel", "a shared channel", "with guests", "a user group", "people", "all of these"],
)
async def test_each_kind_of_audience_asks_its_people_once_and_says_who_is_left_out(
    office: Office, audience: Audience, asked: set[str], left_out: dict[str, int]
) -> None:
    await office.ask_everyone(audience=audience)

    assert await office.invited() == [asked]
    assert {person: office.asked(person) for person in asked} == dict.fromkeys(asked, 1)
    assert (await office.newest_wave()).left_out == left_out


@pytest.mark.parametrize("guests", [False, True])
async def test_everyone_is_everyone_of_this_workspace_with_guests_or_without(
    office: Office, *, guests: bool
) -> None:
    await office.ask_everyone(audience=Audience(everyone=True, guests=guests))

    own = {*ASKED, OUTSIDER}
    assert await office.invited() == [own | {GUEST, LODGER} if guests else own]
    assert (await office.newest_wave()).left_out == ours(office) | ({} if guests else {"guest": 2})


async def test_who_never_signed_in_is_asked_nothing_nor_are_other_companies_asked_as_employees(
    office: Office,
) -> None:
    slack = office.slack
    slack.add_user(User(INVITED, "ivo", tz="Europe/Paris", never_signed_in=True))
    slack.add_user(User("U9SECOND", "sven", tz="Europe/Madrid", team_id="T2OTHER"))
    members = (ALICE, STRANGER, "U9SECOND", INVITED, slack.bot_user_id)
    slack.add_channel(Channel(SHARED, "shared", members=members))
    await office.make_survey(kind="employees", channels=[SHARED])

    preview = str(office.modal(MAYA).blocks)
    assert "1 person gets one direct message." in preview
    assert "Left out: 1 bot, 1 who never signed in, 2 of other companies." in preview
    await office.hear(MAYA, office.driver.submit(MAYA, office.modal(MAYA)))
    await office.ask_everyone("Customers", audience=Audience(channels=(SHARED,)))

    assert await office.invited() == [{ALICE}, {ALICE, STRANGER, "U9SECOND"}]
    first, second = sorted(await office.rows(Wave), key=lambda wave: wave.id)
    assert first.left_out == {"bot": 1, "never_signed_in": 1, "stranger": 2}
    assert second.left_out == {"bot": 1, "never_signed_in": 1}


async def test_who_has_signed_in_meanwhile_is_asked(office: Office) -> None:
    newcomer = User(INVITED, "ivo", tz="Europe/Paris", never_signed_in=True)
    office.slack.add_user(newcomer)
    await office.ask_everyone(audience=Audience(people=(INVITED, ALICE)), wave_days=1)
    await office.command(MAYA, "close")
    office.slack.add_user(replace(newcomer, never_signed_in=False))

    office.clock.forward(days=1)
    await office.command(MAYA, "open Acme")

    assert await office.invited() == [{ALICE}, {ALICE, INVITED}]


async def test_the_preview_says_how_many_are_asked_and_how_many_are_not_and_why(office: Office) -> None:
    await office.ask_everyone("Before")
    await click(office, CHEN, office.question(CHEN), STOP)

    await office.make_survey(channels=[], whole=["everyone"])

    preview = str(office.modal(MAYA).blocks)
    assert "4 people get one direct message each." in preview
    assert (
        "Left out: 3 bots, 1 deactivated account, 2 guests, 1 who was asked lately or wants no questions."
        in preview
    )


@pytest.mark.parametrize("quarantine_days", [90])
async def test_the_preview_counts_those_who_were_asked_a_short_time_ago(office: Office) -> None:
    await office.ask_everyone("Before")
    office.clock.forward(days=30)

    await office.make_survey(people=[OUTSIDER])

    preview = str(office.modal(MAYA).blocks)
    assert "1 person gets one direct message." in preview
    assert (
        "Left out: 1 bot, 1 deactivated account, 4 who were asked less than 90 days ago or want no questions."
        in preview
    )


async def test_a_preview_asks_nobody_and_leaves_nothing_behind(office: Office) -> None:
    await office.make_survey(user_groups=[SUPPORT])
    await office.tick()

    assert await office.rows(Invitation) == []
    assert [office.read_by(person) for person in (*ASKED, OUTSIDER)] == [[]] * 5


async def test_the_form_offers_the_workspaces_user_groups(office: Office) -> None:
    await office.make_survey(channels=[], user_groups=[SUPPORT])

    await office.hear(MAYA, office.driver.submit(MAYA, office.modal(MAYA)))

    assert await office.invited() == [{BRUNO, OUTSIDER}]


async def test_a_workspace_without_user_groups_has_a_form_without_them(office: Office) -> None:
    office.slack.has_user_groups = False

    await office.fill_in()
    await listeners_finish()

    assert "4 people get one direct message each." in str(office.modal(MAYA).blocks)


async def test_each_wave_reads_the_audience_again(office: Office) -> None:
    slack = office.slack
    await office.ask_everyone(wave_days=1)
    slack.add_channel(replace(slack.channels[GENERAL], members=(MAYA, ALICE, OUTSIDER)))
    slack.add_user(replace(slack.users[ALICE], deleted=True))
    await office.live_until(office.clock.now + timedelta(days=1, hours=1), hours=12)

    await office.command(MAYA, "open Acme")

    assert await office.invited() == [{*ASKED}, {MAYA, OUTSIDER}]
    assert (await office.newest_wave()).left_out == {"deactivated": 1}


async def test_somebody_who_opted_out_is_left_out_of_the_next_wave_and_its_manager_reads_so(
    office: Office,
) -> None:
    await office.ask_everyone()
    await click(office, BRUNO, office.question(BRUNO), STOP)
    await office.command(MAYA, "close")

    await office.command(MAYA, "open Acme")

    assert await office.invited() == [{*ASKED}, {MAYA, ALICE, CHEN}]
    assert "1 who was asked lately or wants no questions" in office.notice(MAYA).text


async def test_a_big_channel_is_read_page_by_page_and_nobody_in_it_one_by_one(office: Office) -> None:
    crowd = office.slack.add_crowd(Crowd(2500))
    office.slack.add_channel(Channel(CROWDED, "crowded", members=crowd))

    await office.open_wave(audience=Audience(channels=(CROWDED,)))

    assert await office.invited() == [set(crowd)]
    # Once for the question whether to open it, and once to plan it: three pages each time.
    assert len(office.calls("conversations.members")) == 6
    assert len(office.calls("users.list")) == 3
    assert {call.arguments["user"] for call in office.calls("users.info")} <= {MAYA}


async def test_the_members_of_a_big_channel_are_known_while_slacks_list_is_read(office: Office) -> None:
    crowd = office.slack.add_crowd(Crowd(4500))
    office.slack.add_channel(Channel(CROWDED, "crowded", members=crowd[:-1]))
    services = office.app.services

    members = services.slack.members(CROWDED)
    async with aclosing(Directory(services).look_up_all(members)) as pages:
        _, known = await anext(pages)
        read_by_then = len(office.calls("users.list"))
        found = [*known, *[one async for user_ids, known in pages for one in user_ids if one in known]]

    assert len(known) >= 1000
    assert read_by_then < len(office.calls("users.list")) == 5
    assert sorted(found) == sorted(crowd[:-1])


async def test_everyone_of_a_big_workspace_is_read_page_by_page(office: Office) -> None:
    crowd = office.slack.add_crowd(Crowd(2500))

    await office.open_wave(audience=Audience(everyone=True))

    assert await office.invited() == [{*crowd, *ASKED, OUTSIDER}]
    assert len(office.calls("users.list")) == 6


async def test_people_are_known_for_a_day_and_then_asked_about_again(office: Office) -> None:
    def asked_about() -> int:
        return len(office.calls("users.info")) + len(office.calls("users.list"))

    await office.ask_everyone(wave_days=1)
    await office.command(MAYA, "close")
    known = asked_about()

    office.clock.forward(hours=23)
    await office.command(MAYA, "open Acme")
    assert asked_about() == known + 1  # whether Maya still manages
    await office.command(MAYA, "close")

    office.slack.add_user(replace(office.slack.users[CHEN], is_restricted=True))
    office.clock.forward(hours=1)
    await office.command(MAYA, "open Acme")
    assert asked_about() > known
    assert await office.invited() == [{*ASKED}, {*ASKED}, {MAYA, ALICE, BRUNO}]


async def test_a_big_channel_is_not_read_about_twice_within_a_day(office: Office) -> None:
    crowd = office.slack.add_crowd(Crowd(100))
    office.slack.add_channel(Channel(CROWDED, "crowded", members=crowd))
    await office.open_wave(audience=Audience(channels=(CROWDED,)))
    await office.command(MAYA, "close")
    pages = len(office.calls("users.list"))

    office.clock.forward(hours=23)
    await office.command(MAYA, "open Acme")
    assert len(office.calls("users.list")) == pages
    await office.command(MAYA, "close")

    office.clock.forward(hours=1)
    await office.command(MAYA, "open Acme")
    assert len(office.calls("users.list")) == pages * 2
