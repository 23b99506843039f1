"""After erasing, a person stands nowhere in the whole database but where the sentences before it said."""

from sqlalchemy import text
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import api, cases, quotes
from storage.answers import record_reason, store_taps
from storage.audience import Audience
from storage.cases import consenting, steps
from storage.database.engine import Database
from storage.kit import people, preferences
from storage.privacy.erasing import erase_person, holds
from storage.privacy.keeping import kept_about
from storage.reports.participation import answered_and_asked, page_of_people
from storage.tables import (
    Action,
    Answer,
    Case,
    ErasedMessage,
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
from storage.words import ActionState, CaseState, CaseStep, InvitationState, LeftOutBecause, LetterState
from tests.builders import MONDAY, WORKSPACE, a_person, a_stored_survey, a_tap, a_wave, invitations_of

ANNA = "U0ANNA"
WORDS = "my very own words"
LATER = MONDAY.replace(year=2031)

KNOWN = {
    "actions",
    "answers",
    "api_questions",
    "api_tokens",
    "ballot_keys",
    "ballots",
    "case_events",
    "cases",
    "emptied",
    "erased_messages",
    "form_drafts",
    "heartbeats",
    "import_changes",
    "imports",
    "invitations",
    "kept_counts",
    "left_out",
    "letters",
    "links",
    "memberships",
    "mentions",
    "newcomers",
    "notices",
    "outages",
    "paces",
    "people",
    "preferences",
    "properties",
    "publications",
    "quotes",
    "reminders",
    "results",
    "runs",
    "sealed_ballots",
    "seen_requests",
    "survey_drivers",
    "surveys",
    "tellings",
    "threads",
    "waves",
    "webhooks",
    "workspace_settings",
    "workspaces",
}
"""A new table is added here once `kept_about` tells of what it holds about a person and `erase_person` erases it. Ballots are nobody's."""

STAYS = {
    ("surveys", "created_by"),
    ("surveys", "audience"),
    ("waves", "opened_by"),
    ("workspace_settings", "managers"),
}
"""Where the modal before erasing says that a person stays."""


def test_each_table_was_looked_at() -> None:
    assert set(SQLModel.metadata.tables) == KNOWN


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


async def where(database: Database, words: str) -> set[tuple[str, str]]:
    """Name each column of each table that holds these words."""
    found = set()
    async with database.reading() as session:
        connection = await session.connection()
        for name, table in SQLModel.metadata.tables.items():
            for row in (await connection.execute(text(f"SELECT * FROM {name}"))).mappings():  # noqa: S608 - our own
                found |= {(name, column.name) for column in table.columns if words in str(row[column.name])}
    return found


async def test_a_person_stands_only_where_it_says_so(database: Database) -> None:
    await a_whole_life(database)
    assert await where(database, ANNA) > STAYS

    async with database.writing() as session:
        await erase_person(session, WORKSPACE, ANNA, MONDAY)

    assert await where(database, ANNA) == STAYS
    assert await where(database, WORDS) == set()
    assert await where(database, "U0BEN") == {
        ("people", "user_id"),
        ("invitations", "user_id"),
        ("cases", "user_id"),
        ("case_events", "by"),
        ("quotes", "user_id"),
    }


async def test_the_card_of_a_case_and_a_quote_are_erased_too_and_who_had_another_has_it_no_more(
    database: Database,
) -> None:
    await a_whole_life(database)

    async with database.writing() as session:
        await erase_person(session, WORKSPACE, ANNA, MONDAY)

    async with database.reading() as session:
        places = {(one.channel_id, one.message_ts) for one in await session.exec(select(ErasedMessage))}
        left = (await session.exec(select(Case))).all()
    assert {("C0CARE", "4.000004"), ("C0GENERAL", "5.000005")} <= places
    assert [(one.user_id, one.state, one.owner) for one in left] == [("U0BEN", CaseState.OPEN, None)]


async def test_a_wish_not_to_be_asked_stays_too(database: Database) -> None:
    await a_whole_life(database)
    async with database.writing() as session:
        await preferences.opt_out(session, WORKSPACE, ANNA, MONDAY)
        await erase_person(session, WORKSPACE, ANNA, MONDAY)
    assert await where(database, ANNA) == STAYS | {("preferences", "user_id")}


async def test_all_of_it_is_told_before(database: Database) -> None:
    await a_whole_life(database)
    async with database.reading() as session:
        kept = await kept_about(session, WORKSPACE, ANNA)
        held = await holds(session, WORKSPACE, ANNA)
    assert kept.person is not None
    assert [(one.answer and one.answer.score) for one in kept.questions] == [2, 9]
    assert [one.quote and one.quote.message_ts for one in kept.questions] == [None, "5.000005"]
    assert [len(one.reminders) for one in kept.questions] == [0, 1]
    assert [list(one.keys) for one in kept.questions] == [[], [f"ticket of {WORDS}"]]
    assert [(one.answer.score, [each.value for each in one.properties]) for one in kept.imported] == [
        (1, [WORDS])
    ]
    assert (len(kept.left_out), len(kept.notices), len(kept.made), len(kept.chosen)) == (1, 1, 1, 1)
    assert (held.questions, held.open_answers, held.closed_answers, held.comments) == (2, 1, 1, 3)
    assert [(one.case.note, len(one.events)) for one in kept.cases] == [(WORDS, 2)]
    assert [one.step for one in kept.steps] == [CaseStep.TAKEN]
    assert [one.did for one, _ in kept.actions] == ["We answer it."]
    assert [one.text for one, _ in kept.letters] == ["Which ones?"]
    assert (held.imported, held.manages) == (1, 3)
    assert kept.settings is not None
    assert kept.settings.managers == [ANNA]


async def test_who_took_part_without_an_answer_to_find_stays_counted_as_nobody(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, (ANNA, "U0BEN"))
        asked = (await invitations_of(session, wave))[ANNA]
        asked.state = InvitationState.ANSWERED
        asked.channel_id, asked.message_ts, asked.delivered_at = "D0ANNA", "1.000001", LATER
        await session.flush()
        await erase_person(session, WORKSPACE, ANNA, MONDAY)
    async with database.reading() as session:
        assert await answered_and_asked(session, wave.id) == (1, 2)
        listed = await page_of_people(session, wave.id, 10)
        assert [one.user_id for one in listed.people] == ["U0BEN"]
    assert await where(database, ANNA) == set()
    assert await where(database, str(LATER.year)) == set()


async def test_nothing_to_erase_is_no_fault(database: Database) -> None:
    async with database.writing() as session:
        await a_stored_survey(session)
        held = await erase_person(session, WORKSPACE, "U0NOBODY", MONDAY)
    assert held.questions == 0


async def test_imported_answers_are_found_by_the_name_in_the_file(database: Database) -> None:
    await a_whole_life(database)
    async with database.writing() as session:
        named = Answer(
            import_key=b"2",
            person="Carla@Example.com ",
            workspace_id=WORKSPACE,
            wave_id=1,
            score=7,
            answered_at=MONDAY,
            changed_at=MONDAY,
        )
        session.add(named)
        await session.flush()
        held = await erase_person(session, WORKSPACE, "carla@example.com", MONDAY)
    assert held.imported == 1
    assert await where(database, "Carla") == set()
