"""A tap asks the database only what it must: where else a question stands, where it may stand elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from tests.journeys.office import ALICE, MONDAY, Office

pytestmark = pytest.mark.slow


@contextmanager
def looks_for_reminders() -> Iterator[list[str]]:
    """Collect the statements that ask for nothing but a question's other messages."""
    seen: list[str] = []

    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT invitations.again_ts, reminders.message_ts"):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", look)
    yield seen
    event.remove(Engine, "before_cursor_execute", look)


async def test_a_question_that_came_once_is_not_looked_for_elsewhere(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(reminders=1)
    with looks_for_reminders() as seen:
        await office.answer({ALICE: 9})
    assert seen == []
    assert "You chose 9" in office.question(ALICE).text


async def test_what_reminded_of_it_says_so_too(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(reminders=1, wave_days=14)
    await office.live_until(MONDAY + timedelta(days=8), hours=12)
    with looks_for_reminders() as seen:
        await office.answer({ALICE: 9})
    assert len(seen) == 1
