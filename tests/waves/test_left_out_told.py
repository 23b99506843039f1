"""A manager reads the same of who wants no questions and of who was asked lately: else one could ask one person and learn which."""

from datetime import timedelta

import pytest

from bot.shell.doing.surveys import steering
from storage.audience import Audience
from storage.words import Rhythm
from tests.journeys.hands import STOP, click, go_to, home_of
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, OUTSIDER, Office

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("quarantine_days", [30])]

LATELY, UNWILLING = Audience(people=(ALICE,)), Audience(people=(OUTSIDER,))


@pytest.fixture
async def office(office: Office) -> Office:
    """The office in which Alice was asked lately, and somebody else wants no questions."""
    await office.ask_everyone("Before", audience=LATELY)
    await click(office, OUTSIDER, await home_of(office, OUTSIDER), STOP)
    return office


async def test_who_asks_one_person_reads_the_same_of_both(office: Office) -> None:
    for name, audience in {"Alice": LATELY, "Other": UNWILLING}.items():
        await office.a_survey(name, audience=audience)

    lately, unwilling = [await office.typed(MAYA, f"open {name}") for name in ("Alice", "Other")]

    assert "Left out: 1 who was asked less than 30 days ago or wants no questions." in lately
    assert lately.replace("Alice", "Other") == unwilling


async def test_accomplices_who_were_asked_lately_do_not_tell_it_either(office: Office) -> None:
    await office.ask_everyone("Accomplices", audience=Audience(people=(BRUNO, CHEN, MAYA)))
    await office.a_survey("Trap", audience=Audience(people=(ALICE, BRUNO, CHEN, MAYA, OUTSIDER)))

    told = await office.typed(MAYA, "open Trap")

    assert "Left out: 5 who were asked less than 30 days ago or want no questions." in told


async def test_a_wave_that_found_nobody_is_told_in_the_same_words(office: Office) -> None:
    for name, user_id in {"Bruno": BRUNO, "Other": CHEN}.items():
        await office.ask_everyone(
            name, audience=Audience(people=(user_id,)), rhythm=Rhythm.WEEKS, wave_days=5, reminders=0
        )
    await click(office, CHEN, await home_of(office, CHEN), STOP)

    await go_to(office, MONDAY + timedelta(days=7))

    lately, unwilling = sorted(text for text in office.news(MAYA) if "found nobody to ask" in text)
    assert lately.replace("Bruno", "Other") == unwilling


async def test_who_wants_no_more_questions_before_theirs_has_come_is_told_of_in_the_same_words(
    office: Office,
) -> None:
    await office.open_wave("Trap", audience=Audience(people=(ALICE, BRUNO, CHEN)))

    await click(office, BRUNO, await home_of(office, BRUNO), STOP)

    said = await steering.waves(office.app)
    assert isinstance(said.data, dict)
    [trap] = [wave for wave in said.data["waves"] if wave["survey"] == "Trap"]
    assert trap["left_out"] == {"not_now": 2}
    assert "Left out: 2 who were asked less than 30 days ago or want no questions." in said.text
    assert sum(trap["progress"][stands] for stands in ("planned", "sending", "delivered")) == 1
