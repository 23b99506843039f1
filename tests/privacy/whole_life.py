"""A person who has left a row wherever one can."""

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import api, cases, quotes
from storage.answers import record_reason, store_taps
from storage.audience import Audience
from storage.cases import consenting, steps
from storage.database.engine import Database
from storage.kit import people
from storage.tables import (
    Action,
    Answer,
    AskedAnonymously,
    Import,
    ImportChange,
    Letter,
    Membership,
    Newcomer,
    Notice,
    PersonLeftOut,
    Property,
    Reminder,
    Survey,
    Thread,
    WorkspaceSettings,
)
from storage.waves.closing import close_wave
from storage.words import ActionState, LeftOutBecause, LetterState
from tests.builders import MONDAY, WORKSPACE, a_person, a_stored_survey, a_tap, a_wave, invitations_of

ANNA = "U0ANNA"
WORDS = "my very own words"


async def a_whole_life(database: Database) -> Survey:
    """Put one person, and another beside them, into every table that can hold a person."""
    async with database.writing() as session:
        survey = await a_stored_survey(
            session, created_by=ANNA, audience=Audience(people=(ANNA,)), follow_up_channel="C0CARE"
        )
        await people.remember_many(session, [a_person(ANNA), a_person("U0BEN")])
        old = await a_wave(session, (ANNA, "U0BEN"), survey=survey)
        asked = await invitations_of(session, old)
        await store_taps(session, [a_tap(asked[ANNA], 2), a_tap(asked["U0BEN"], 9)], MONDAY)
        await record_reason(session, asked[ANNA].id, WORKSPACE, ANNA, WORDS, ("quality",), MONDAY)
        hers = await consenting.consent(session, asked[ANNA].id, MONDAY)
        bens = await consenting.consent(session, asked["U0BEN"].id, MONDAY)
        assert hers is not None
        assert bens is not None
        await steps.close(session, hers, "U0CARE", WORDS, None, MONDAY)
        await cases.record_card(session, hers.id, "C0CARE", "4.000004", version=2)
        await steps.take(session, bens, ANNA, MONDAY)
        await record_reason(session, asked["U0BEN"].id, WORKSPACE, "U0BEN", "Fine", (), MONDAY)
        await quotes.allow(session, asked["U0BEN"].id, MONDAY, with_name=True)
        bens_words = await quotes.of_invitation(session, asked["U0BEN"].id)
        assert bens_words is not None
        await quotes.pick(session, bens_words, ANNA, "C0GENERAL", MONDAY)
        await close_wave(session, old.id, MONDAY)
        new = await a_wave(session, (ANNA, "U0BEN"), survey=survey)
        again = (await invitations_of(session, new))[ANNA]
        again.channel_id, again.message_ts, again.again_ts = "D0ANNA", "1.000001", "2.000002"
        await store_taps(session, [a_tap(again, 9)], MONDAY)
        await record_reason(session, again.id, WORKSPACE, ANNA, WORDS, (), MONDAY)
        await quotes.allow(session, again.id, MONDAY, with_name=True)
        hers_too = await quotes.of_invitation(session, again.id)
        assert hers_too is not None
        await quotes.pick(session, hers_too, "U0BOSS", "C0GENERAL", MONDAY)
        await session.refresh(hers_too)
        assert await quotes.record_posted(session, hers_too, "C0GENERAL", "5.000005")
        new.opened_by = ANNA
        await api.keep_key(session, again, f"ticket of {WORDS}", MONDAY)
        session.add(
            Reminder(
                workspace_id=WORKSPACE,
                wave_id=new.id,
                invitation_id=again.id,
                number=1,
                send_after=MONDAY,
                message_ts="3.000003",
            )
        )
        session.add(
            WorkspaceSettings(workspace_id=WORKSPACE, managers=[ANNA], changed_by=ANNA, changed_at=MONDAY)
        )
        session.add(
            Action(
                workspace_id=WORKSPACE,
                survey_id=survey.id,
                said="The phone rings.",
                did="We answer it.",
                drivers=[],
                owner=ANNA,
                state=ActionState.PLANNED,
                day=MONDAY.date(),
                state_since=MONDAY,
            )
        )
        await _wrote_back(session, old.id)
        session.add(AskedAnonymously(workspace_id=WORKSPACE, user_id=ANNA, asked_at=MONDAY))
        session.add(Newcomer(invitation_id=again.id, workspace_id=WORKSPACE, user_id=ANNA))
        session.add(
            PersonLeftOut(
                workspace_id=WORKSPACE, wave_id=new.id, user_id=ANNA, because=LeftOutBecause.OPTED_OUT
            )
        )
        session.add(Membership(wave_id=new.id, user_id=ANNA, part="C0GENERAL", workspace_id=WORKSPACE))
        session.add(
            Notice(
                workspace_id=WORKSPACE,
                user_id=ANNA,
                about="outage:1",
                text="",
                written_at=MONDAY,
                said_at=MONDAY,
            )
        )
        brought = Import(workspace_id=WORKSPACE, survey_id=survey.id, file_name="old.csv", imported_at=MONDAY)
        session.add(brought)
        told = Answer(
            import_key=b"1",
            person=ANNA,
            workspace_id=WORKSPACE,
            wave_id=old.id,
            score=1,
            comment=WORDS,
            answered_at=MONDAY,
            changed_at=MONDAY,
        )
        session.add(told)
        await session.flush()
        session.add(Property(answer_id=told.id, name="e-mail", value=WORDS, workspace_id=WORKSPACE))
        session.add(
            ImportChange(
                import_id=brought.id,
                answer_id=told.id,
                workspace_id=WORKSPACE,
                score=1,
                comment=WORDS,
                drivers=[],
                changed_at=MONDAY,
            )
        )
    return survey


async def _wrote_back(session: AsyncSession, wave_id: int) -> None:
    """Let her write as a manager to somebody whose name nobody knows."""
    session.add(
        Thread(key=b"t" * 16, workspace_id=WORKSPACE, wave_id=wave_id, sealed=b"1", ends_on=MONDAY.date())
    )
    await session.flush()
    session.add(
        Letter(
            thread_key=b"t" * 16,
            number=1,
            workspace_id=WORKSPACE,
            is_from_team=True,
            author=ANNA,
            text="Which ones?",
            state=LetterState.DELIVERED,
        )
    )
