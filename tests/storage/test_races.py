"""Two at once, on connections of their own: whatever their order, one outcome."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import answers, surveys, waves
from storage.answers import AnswerRefusal, counting
from storage.answers.stored import StoredTap
from storage.database.engine import Database
from storage.errors import NameTaken, WaveAlreadyOpen
from storage.kit import claims, people
from storage.tables import Answer, Result
from storage.waves.closing import close_wave
from storage.words import InvitationState
from tests.builders import (
    MANAGER,
    MONDAY,
    WORKSPACE,
    a_person,
    a_stored_survey,
    a_survey,
    a_tap,
    a_wave,
    invitations_of,
    states_of,
)

WEEK = timedelta(days=7)
AT_ONCE = 8
Outcome = TypeVar("Outcome")


async def race(database: Database, ask: Callable[[AsyncSession, int], Awaitable[Outcome]]) -> list[Outcome]:
    """Do the same in many transactions, all begun before the first asks."""
    barrier = asyncio.Barrier(AT_ONCE)

    async def runner(number: int) -> Outcome:
        await barrier.wait()
        async with database.writing() as session:
            return await ask(session, number)

    return await asyncio.gather(*(runner(number) for number in range(AT_ONCE)))


async def test_taps_from_several_devices_leave_one_answer(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]
    outcomes = await race(
        database, lambda session, score: answers.store_taps(session, [a_tap(invitation, score)], MONDAY)
    )
    async with database.reading() as session:
        stored = (await session.exec(select(Answer))).all()
    assert len(stored) == 1
    assert all(isinstance(outcome, StoredTap) for (outcome,) in outcomes)


async def test_batches_that_share_people_in_another_order_do_not_wait_in_a_ring(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, [f"U{number}" for number in range(20)])
        invited = list((await invitations_of(session, wave)).values())

    async def tap_all(session: AsyncSession, number: int) -> None:
        order = invited if number % 2 else invited[::-1]
        await answers.store_taps(session, [a_tap(one, number) for one in order], MONDAY)

    await race(database, tap_all)
    async with database.reading() as session:
        assert sum((await counting.score_counts(session, wave.id)).values()) == 20


async def test_an_invitation_has_one_winner(database: Database) -> None:
    async with database.writing() as session:
        invitation = (await invitations_of(session, await a_wave(session, ["U1"])))["U1"]
    won = await race(database, lambda session, _: claims.claim_invitation(session, invitation.id, MONDAY))
    assert sorted(won) == [False] * (AT_ONCE - 1) + [True]


async def test_a_survey_opens_one_wave(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)

    async def open_it(session: AsyncSession, _: int) -> bool:
        try:
            await waves.open_wave(session, survey, MANAGER, MONDAY, MONDAY + WEEK)
        except WaveAlreadyOpen:
            return False
        return True

    assert sorted(await race(database, open_it)) == [False] * (AT_ONCE - 1) + [True]
    async with database.reading() as session:
        assert len(await waves.newest_waves(session, survey.id, limit=10)) == 1


async def test_a_name_is_taken_once(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")

    async def add(session: AsyncSession, _: int) -> bool:
        try:
            await surveys.add_survey(session, a_survey())
        except NameTaken:
            return False
        return True

    assert sorted(await race(database, add)) == [False] * (AT_ONCE - 1) + [True]


async def test_a_wave_closes_with_one_result(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session)
    results = await race(database, lambda session, _: close_wave(session, wave.id, MONDAY))
    assert [type(one) for one in results if one is not None] == [Result]


async def test_every_answer_acknowledged_while_a_wave_closes_is_in_its_result(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, [f"U{number}" for number in range(AT_ONCE)])
        invited = list((await invitations_of(session, wave)).values())

    async def tap_or_close(session: AsyncSession, number: int) -> int:
        if number == AT_ONCE // 2:
            await close_wave(session, wave.id, MONDAY)
            return 0
        (outcome,) = await answers.store_taps(session, [a_tap(invited[number], 9)], MONDAY)
        return outcome is not AnswerRefusal.WAVE_CLOSED

    acknowledged = sum(await race(database, tap_or_close))
    async with database.reading() as session:
        frozen = await waves.result(session, wave.id)
        counts = await states_of(session, wave)
    assert frozen is not None
    assert frozen.promoters == acknowledged == counts[InvitationState.ANSWERED]


async def test_closing_waits_for_a_tap_that_is_being_stored(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]

    async def close() -> Result | None:
        async with database.writing() as session:
            return await close_wave(session, wave.id, MONDAY)

    async with database.writing() as session:
        await answers.store_taps(session, [a_tap(invitation, 9)], MONDAY)
        closing = asyncio.create_task(close())
        finished, _ = await asyncio.wait({closing}, timeout=0.3)
    frozen = await closing
    assert not finished
    assert frozen is not None
    assert frozen.promoters == 1


async def test_a_run_has_one_winner_and_one_speaker(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
    lease = timedelta(minutes=5)

    async def claim(session: AsyncSession, _: int) -> bool:
        run = await claims.claim_run(session, WORKSPACE, "weekly_digest", 1, MONDAY, MONDAY, lease)
        return run is not None

    async def claim_again(session: AsyncSession, _: int) -> bool:
        later = MONDAY + lease
        run = await claims.claim_run(session, WORKSPACE, "weekly_digest", 1, MONDAY, later, lease)
        return run is not None

    one = [False] * (AT_ONCE - 1) + [True]
    assert sorted(await race(database, claim)) == one
    assert sorted(await race(database, claim_again)) == one
    assert sorted(await race(database, lambda session, _: claims.mark_speaking(session, 1, MONDAY))) == one


async def test_people_described_at_once_are_one_person(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
    crowd = [a_person(f"U{number}") for number in range(20)]

    async def remember(session: AsyncSession, number: int) -> None:
        await people.remember_many(session, crowd if number % 2 else crowd[::-1])

    await race(database, remember)
    async with database.reading() as session:
        assert len(await people.people_of(session, WORKSPACE, [one.user_id for one in crowd])) == 20
