"""COPY may leave out the look for each row that another refers to: only there, and only where PostgreSQL lets us."""

import uuid
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import counts
from storage.database.engine import Database
from storage.importing import storing
from storage.importing.imported_answers import ImportedAnswers, Said, in_columns
from storage.tables import Answer, Import, Mention, Wave
from tests.builders import MONDAY, WORKSPACE, a_stored_survey

ROLES = {
    "superuser": "CREATE ROLE {role} LOGIN SUPERUSER",
    "granted": "CREATE ROLE {role} LOGIN; GRANT SET ON PARAMETER session_replication_role TO {role}",
    "ordinary": "CREATE ROLE {role} LOGIN",
}


@pytest.fixture(params=ROLES)
def role_url(request: pytest.FixtureRequest, postgres_url: str) -> Iterator[str]:
    """The database as each kind of role sees it."""
    role = f"r_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(ROLES[request.param].format(role=role).encode())
        server.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}".encode())
        server.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {role}".encode())
        yield make_url(postgres_url).set(username=role).render_as_string(hide_password=False)
        server.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


@pytest.fixture
async def session(role_url: str) -> AsyncIterator[AsyncSession]:
    database = Database(role_url)
    async with database.writing() as opened:
        yield opened
    await database.close()


def said(*scores: int) -> ImportedAnswers:
    return in_columns(
        [
            Said(bytes([score]) * 16, None, score, "Kind", "2025-10-14 09:10:00.000000", ("support", "Tools"))
            for score in scores
        ]
    )


async def prepared(session: AsyncSession) -> tuple[Import, Wave]:
    survey = await a_stored_survey(session)
    brought = Import(workspace_id=WORKSPACE, survey_id=survey.id, file_name="a.csv", imported_at=MONDAY)
    session.add(brought)
    await session.flush()
    wave, _ = await storing.imported_wave(session, survey, "2025-Q4", MONDAY)
    return brought, wave


async def is_refused(session: AsyncSession) -> bool:
    """Whether a mention of an answer that nobody gave is refused, as ever."""
    try:
        async with session.begin_nested():
            session.add(Mention(answer_id=4_000_000, driver="support", workspace_id=WORKSPACE))
    except IntegrityError:
        return True
    return False


async def test_every_role_copies_alike_and_what_is_written_next_is_checked(session: AsyncSession) -> None:
    brought, wave = await prepared(session)

    stored = await storing.add_answers(session, brought, {wave.id: said(3, 9, 10)}, MONDAY)

    assert stored.added == 3
    ticked = select(Answer.score, Mention.driver).join_from(
        Answer, Mention, col(Mention.answer_id) == col(Answer.id)
    )
    expected = [(score, driver) for score in (3, 9, 10) for driver in ("Tools", "support")]
    assert sorted(await session.exec(ticked)) == expected
    assert await is_refused(session)
    assert await counts.wrong(session, closed=True) == []


async def test_rows_that_are_there_already_leave_the_checks_on(session: AsyncSession) -> None:
    brought, wave = await prepared(session)
    await storing.add_answers(session, brought, {wave.id: said(3, 9)}, MONDAY)

    again = await storing.add_answers(session, brought, {wave.id: said(9, 10)}, MONDAY)

    assert again.added == 1
    assert (await session.exec(text("SHOW session_replication_role"))).scalar_one() == "origin"  # type: ignore[call-overload] # a statement of text
    assert await is_refused(session)


async def test_answers_of_no_wave_are_not_copied(session: AsyncSession) -> None:
    brought, wave = await prepared(session)

    with pytest.raises(LookupError):
        await storing.add_answers(session, brought, {wave.id + 1: said(3)}, MONDAY)


async def test_what_copy_would_take_for_its_own_marks_comes_out_as_it_went_in(session: AsyncSession) -> None:
    brought, wave = await prepared(session)
    comments = ("\\N", "\\.", "a\tb\\tc\n\r\nd\\", "\u2028\x07«é»", None, "")
    rows = [
        Said(bytes([number]) * 16, None, number, comment, "2025-10-14 09:10:00.000000", ("a\\\tb",))
        for number, comment in enumerate(comments)
    ]

    await storing.add_answers(session, brought, {wave.id: in_columns(rows)}, MONDAY)

    asked = select(Answer.comment, Answer.import_key, Mention.driver).join_from(
        Answer, Mention, col(Mention.answer_id) == col(Answer.id)
    )
    found = (await session.exec(asked.order_by(col(Answer.score)))).all()
    assert [tuple(row) for row in found] == [(row.comment, row.key, "a\\\tb") for row in rows]
