"""`/nps waves` where many waves are open: the first ten are read, in as many statements as one, and the others counted."""

from datetime import timedelta

import pytest

from storage.words import Rhythm
from tests.builders import a_closed_wave
from tests.journeys.office import MAYA, Office
from tests.journeys.test_clock_at_rest import add_waves
from tests.statements import statements

pytestmark = pytest.mark.slow


async def test_the_first_ten_of_many_are_read_in_as_many_statements_as_one(office_on_each: Office) -> None:
    office = office_on_each
    await add_waves(office, 0, 1)
    await office.command(MAYA, "waves")  # from now on everybody is known
    with statements() as seen:
        await office.command(MAYA, "waves")
    with_one = len(seen)

    await add_waves(office, 1, 12)
    with statements() as seen:
        told = await office.command(MAYA, "waves")

    assert len(seen) == with_one
    assert told.startswith("13 open waves")
    assert [f"Survey {number}" in told for number in (0, 9, 10)] == [True, True, False]
    assert "And 3 more." in told


async def test_what_opens_next_is_the_soonest_and_how_many_come_later(office: Office) -> None:
    for day in range(1, 23):
        soon = office.clock.now + timedelta(days=day)
        survey = await office.a_survey(f"Weekly {day}", rhythm=Rhythm.WEEKS, starts_at=soon)
        async with office.books.writing() as session:
            await a_closed_wave(session, survey, [9, 9, 3])
    await office.tick()

    told = await office.command(MAYA, "waves")

    assert told.index("• Weekly 1:") < told.index("• Weekly 20:") < told.index("And 2 more.")
    assert "• Weekly 21:" not in told
