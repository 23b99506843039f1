"""What was erased is gone from the database's files, not only from its tables. `strings` would find nothing."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.privacy.erasing import scrub_emptied
from storage.answers import record_reason, store_taps
from storage.cases import consenting, steps
from storage.database.engine import Database
from storage.importing import changes
from storage.privacy.emptied import emptied, note_emptied, note_replaced, settle_emptied, take_emptied
from storage.privacy.erasing import erase_person
from storage.privacy.scrubbing import scrub
from storage.surveys import deleting, drafts
from storage.tables import Case, Emptied, Import, Newcomer, Survey
from storage.waves import open_question
from storage.waves.closing import close_wave
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_tap, a_wave, invitations_of
from tests.journeys.office import MAYA, Office
from tests.privacy.whole_life import a_whole_life

pytestmark = pytest.mark.slow

PEOPLE = tuple(f"U{number:05}" for number in range(400))
LEASE = timedelta(minutes=5)


def secret(user: str) -> str:
    """Words of different lengths, so that pages split and cells move."""
    return f"SECRET-{user} " + "because " * random.Random(user).randrange(4, 60)  # noqa: S311 - not a secret's own


async def a_year_of_words(database: Database) -> Survey:
    """Let people say something in a random order, and change their minds: what they said first must go as well."""
    order = random.Random(7)  # noqa: S311 - which order, not a secret
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await a_wave(session, PEOPLE, survey=survey)
        asked = await invitations_of(session, wave)
        await store_taps(session, [a_tap(asked[user], 3) for user in PEOPLE], MONDAY)
        for user in order.sample(PEOPLE, len(PEOPLE)):
            await record_reason(session, asked[user].id, WORKSPACE, user, secret(user), (), MONDAY)
        for user in order.sample(PEOPLE, len(PEOPLE)):
            said = secret(user) + secret(user)
            await record_reason(session, asked[user].id, WORKSPACE, user, said, (), MONDAY)
        await close_wave(session, wave.id, MONDAY)
    return survey


def found_in_files(folder: Path, words: str) -> list[str]:
    return [
        file.name
        for file in folder.glob("nps.db*")
        if words.encode() in file.read_bytes() or words.encode("utf-16-le") in file.read_bytes()
    ]


async def test_a_person_s_words_are_in_no_file_of_sqlite(sqlite: Database, tmp_path: Path) -> None:
    await a_year_of_words(sqlite)
    gone = PEOPLE[::4]
    assert found_in_files(tmp_path, secret(gone[0]))

    for user in gone:
        async with sqlite.writing() as session:
            await erase_person(session, WORKSPACE, user, MONDAY)
    assert await scrub(sqlite.url)

    assert [user for user in gone if found_in_files(tmp_path, user)] == []
    assert found_in_files(tmp_path, secret(PEOPLE[1])) == ["nps.db"]


async def test_a_deleted_survey_s_words_are_in_no_file_of_sqlite(sqlite: Database, tmp_path: Path) -> None:
    survey = await a_year_of_words(sqlite)
    async with sqlite.writing() as session:
        await deleting.delete_survey(session, survey, deleting.JobsAbout(), MONDAY)
    assert await scrub(sqlite.url)
    assert found_in_files(tmp_path, "SECRET") == []


async def test_without_it_traces_stay(sqlite: Database, tmp_path: Path) -> None:
    """A control: `secure_delete` alone is not enough, so the test above can fail."""
    await a_year_of_words(sqlite)
    for user in PEOPLE[::4]:
        async with sqlite.writing() as session:
            await erase_person(session, WORKSPACE, user, MONDAY)
    assert [user for user in PEOPLE[::4] if found_in_files(tmp_path, secret(user))] != []


@pytest.mark.parametrize("whole", [False, True])
async def test_postgresql_reclaims_its_rows(database: Database, *, whole: bool) -> None:
    await a_year_of_words(database)
    assert await scrub(database.url, whole=whole)


async def test_a_reader_in_the_way_is_told(sqlite: Database) -> None:
    async with sqlite.writing() as session:
        await a_stored_survey(session)
    async with sqlite.reading() as reader:
        await emptied(reader)
        assert not await scrub(sqlite.url)
    assert await scrub(sqlite.url)


async def test_the_clock_rewrites_the_file_once(office_on_each: Office) -> None:
    office = office_on_each
    services = office.app.services
    async with office.books.writing() as session:
        await note_emptied(session, services.workspace_id, office.clock.now)

    await scrub_emptied(services)

    assert await office.rows(Emptied) == []
    await scrub_emptied(services)
    assert MAYA in office.slack.users


async def test_of_two_clocks_one_takes_it(database: Database) -> None:
    async with database.writing() as session:
        await a_stored_survey(session)
        await note_emptied(session, WORKSPACE, MONDAY)
    async with database.writing() as session:
        assert await take_emptied(session, WORKSPACE, MONDAY, LEASE) == MONDAY
        assert await take_emptied(session, WORKSPACE, MONDAY, LEASE) is None
        assert await take_emptied(session, WORKSPACE, MONDAY + LEASE, LEASE) == MONDAY


async def test_what_is_erased_meanwhile_waits_for_the_next_time(database: Database) -> None:
    async with database.writing() as session:
        await a_stored_survey(session)
        await note_emptied(session, WORKSPACE, MONDAY)
        await take_emptied(session, WORKSPACE, MONDAY, LEASE)
        await note_emptied(session, WORKSPACE, MONDAY + LEASE)
        await settle_emptied(session, WORKSPACE, MONDAY, is_done=True)
        assert [row.since for row in await emptied(session)] == [MONDAY + LEASE]
        assert await take_emptied(session, WORKSPACE, MONDAY + LEASE, LEASE) == MONDAY + LEASE


async def rewritten(database: Database) -> bool:
    """Whether the clock would rewrite the files; from then on it would not."""
    async with database.writing() as session:
        waiting = await emptied(session)
        for one in waiting:
            await settle_emptied(session, one.workspace_id, one.since, is_done=True)
    return bool(waiting)


async def test_so_does_a_comment_that_its_person_empties_or_replaces(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ("U1",))
        asked = (await invitations_of(session, wave))["U1"]
        await store_taps(session, [a_tap(asked, 3)], MONDAY)

    for comment, waits in (
        ("A", False),
        ("A", False),
        ("B", True),
        (None, True),
        (None, False),
        ("C", False),
    ):
        async with database.writing() as session:
            await record_reason(session, asked.id, WORKSPACE, "U1", comment, (), MONDAY)
        assert await rewritten(database) == waits


async def test_so_does_the_note_of_a_case_that_is_changed_or_whose_person_wants_no_more(
    database: Database,
) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session, follow_up_channel="C0CARE")
        wave = await a_wave(session, ("U1",), survey=survey)
        asked = (await invitations_of(session, wave))["U1"]
        await store_taps(session, [a_tap(asked, 3)], MONDAY)
        case = await consenting.consent(session, asked.id, MONDAY)
        assert case is not None
        assert await steps.close(session, case, "U0CARE", "She called.", None, MONDAY)
        assert await steps.reopen(session, case, "U0CARE", MONDAY)
    assert not await rewritten(database)

    async with database.writing() as session:
        case = await session.get_one(Case, case.id)
        assert await steps.close(session, case, "U0CARE", "She wrote.", None, MONDAY)
    assert await rewritten(database)

    async with database.writing() as session:
        assert await consenting.withdraw(session, asked.id, MONDAY)
    assert await rewritten(database)


async def test_so_do_answers_that_are_taken_back_from_somebody_unknown(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ("U1",))
        asked = (await invitations_of(session, wave))["U1"]
        session.add(Newcomer(invitation_id=asked.id, workspace_id=WORKSPACE, user_id="U1"))
        await store_taps(session, [a_tap(asked, 3)], MONDAY)
        await record_reason(session, asked.id, WORKSPACE, "U1", "A", (), MONDAY)
        assert await open_question.take_back(session, WORKSPACE, "U1", MONDAY) == 1
        assert await open_question.take_back(session, WORKSPACE, "U2", MONDAY) == 0
    assert await rewritten(database)


async def test_so_do_forms_that_are_abandoned(database: Database) -> None:
    async with database.writing() as session:
        await a_stored_survey(session)
        await drafts.begin(session, WORKSPACE, "U1", None, {"name": ["Pulse"]}, MONDAY)
        await drafts.forget_abandoned(session, WORKSPACE, MONDAY)
    assert not await rewritten(database)

    async with database.writing() as session:
        await drafts.forget_abandoned(session, WORKSPACE, MONDAY + timedelta(days=3))
    assert await rewritten(database)


async def test_so_do_imported_answers_that_are_taken_back(database: Database) -> None:
    survey = await a_whole_life(database)
    await rewritten(database)
    async with database.writing() as session:
        brought = (await session.exec(select(Import).where(Import.survey_id == survey.id))).one()
        await changes.take_back(session, brought, MONDAY)
    assert await rewritten(database)


async def test_replaced_words_wait_for_others_and_erased_ones_do_not(database: Database) -> None:
    hour = timedelta(hours=1)
    async with database.writing() as session:
        await a_stored_survey(session)
        await note_replaced(session, WORKSPACE, MONDAY)
        await note_replaced(session, WORKSPACE, MONDAY + hour / 2)
        assert await take_emptied(session, WORKSPACE, MONDAY + hour / 2, LEASE) is None
        assert await take_emptied(session, WORKSPACE, MONDAY + hour, LEASE) == MONDAY + hour / 2
        await settle_emptied(session, WORKSPACE, MONDAY + hour / 2, is_done=True)

        await note_replaced(session, WORKSPACE, MONDAY)
        await note_emptied(session, WORKSPACE, MONDAY + LEASE)
        assert await take_emptied(session, WORKSPACE, MONDAY + LEASE, LEASE) == MONDAY + LEASE
