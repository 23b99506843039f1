"""One action over three waves: whether the reason that it was about is named less since, as far as chance lets anyone say."""

import pytest

from storage.answers import record_reason, store_taps
from storage.audience import Audience
from storage.tables import Action, Invitation
from storage.words import ActionState, Kind
from tests.builders import a_tap
from tests.journeys.hands import colleagues
from tests.journeys.office import ALICE, MAYA, Office

pytestmark = pytest.mark.slow

ASKED = 20


async def a_wave_of(office: Office, ticking: int, promoters: int = 0) -> None:
    """Let everyone answer, so many of them as promoters, and so many of the others tick support; close it."""
    wave = await office.newest_wave()
    asked = [one for one in await office.rows(Invitation) if one.wave_id == wave.id]
    assert len(asked) == ASKED
    async with office.books.writing() as session:
        await store_taps(session, [a_tap(one, 3) for one in asked[promoters:]], office.clock.now)
        await store_taps(session, [a_tap(one, 9) for one in asked[:promoters]], office.clock.now)
        for place, one in enumerate(asked[promoters:]):
            driver = "support" if place < ticking else "quality"
            await record_reason(
                session, one.id, one.workspace_id, one.user_id, "", (driver,), office.clock.now
            )
    await office.command(MAYA, "close Acme")
    office.clock.forward(days=1)


async def act(office: Office) -> None:
    async with office.books.writing() as session:
        session.add(
            Action(
                workspace_id=office.slack.team_id,
                survey_id=1,
                said="Nobody answers the phone.",
                did="Two more people do.",
                drivers=["support"],
                wave=1,
                state=ActionState.DONE,
                day=office.clock.now.date(),
                state_since=office.clock.now,
            )
        )


async def again(office: Office) -> None:
    await office.command(MAYA, "open Acme")
    await office.tick()


async def test_a_reason_that_was_acted_upon_tells_whether_it_is_named_less(office_on_each: Office) -> None:
    office = office_on_each
    people = Audience(people=tuple(colleagues(office, ASKED)))
    await office.ask_everyone(audience=people, kind=Kind.CUSTOMERS)
    await a_wave_of(office, 15)
    assert "Acted upon" not in await office.typed(ALICE, "drivers Acme")

    await act(office)
    assert "A wave that opens after that will tell" in await office.typed(ALICE, "drivers Acme")

    await again(office)
    await a_wave_of(office, 6)
    said = await office.typed(ALICE, "drivers Acme")
    assert "75% named it in wave 1 and 30% name it now: −45 points, between −66 and −14." in said
    assert "Named less since then." in said

    await again(office)
    await a_wave_of(office, 14)
    said = await office.typed(ALICE, "drivers Acme")
    assert "75% named it in wave 1 and 70% name it now: −5 points" in said
    assert "No clear change." in said


async def test_what_the_gate_hides_is_not_compared(office: Office) -> None:
    """Fewer than five tick it in the first wave, so nobody reads how many did."""
    people = Audience(people=tuple(colleagues(office, ASKED)))
    await office.ask_everyone(audience=people, kind=Kind.CUSTOMERS)
    await a_wave_of(office, 3, promoters=7)
    await act(office)
    await again(office)
    await a_wave_of(office, 7, promoters=7)

    said = await office.typed(ALICE, "drivers Acme")

    assert "Service and support" in said
    assert "Acted upon" not in said
