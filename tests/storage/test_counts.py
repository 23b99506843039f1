"""What is kept counted says what counting says, whatever was done and in whatever order."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import case, func
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports import numbers
from scoring.scale import Category
from storage import answers, counts, delivery
from storage.answers import counting
from storage.audience import Audience
from storage.database.engine import Database
from storage.delivery import invitations
from storage.importing import changes, storing
from storage.importing.imported_answers import Said, in_columns
from storage.kit import claims, preferences
from storage.privacy.erasing import erase_person
from storage.privacy.purging import purge_page
from storage.reports import results
from storage.surveys import deleting, editing
from storage.tables import Answer, Counts, Import, Invitation, KeptCount, Mention, Survey, Wave
from storage.waves import open_question, reopening
from storage.waves.closing import close_wave
from storage.waves.planning import plan_batch
from storage.words import InvitationState, LeftOutBecause
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_tap, a_wave, planned

pytestmark = pytest.mark.slow

STEPS = 60
DRIVERS = ("quality", "support", "Tools")


class Company:
    """Two surveys, one of them in a channel, and whatever may happen to them."""

    def __init__(self, session: AsyncSession, chance: Random) -> None:
        self.session, self.chance, self.now, self.people = session, chance, MONDAY, 0
        self.does: list[Callable[[], Awaitable[object]]] = [
            *[self.answer] * 6,
            *[self.explain] * 3,
            *[self.send] * 5,
            self.fail,
            self.doubt,
            self.put_back,
            self.leave_out,
            self.snooze,
            self.opt_out,
            self.opt_in,
            self.join,
            self.take_back_a_newcomer,
            self.plan_more,
            self.plan_again,
            self.resend,
            self.remind,
            self.erase,
            self.close_or_reopen,
            self.purge,
            self.import_some,
            self.take_back_an_import,
            self.delete_a_survey,
            self.fold,
        ]

    async def begin(self) -> None:
        some = [f"U{one}" for one in range(8)]
        await a_wave(self.session, some)
        in_channel = await a_stored_survey(
            self.session, "In a channel", audience=Audience(open_channel="C1"), wave_days=30
        )
        await a_wave(self.session, [], survey=in_channel)

    async def step(self) -> None:
        self.now += timedelta(minutes=self.chance.randrange(50), seconds=self.chance.randrange(60))
        await self.chance.choice(self.does)()
        await self.session.flush()
        self.session.expire_all()

    async def one(self) -> Invitation | None:
        found = (await self.session.exec(select(Invitation).order_by(col(Invitation.id)))).all()
        return self.chance.choice(found) if found else None

    async def wave(self) -> Wave | None:
        found = (await self.session.exec(select(Wave).order_by(col(Wave.id)))).all()
        return self.chance.choice(found) if found else None

    async def answer(self) -> None:
        some = [one for one in [await self.one() for _ in range(3)] if one]
        await answers.store_taps(
            self.session, [a_tap(one, self.chance.randrange(11)) for one in some], self.now
        )

    async def explain(self) -> None:
        if one := await self.one():
            words = self.chance.choice([None, "", "Because."])
            ticked = self.chance.sample(DRIVERS, self.chance.randrange(4))
            await answers.record_reason(self.session, one.id, WORKSPACE, one.user_id, words, ticked, self.now)

    async def send(self) -> None:
        one = await self.one()
        if one is None or not await claims.claim_invitation(self.session, one.id, self.now):
            return
        if self.chance.random() < 0.7:  # or else nobody knows whether it arrived
            await invitations.record_delivered(self.session, one.id, "D1", "1.1", self.now)

    async def fail(self) -> None:
        if one := await self.one():
            await delivery.record_failed(self.session, Invitation, one.id, "user_not_found")

    async def doubt(self) -> None:
        if one := await self.one():
            await delivery.record_uncertain(self.session, Invitation, one.id)

    async def put_back(self) -> None:
        if one := await self.one():
            await delivery.put_back(self.session, Invitation, one.id)

    async def leave_out(self) -> None:
        if one := await self.one():
            await delivery.leave_out(self.session, Invitation, {one.id: LeftOutBecause.BOT})

    async def snooze(self) -> None:
        if one := await self.one():
            await invitations.snooze(self.session, one.id, self.now + timedelta(hours=3), self.now)

    async def opt_out(self) -> None:
        if one := await self.one():
            await preferences.opt_out(self.session, WORKSPACE, one.user_id, self.now)

    async def opt_in(self) -> None:
        if one := await self.one():
            await preferences.undo_opt_out(self.session, WORKSPACE, one.user_id)

    async def join(self) -> None:
        if wave := await self.wave():
            self.people += 1
            await open_question.join(self.session, WORKSPACE, wave.id, f"UNEW{self.people}", self.now)

    async def take_back_a_newcomer(self) -> None:
        if self.people:
            someone = f"UNEW{self.chance.randrange(self.people) + 1}"
            await open_question.take_back(self.session, WORKSPACE, someone, self.now)

    async def plan_more(self) -> None:
        wave = await self.wave()
        if wave and wave.closed_at is None:
            await self.session.exec(update(Wave).where(col(Wave.id) == wave.id).values(planned_at=None))
            self.people += 1
            more = [
                planned(f"U{self.chance.randrange(20)}", self.now),
                planned(f"UMORE{self.people}", self.now),
            ]
            await plan_batch(self.session, wave, more, {})

    async def plan_again(self) -> None:
        if wave := await self.wave():
            await editing.plan_again(self.session, wave.id)

    async def resend(self) -> None:
        if wave := await self.wave():
            await invitations.resend_failed(self.session, wave.id, self.now)

    async def remind(self) -> None:
        """A reminder arrived where nobody knows whether the question did."""
        if one := await self.one():
            reached = update(Invitation).where(
                col(Invitation.id) == one.id, col(Invitation.state) == InvitationState.UNCERTAIN
            )
            await self.session.exec(reached.values(state=InvitationState.DELIVERED, delivered_at=self.now))

    async def erase(self) -> None:
        if one := await self.one():
            await erase_person(self.session, WORKSPACE, one.user_id, self.now)

    async def close_or_reopen(self) -> None:
        if wave := await self.wave():
            if wave.closed_at is None:
                await close_wave(self.session, wave.id, self.now)
            elif wave.label is None:
                await reopening.reopen_wave(self.session, wave, self.now + timedelta(days=30))

    async def purge(self) -> None:
        wave = await self.wave()
        if wave and wave.closed_at:
            await purge_page(self.session, wave, self.now + timedelta(days=self.chance.choice([0, 200])))

    async def import_some(self) -> None:
        survey = (await self.session.exec(select(Survey).limit(1))).first()
        if survey is None:
            return
        brought = Import(
            workspace_id=WORKSPACE,
            survey_id=survey.id,
            file_name="a.csv",
            imported_at=self.now,
        )
        self.session.add(brought)
        await self.session.flush()
        wave, _ = await storing.imported_wave(self.session, survey, "2024", self.now)
        said = [
            Said(bytes([key]), None, self.chance.randrange(11), "Imported.", None, ("quality",))
            for key in self.chance.sample(range(9), 3)
        ]
        await storing.add_answers(self.session, brought, {wave.id: in_columns(said)}, self.now)

    async def take_back_an_import(self) -> None:
        brought = (await self.session.exec(select(Import).order_by(col(Import.id).desc()).limit(1))).first()
        if brought and brought.undone_at is None:
            await changes.take_back(self.session, brought, self.now)

    async def delete_a_survey(self) -> None:
        survey = (await self.session.exec(select(Survey).limit(1))).first()
        if survey and self.chance.random() < 0.2:
            await deleting.delete_survey(self.session, survey, (), self.now)

    async def fold(self) -> None:
        await counts.fold(self.session)


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


def is_postgresql(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"
