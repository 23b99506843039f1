"""Sentences that people read at the edges of a survey's life, and that must be true there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.words import InvitationState
from tests.journeys.hands import LATER, STOP, click, go_to, home_of, open_in, put_off, state_of
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, MONDAY, OUTSIDER, Office

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("user", "told"), [(ALICE, "You asked me not to ask you again"), (BRUNO, "Vous m’avez demandé")]
)
async def test_a_wish_for_later_after_dont_ask_me_again_is_told_why_it_cannot_be(
    office_on_each: Office, user: str, told: str
) -> None:
    office = office_on_each
    await office.ask_everyone()
    old = office.question(user)
    value = f"{(await office.invitations())[user].id}:tomorrow"
    await put_off(office, user, "hour")
    await click(office, user, await home_of(office, user), STOP)

    said = await office.hear(user, click(office, user, old, LATER, value))

    assert told in said
    assert await state_of(office, user) is InvitationState.EXPIRED


async def test_a_question_that_had_arrived_is_not_put_off_for_somebody_who_wants_no_more(
    office: Office,
) -> None:
    await office.ask_everyone()
    old = office.question(ALICE)
    value = f"{(await office.invitations())[ALICE].id}:tomorrow"
    await click(office, ALICE, await home_of(office, ALICE), STOP)

    said = await office.hear(ALICE, click(office, ALICE, old, LATER, value))

    assert said.startswith("You asked me not to ask you again")
    assert await state_of(office, ALICE) is InvitationState.DELIVERED


async def test_a_question_that_slack_refused_is_put_off_from_app_home_and_comes(office: Office) -> None:
    await office.open_wave()
    office.slack.faults.answer("chat.postMessage", "user_not_visible", to=ALICE)
    await office.tick()
    assert await state_of(office, ALICE) is InvitationState.FAILED
    value = f"{(await office.invitations())[ALICE].id}:hour"

    await click(office, ALICE, await home_of(office, ALICE), LATER, value)
    await go_to(office, MONDAY + timedelta(hours=1))

    assert office.asked(ALICE) == 1
    assert await state_of(office, ALICE) is InvitationState.DELIVERED


@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
async def test_no_reminder_reached_anybody_of_a_new_open_question(office: Office, locale: str) -> None:
    office.slack.add_user(replace(office.slack.users[MAYA], locale=locale))
    await open_in(office)
    [asked] = office.slack.messages(GENERAL)
    await click(office, ALICE, asked, "open.score.9")

    said = await office.typed(MAYA, "waves")

    assert "reminder" not in said
    assert "rappel" not in said


@pytest.mark.parametrize(
    ("user", "locale", "told"),
    [
        (ALICE, "en-US", "Nobody has been asked “Acme” yet. A manager opens its first wave."),
        (
            ALICE,
            "fr-FR",
            "Personne n’a encore été interrogé pour «\N{NO-BREAK SPACE}Acme\N{NO-BREAK SPACE}». Un responsable ouvre la première vague.",
        ),
        (MAYA, "en-GB", "No wave of “Acme” is open. To open one, type `/nps open Acme`."),
    ],
)
async def test_only_managers_are_told_to_open_a_wave(
    office: Office, user: str, locale: str, told: str
) -> None:
    office.slack.add_user(replace(office.slack.users[user], locale=locale))
    await office.a_survey()

    assert await office.typed(user, "Acme") == told


@pytest.mark.parametrize("code", ["token_revoked", "accesslimited"])
@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
async def test_what_slack_refuses_to_all_is_told_the_same_by_new_and_open(
    office: Office, code: str, locale: str
) -> None:
    office.slack.add_user(replace(office.slack.users[MAYA], locale=locale))
    await office.a_survey()
    await office.typed(MAYA, "list")  # so that it is known who she is
    await office.typed(MAYA, "waves")
    for method in ("views.open", "conversations.members", "usergroups.list"):
        office.slack.faults.answer(method, code, times=4)

    opening = await office.typed(MAYA, "open Acme")
    new = await office.typed(MAYA, "new")

    remedy = opening.partition(". ")[2]
    assert remedy
    assert new.endswith(remedy)


async def test_the_result_goes_to_a_manager_and_to_nobody_who_was_one(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    await office.answer({ALICE: 10})
    office.slack.add_user(replace(office.slack.users[MAYA], is_admin=False))
    office.slack.add_user(replace(office.slack.users[OUTSIDER], is_admin=True))
    office.clock.forward(minutes=6)
    await office.typed(OUTSIDER, "waves")

    await office.live_until(MONDAY + 16 * DAY, hours=12)

    assert not [one for one in office.slack.direct_messages(MAYA) if "NPS" in one.text and not one.edited]
    assert [one.text for one in office.slack.direct_messages(OUTSIDER) if "NPS +100" in one.text]


async def test_the_result_goes_to_nobody_where_no_manager_is_known(office: Office) -> None:
    await office.ask_everyone()
    office.slack.add_user(replace(office.slack.users[MAYA], is_admin=False))
    office.clock.forward(minutes=6)

    await office.live_until(MONDAY + 16 * DAY, hours=12)

    told = [
        one.text
        for user in office.slack.users
        for one in office.slack.direct_messages(user)
        if not one.edited
    ]
    assert not [text for text in told if text.startswith("Wave 1 of “Acme” is closed.")]


async def test_the_button_that_saves_says_so_and_those_before_do_not(office: Office) -> None:
    form = await office.open_form()
    assert form.definition["submit"]["text"] == "Next step"

    await office.make_survey()

    assert office.modal(MAYA).definition["submit"]["text"] == "Save and open it now"
