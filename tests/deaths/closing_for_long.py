"""`make kill`: a process that closes a wave is killed −9 at each of its points. The wave closes once, and counts everybody."""

from datetime import timedelta
from secrets import token_bytes

from sqlalchemy import update
from sqlmodel import col

from bot.ballots.sealing import new_keys, seal, seal_link
from storage import waves
from storage.answers import store_taps
from storage.ballots import opening
from storage.ballots.casting import KEY_BYTES
from storage.ballots.opening import PIECE, Opened
from storage.database.upsert import insert_absent
from storage.tables import Ballot, BallotKey, Invitation, Publication, Result, SealedBallot, Thread, Wave
from storage.waves.planning import finish_planning, plan_batch
from storage.words import InvitationState
from tests.builders import a_tap, invitations_of, planned
from tests.deaths.lives import at_each_point, lives_in
from tests.journeys.hands import colleagues
from tests.journeys.office import MAYA, Office

SCORES = (9, 10, 3)
SILENT = 4
LINKED = 2


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


async def an_anonymous_wave_that_is_over(office: Office, name: str, people: list[str]) -> Wave:
    """Let everybody have cast a ballot. The team may write back to two of them."""
    survey, now = await office.a_survey(name, reminders=0, is_anonymous=True), office.clock.now
    secret = office.settings.secret
    keys = new_keys(secret)
    async with office.books.writing() as session:
        opened = now - timedelta(days=7)
        wave = await waves.open_wave(session, survey, MAYA, opened, now)
        await opening.add_key(session, wave, keys.public, keys.locked)
        await plan_batch(session, wave, [planned(one, now) for one in people], {})
        await finish_planning(session, wave.id, opened)
        asked = col(Invitation.wave_id) == wave.id
        await session.exec(update(Invitation).where(asked).values(state=InvitationState.ANSWERED))
        said = [
            Opened(number % 11, f"ballot {number}", (), seal_link(secret, user) if number < LINKED else None)
            for number, user in enumerate(people)
        ]
        of_wave = {"wave_id": wave.id, "workspace_id": wave.workspace_id}
        rows = [of_wave | {"key": token_bytes(KEY_BYTES), "sealed": seal(keys.public, one)} for one in said]
        await insert_absent(session, SealedBallot, rows)
    return wave


async def test_an_anonymous_wave_loses_no_ballot_and_doubles_none(office_on_each: Office) -> None:
    office = office_on_each
    people = [f"U9VOTER{one}" for one in range(2 * PIECE + 10)]
    async with lives_in(office) as lives:
        assert not await lives.look()

        async def try_out(point: int) -> bool:
            over = await an_anonymous_wave_that_is_over(office, f"Survey {point}", people)
            died = await lives.look(point)
            await lives.recover()

            ballots = [one for one in await office.rows(Ballot) if one.wave_id == over.id]
            assert sorted(one.comment or "" for one in ballots) == sorted(
                f"ballot {number}" for number in range(len(people))
            ), point
            threads = {one.key for one in await office.rows(Thread) if one.wave_id == over.id}
            assert threads == {one.thread_key for one in ballots if one.thread_key}, point
            assert len(threads) == LINKED, point
            [result] = [one for one in await office.rows(Result) if one.wave_id == over.id]
            assert result.scores
            assert (sum(result.scores), result.invited) == (len(people), len(people)), point
            assert sum(one.wave_id == over.id for one in await office.rows(Publication)) == 1, point
            assert not await office.rows(SealedBallot), point
            assert not await office.rows(BallotKey), point
            return died

        assert await at_each_point(try_out) >= 10
