"""`/nps cases`: who sees which cases, what each button does, and what is raised when nobody makes contact."""

from datetime import timedelta

import pytest

from bot import jobs
from bot.shell.doing import cases as shell
from storage.words import CaseState
from tests.cases.follow_up import (
    CONTACTED,
    TAKE,
    WITHDRAW,
    a_case,
    answer,
    ask,
    cards,
    close,
    press,
    the_case,
)
from tests.journeys.hands import click, home_of
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, Office

pytestmark = pytest.mark.slow

FRIDAY = MONDAY + timedelta(days=4)
LATE = "has waited for two working days"


async def test_managers_and_the_channels_members_see_the_cases_and_nobody_else(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await a_case(office)

    for user in (MAYA, CHEN):
        said = await office.typed(user, "cases")
        assert f"<@{ALICE}> · 3 · Acme" in said
        assert "nobody has it" in said
    assert "Seuls les responsables" in await office.typed(BRUNO, "suivis")


async def test_a_case_is_taken_from_the_list(office: Office) -> None:
    await a_case(office)
    await office.typed(CHEN, "cases")

    await click(office, CHEN, office.slack.ephemerals(CHEN)[-1], TAKE)

    assert (await the_case(office)).owner == CHEN
    assert f"<@{CHEN}> has it and will write." in cards(office)[0].text
    assert f"<@{CHEN}> has it" in office.slack.ephemerals(CHEN)[-1].text


@pytest.mark.parametrize(
    ("typed", "expected"), [("mine", "<@U4CHEN> has it"), ("closed", "No case is closed yet.")]
)
async def test_the_words_after_it_choose(office: Office, typed: str, expected: str) -> None:
    await a_case(office)
    await press(office, CHEN, TAKE)

    assert expected in await office.typed(CHEN, f"cases {typed}")


async def test_the_buttons_choose_and_a_closed_case_tells_its_cause(office: Office) -> None:
    await a_case(office)
    await close(office, CHEN, note="Called back.", cause="slow")
    await office.typed(CHEN, "cases")

    await click(office, CHEN, office.slack.ephemerals(CHEN)[-1], "case.list.closed")

    assert "It took too long · Called back." in office.slack.ephemerals(CHEN)[-1].text


async def test_what_its_person_has_ended_is_told_without_their_name(office: Office) -> None:
    await a_case(office)
    await click(office, ALICE, await home_of(office, ALICE), WITHDRAW)

    said = await office.typed(MAYA, "cases closed")

    assert "the person wants no contact" in said
    assert ALICE not in said


async def test_what_is_overdue_is_raised_once_over_a_weekend_with_two_clocks(office_on_each: Office) -> None:
    office = office_on_each
    await ask(office)
    office.clock.now = FRIDAY
    await answer(office)
    await office.tick()

    async with office.another_app() as second:
        while office.clock.now < FRIDAY + timedelta(days=6):
            office.clock.forward(hours=8)
            await office.tick()
            await jobs.run_everything(second.services)

    assert [one.text for one in cards(office) if LATE in one.text] == [
        (
            "Somebody who answered “Acme” has waited for two working days to be contacted, and nobody has taken their case. "
            "`/nps cases overdue` shows it."
        )
    ]
    assert (await the_case(office)).due_at == FRIDAY + timedelta(days=4)
    assert "*overdue*" in await office.typed(MAYA, "cases overdue")


async def test_a_case_with_contact_in_time_is_not_raised(office: Office) -> None:
    await a_case(office)
    await press(office, CHEN, CONTACTED)

    await office.live_until(MONDAY + timedelta(days=4), hours=6)

    assert [one for one in cards(office) if LATE in one.text] == []
    assert "Nothing is overdue." in await office.typed(MAYA, "cases overdue")


async def test_the_terminal_tells_the_same(office: Office) -> None:
    await a_case(office)

    said = await shell.cases(office.app, which="open")

    assert said.data == {
        "counts": {"open": 1, "overdue": 0, "closed": 0},
        "cases": [
            {
                "case": 1,
                "survey": "Acme",
                "person": ALICE,
                "score": 3,
                "state": CaseState.OPEN,
                "owner": None,
                "opened": MONDAY.isoformat(),
                "overdue": False,
                "ending": None,
                "cause": None,
                "note": None,
            }
        ],
    }
    assert f"{ALICE} · 3 · Acme" in said.text
