"""A company that does whatever may change what is kept counted, in any order."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import answers, counts, delivery
from storage.audience import Audience
from storage.delivery import invitations
from storage.importing import changes, storing
from storage.importing.imported_answers import Said, in_columns
from storage.importing.in_bulk import taking_many
from storage.kit import claims, preferences
from storage.privacy.erasing import erase_person
from storage.privacy.purging import purge_piece
from storage.surveys import deleting, editing
from storage.tables import Import, Invitation, Survey, Wave
from storage.waves import open_question, reopening
from storage.waves.closing import close_wave
from storage.waves.planning import plan_batch
from storage.words import InvitationState, LeftOutBecause
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_tap, a_wave, planned

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
            later = self.now + timedelta(days=self.chance.choice([0, 200]))
            await purge_piece(self.session, wave, later, whole=self.chance.random() < 0.2)

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
        async with taking_many(self.session, self.chance.choice((0, 1_000_000))):
            await storing.add_answers(self.session, brought, {wave.id: in_columns(said)}, self.now)

    async def take_back_an_import(self) -> None:
        brought = (await self.session.exec(select(Import).order_by(col(Import.id).desc()).limit(1))).first()
        if brought and brought.undone_at is None:
            await changes.take_back(self.session, brought, self.now)

    async def delete_a_survey(self) -> None:
        survey = (await self.session.exec(select(Survey).limit(1))).first()
        if survey and self.chance.random() < 0.2:
            await deleting.delete_survey(self.session, survey, deleting.JobsAbout(), self.now)

    async def fold(self) -> None:
        await counts.fold(self.session)


def is_postgresql(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"
