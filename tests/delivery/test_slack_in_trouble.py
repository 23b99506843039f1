"""Each way in which Slack can be in trouble, all through a wave: nobody is asked twice, and nobody is left out."""

from collections.abc import Callable

import pytest

from bot.sandbox.failures.faults import Fault, Faults
from bot.sandbox.failures.limits import POST
from bot.sandbox.records import User
from storage.audience import Audience
from storage.words import InvitationState
from tests.journeys import books
from tests.journeys.office import Office

pytestmark = pytest.mark.slow

CROWD = [f"U8{number:02}" for number in range(24)]
LATE = 11.0
"""Seconds: we wait for ten."""
TROUBLES: dict[str, Callable[[Faults], list[Fault]]] = {
    "asks for patience": lambda faults: [faults.rate_limit(POST, seconds=1, every=10)],
    "is busy": lambda faults: [faults.answer(POST, "service_unavailable", times=None, every=3)],
    "answers 500": lambda faults: [faults.server_error(POST, times=None, every=3)],
    "is of two minds": lambda faults: [faults.answer(POST, "internal_error", times=None, every=3)],
    "hangs up before": lambda faults: [faults.drop_before(POST, times=None, every=3)],
    "hangs up after": lambda faults: [faults.drop_after(POST, times=None, every=3)],
    "takes some late and answers some late": lambda faults: [
        faults.delay(POST, LATE, times=6, every=3),
        faults.late_reply(POST, LATE, times=6, every=3),
    ],
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_a_wave_reaches_everybody_once_though_slack(
    office_on_each: Office, trouble: Callable[[Faults], list[Fault]]
) -> None:
    office = office_on_each
    for person in CROWD:
        office.slack.add_user(User(person, person.lower(), tz="Europe/Paris"))
    await office.open_wave(audience=Audience(people=tuple(CROWD)))
    faults = trouble(office.slack.faults)

    for _ in range(20):  # long enough for the probes of a sending that stopped twice
        await office.tick()
        office.clock.forward(minutes=1)
    for fault in faults:
        office.slack.faults.lift(fault)
    asked = await books.read(office.books, office.slack)
    office.clock.forward(days=7)  # when those are reminded who have not answered
    await office.tick()
    reminded = await books.read(office.books, office.slack)

    assert all(fault.struck for fault in faults)
    assert asked.reminders == {}
    assert max(reminded.questions.values()) == max(reminded.reminders.values()) == 1
    assert asked.in_state(InvitationState.DELIVERED) <= set(asked.questions)
    assert asked.in_state(InvitationState.DELIVERED, InvitationState.UNCERTAIN) == set(CROWD)
    assert reminded.in_state(InvitationState.DELIVERED) == set(reminded.reminders) == set(CROWD)
