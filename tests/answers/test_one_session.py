"""A tap asks the database only what it must: where else a question stands, where it may stand elsewhere."""

from datetime import timedelta

import pytest

from tests.journeys.office import ALICE, MONDAY, Office
from tests.statements import Statement, statements

pytestmark = pytest.mark.slow


def looks_for_reminders(seen: list[Statement]) -> int:
    """Count the statements that ask for nothing but a question's other messages."""
    return sum(one.sql.startswith("SELECT invitations.again_ts, reminders.message_ts") for one in seen)


async def test_a_question_that_came_once_is_not_looked_for_elsewhere(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(reminders=1)
    with statements() as seen:
        await office.answer({ALICE: 9})
    assert looks_for_reminders(seen) == 0
    assert "You chose 9" in office.question(ALICE).text


async def test_what_reminded_of_it_says_so_too(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(reminders=1, wave_days=14)
    await office.live_until(MONDAY + timedelta(days=8), hours=12)
    with statements() as seen:
        await office.answer({ALICE: 9})
    assert looks_for_reminders(seen) == 1
