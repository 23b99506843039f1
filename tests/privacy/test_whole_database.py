"""After erasing, a person stands nowhere in the whole database but where the sentences before it said."""

from sqlalchemy import text
from sqlmodel import SQLModel, select

from storage.database.engine import Database
from storage.kit import preferences
from storage.privacy.erasing import erase_person, holds
from storage.privacy.keeping import kept_about
from storage.reports.participation import answered_and_asked, page_of_people
from storage.tables import (
    Answer,
    Case,
    ErasedMessage,
)
from storage.words import CaseState, CaseStep, InvitationState
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_wave, invitations_of
from tests.privacy.whole_life import ANNA, WORDS, a_whole_life

LATER = MONDAY.replace(year=2031)

KNOWN = {
    "actions",
    "answers",
    "api_questions",
    "api_tokens",
    "asked_anonymously",
    "ballot_keys",
    "ballots",
    "case_events",
    "cases",
    "deletions",
    "emptied",
    "erased_marks",
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
    assert (held.imported, held.manages, held.asked_by_deleted) == (1, 3, True)
    assert kept.by_deleted is not None
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
