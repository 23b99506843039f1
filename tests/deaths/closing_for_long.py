"""`make kill`: a process that closes a wave is killed −9 at each of its points. The wave closes once, and counts everybody."""

from datetime import timedelta

from storage import waves
from storage.answers import store_taps
from storage.tables import Invitation, Publication, Result, Wave
from storage.waves.planning import finish_planning, plan_batch
from storage.words import InvitationState
from tests.builders import a_tap, invitations_of, planned
from tests.deaths.lives import at_each_point, lives_in
from tests.journeys.hands import colleagues
from tests.journeys.office import MAYA, Office

SCORES = (9, 10, 3)
SILENT = 4


async def a_wave_that_is_over(office: Office, name: str, people: list[str]) -> Wave:
    """Let some have answered a wave of which the time is over, and others not."""
    survey, now = await office.a_survey(name, reminders=0), office.clock.now
    async with office.books.writing() as session:
        opened = now - timedelta(days=7)
        wave = await waves.open_wave(session, survey, MAYA, opened, now)
        # After the closing, so that none is sent to them.
        await plan_batch(session, wave, [planned(one, now) for one in people], {})
        await finish_planning(session, wave.id, opened)
        asked = await invitations_of(session, wave)
        taps = [a_tap(asked[user], score) for user, score in zip(people, SCORES, strict=False)]
        await store_taps(session, taps, opened)
    return wave


async def test_a_wave_closes_once_and_counts_everybody(office_on_each: Office) -> None:
    office = office_on_each
    people = colleagues(office, len(SCORES) + SILENT)
    async with lives_in(office) as lives:
        assert not await lives.look()

        async def try_out(point: int) -> bool:
            over = await a_wave_that_is_over(office, f"Survey {point}", people)
            died = await lives.look(point)
            await lives.recover()

            [wave] = [one for one in await office.rows(Wave) if one.id == over.id]
            assert wave.closed_at, point
            assert (wave.closes_at, wave.was_to_close_at) == (over.closes_at, None), point
            [result] = [one for one in await office.rows(Result) if one.wave_id == over.id]
            assert (result.promoters, result.passives, result.detractors, result.invited) == (2, 0, 1, 3)
            assert sum(one.wave_id == over.id for one in await office.rows(Publication)) == 1, point
            states = [one.state for one in await office.rows(Invitation) if one.wave_id == over.id]
            assert states.count(InvitationState.EXPIRED) == SILENT, point
            return died

        assert await at_each_point(try_out) >= 5
