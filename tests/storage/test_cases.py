"""A case in the database: none without consent, and one step at a time."""

import asyncio
import random

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import answers, cases
from storage.cases import consenting, steps
from storage.database.engine import Database
from storage.tables import Case, CaseEvent
from storage.words import CaseCause, CaseEnding, CaseState
from tests.builders import MONDAY, a_stored_survey, a_tap, a_wave, invitations_of

pytestmark = pytest.mark.slow

AT_ONCE = 6
CHANGES_THEIR_MIND = 0.7


async def a_case(database: Database) -> Case:
    async with database.writing() as session:
        survey = await a_stored_survey(session, follow_up_channel="C0CARE")
        wave = await a_wave(session, ["U1"], survey=survey)
        invitation = (await invitations_of(session, wave))["U1"]
        await answers.store_taps(session, [a_tap(invitation, 2)], MONDAY)
        case = await consenting.consent(session, invitation.id, MONDAY)
    assert case is not None
    return case


async def stands(database: Database, case: Case) -> Case:
    async with database.reading() as session:
        found = await cases.case(session, case.id)
    assert found is not None
    return found


async def test_of_many_who_take_a_case_at_once_one_has_it(database: Database) -> None:
    case = await a_case(database)
    barrier = asyncio.Barrier(AT_ONCE)

    async def take(number: int) -> bool:
        await barrier.wait()
        async with database.writing() as session:
            return await steps.take(session, case, f"U9{number}", MONDAY)

    outcomes = await asyncio.gather(*(take(number) for number in range(AT_ONCE)))

    assert outcomes.count(True) == 1
    assert (await stands(database, case)).owner == f"U9{outcomes.index(True)}"


async def test_who_consents_in_two_windows_at_once_has_one_case(database: Database) -> None:
    case = await a_case(database)

    async with database.writing() as session:
        again = await consenting.consent(session, case.invitation_id, MONDAY)

    assert again is not None
    assert again.id == case.id
    async with database.reading() as session:
        assert len((await session.exec(select(CaseEvent))).all()) == 1


async def test_a_survey_without_a_channel_for_it_makes_no_case(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1"])
        invitation = (await invitations_of(session, wave))["U1"]
        assert await consenting.consent(session, invitation.id, MONDAY) is None


async def test_what_the_person_ends_is_reopened_by_nobody_and_keeps_no_note(database: Database) -> None:
    case = await a_case(database)
    async with database.writing() as session:
        assert await steps.close(session, case, "U9", "A note.", CaseCause.SLOW, MONDAY)
    closed = await stands(database, case)
    async with database.writing() as session:
        assert await steps.end(session, closed, CaseEnding.WITHDRAWN, MONDAY)
    ended = await stands(database, case)
    assert (ended.note, ended.cause) == (None, None)
    async with database.writing() as session:
        assert not await steps.reopen(session, ended, "U9", MONDAY)


@pytest.mark.parametrize("change", [{"state": CaseState.TAKEN}, {"closed_at": MONDAY}])
async def test_the_database_keeps_a_case_in_one_state(database: Database, change: dict[str, object]) -> None:
    case = await a_case(database)

    with pytest.raises(IntegrityError):
        await _write(database, case, change)


async def _write(database: Database, case: Case, change: dict[str, object]) -> None:
    async with database.writing() as session:
        found = await session.get_one(Case, case.id)
        for name, value in change.items():
            setattr(found, name, value)


async def test_hundreds_of_random_answers_leave_no_case_without_consent(database: Database) -> None:
    """What each person last said decides, whatever they and those who follow up did before."""
    chance = random.Random(13)  # noqa: S311 - chance is all we want
    crowd = [f"U{number}" for number in range(20)]
    last: dict[str, bool] = {}
    async with database.writing() as session:
        survey = await a_stored_survey(session, follow_up_channel="C0CARE")
        invited = await invitations_of(session, await a_wave(session, crowd, survey=survey))
        ids = {user: invitation.id for user, invitation in invited.items()}
        taps = {
            user: [a_tap(invitation, score) for score in range(11)] for user, invitation in invited.items()
        }
        for _ in range(300):
            user = chance.choice(crowd)
            session.expire_all()
            await answers.store_taps(session, [chance.choice(taps[user])], MONDAY)
            if chance.random() < CHANGES_THEIR_MIND:
                last[user] = chance.choice([True, False])
                say = consenting.consent if last[user] else consenting.withdraw
                await say(session, ids[user], MONDAY)
            await _follow_up(session, chance, ids[user])

    async with database.reading() as session:
        found = {one.user_id: one for one in (await session.exec(select(Case))).all()}
    may = {user for user, one in found.items() if one.ending in {None, CaseEnding.RESOLVED}}
    assert may == {user for user, consents in last.items() if consents}


async def _follow_up(session: AsyncSession, chance: random.Random, invitation_id: int) -> None:
    case = await cases.case_of(session, invitation_id)
    if case:
        await session.refresh(case)
        doing = chance.choice(["take", "contact", "close", "reopen"])
        if doing == "close":
            await steps.close(session, case, "U9", "", None, MONDAY)
        else:
            await getattr(steps, doing)(session, case, "U9", MONDAY)
