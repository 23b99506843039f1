"""What is kept counted says what counting says, whatever was done and in whatever order."""

from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import case, func
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports import numbers
from scoring.scale import Category
from storage import answers, counts
from storage.answers import counting
from storage.database.engine import Database
from storage.delivery import invitations
from storage.importing.in_bulk import taking_many
from storage.reports import results
from storage.tables import Answer, Counts, Invitation, KeptCount, Mention, Wave
from tests.builders import MONDAY, WORKSPACE, a_tap, a_wave
from tests.storage.company import Company, is_postgresql

pytestmark = pytest.mark.slow

STEPS = 60


@pytest.mark.parametrize("seed", range(4))
async def test_what_is_kept_is_what_counting_again_gives(database: Database, seed: int) -> None:
    async with database.writing() as session:
        company = Company(session, Random(seed))  # noqa: S311 - nothing secret: the same steps each time
        await company.begin()
        for _ in range(STEPS):
            await company.step()
            assert await counts.wrong(session, closed=True) == []
        for wave in (await session.exec(select(Wave).where(col(Wave.label).is_(None)))).all():
            kept = (await counts.of_waves(session, [wave.id], with_ticked=True))[wave.id]
            assert kept.scores == await counting.score_counts(session, wave.id)
            assert kept.comments == await counting.comment_count(session, wave.id)
            assert kept.reached == await invitations.invited_count(session, wave.id)
            assert kept.ticked == numbers.ticked_together(await results.reasons(session, wave.id))
            assert await counts.mentions(session, wave.id) == await counting.driver_counts(session, wave.id)
            for minutes in range(0, 400, 7):
                since = MONDAY + timedelta(minutes=minutes)
                assert await counts.answers_since(session, wave.id, since) == await came_since(
                    session, wave, since
                )


async def came_since(session: AsyncSession, wave: Wave, since: datetime) -> int:
    question = select(func.count()).where(Answer.wave_id == wave.id, Answer.answered_at >= since)
    return (await session.exec(question)).one()


async def test_an_answer_that_goes_takes_along_what_was_ticked_in_it(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2"])
        some = (await session.exec(select(Invitation).order_by(col(Invitation.id)))).all()
        await answers.store_taps(session, [a_tap(one, 3) for one in some], MONDAY)
        for one in some:
            await answers.record_reason(session, one.id, WORKSPACE, one.user_id, "Slow.", ["support"], MONDAY)
        await session.exec(delete(Answer).where(col(Answer.invitation_id) == some[0].id))
        assert await counts.mentions(session, wave.id) == [("support", 1)]
        kept = (await counts.of_waves(session, [wave.id], with_ticked=True))[wave.id]
        assert kept.ticked == {(Category.DETRACTOR, frozenset({"support"})): 1}
        assert await counts.wrong(session) == []


async def test_what_is_ticked_together_is_kept_together_however_it_is_written(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2"])
        some = (await session.exec(select(Invitation).order_by(col(Invitation.id)))).all()
        await answers.store_taps(session, [a_tap(one, 3) for one in some], MONDAY)
        first, second = (await session.exec(select(Answer.id).order_by(col(Answer.id)))).all()
        ticked = ["réseau", "support", "Tools"]  # in no order of any language
        session.add_all(
            [
                Mention(answer_id=one, driver=driver, workspace_id=WORKSPACE)
                for one in (first, second)
                for driver in ticked
            ]
        )
        await session.flush()
        # Two names change, one answer's goes to another one, and a score changes with all that.
        its = col(Mention.answer_id) == first
        renamed = case((col(Mention.driver) == "support", "Zeit"), else_="Büro")
        await session.exec(update(Mention).where(its, col(Mention.driver) != "Tools").values(driver=renamed))
        assert await counts.wrong(session) == []
        await session.exec(
            delete(Mention).where(col(Mention.answer_id) == second, col(Mention.driver) == "Tools")
        )
        await session.exec(
            update(Mention).where(its, col(Mention.driver) == "Tools").values(answer_id=second)
        )
        await session.exec(update(Answer).where(col(Answer.id) == second).values(score=8))
        assert await counts.wrong(session) == []
        kept = (await counts.of_waves(session, [wave.id], with_ticked=True))[wave.id]
    assert kept.ticked == {
        (Category.DETRACTOR, frozenset({"Büro", "Zeit"})): 1,
        (Category.PASSIVE, frozenset(ticked)): 1,
    }


async def test_what_is_tapped_after_an_import_is_counted_also_after_one_that_failed(
    database: Database,
) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2"])
        some = (await session.exec(select(Invitation).order_by(col(Invitation.id)))).all()
    with pytest.raises(InterruptedError):
        async with database.writing() as session, taking_many(session):
            raise InterruptedError
    for one in some:
        async with database.writing() as session:
            await answers.store_taps(session, [a_tap(one, 3)], MONDAY)
            await answers.record_reason(session, one.id, WORKSPACE, one.user_id, "Slow.", ["support"], MONDAY)
            assert await counts.wrong(session) == []
        async with database.writing() as session, taking_many(session):
            pass
    async with database.reading() as session:
        assert await counts.mentions(session, wave.id) == [("support", 2)]


async def test_what_is_kept_wrongly_is_found_and_counted_again(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2"])
        asked = (await session.exec(select(Invitation))).all()
        await answers.store_taps(session, [a_tap(one, 3) for one in asked], MONDAY)
        right = await counts.of_waves(session, [wave.id])
        is_score = col(KeptCount.what) == Counts.SCORE
        await session.exec(update(KeptCount).where(is_score).values(count=7))
        assert await counts.wrong(session) == [wave.id]
        await counts.count_again(session)
        assert await counts.wrong(session) == []
        assert await counts.of_waves(session, [wave.id]) == right


async def test_parts_of_connections_that_are_gone_are_put_together(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ["U1", "U2"])
    async with database.writing() as session:
        parts = (-1, -2) if is_postgresql(session) else (0,)
        session.add_all(
            [KeptCount(wave_id=wave.id, what=Counts.SCORE, key="9", part=part, count=2) for part in parts]
        )
        session.add(KeptCount(wave_id=wave.id, what=Counts.SCORE, key="8", part=0, count=0))
    async with database.writing() as session:
        before = await counts.of_waves(session, [wave.id])
        await counts.fold(session)
        assert await counts.of_waves(session, [wave.id]) == before
        scores = (await session.exec(select(KeptCount).where(col(KeptCount.what) == Counts.SCORE))).all()
    assert [(one.key, one.part) for one in scores] == [("9", 0)]
