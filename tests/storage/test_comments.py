"""Comments are read page by page, by their place and not by counting, however many there are."""

from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.comments import CommentFilter, drivers_ticked, page_of_comments
from storage.database.engine import Database
from storage.question import usual
from storage.reports.participation import page_of_people
from storage.tables import Answer, Invitation, Survey, Wave
from storage.words import InvitationState
from tests.builders import MONDAY, WORKSPACE, a_closed_wave, a_stored_survey, a_wave
from tests.statements import statements

pytestmark = pytest.mark.slow

MANY = 9_000
EACH = CommentFilter()


async def test_a_page_among_thousands_is_read_by_its_place(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ())
        connection = await session.connection()
        asked = {"workspace_id": WORKSPACE, "wave_id": wave.id, "state": InvitationState.ANSWERED}
        said = {"workspace_id": WORKSPACE, "wave_id": wave.id, "changed_at": MONDAY}
        await connection.execute(
            insert(Invitation),
            [asked | {"user_id": f"U{one:06}", "send_after": MONDAY} for one in range(1, MANY + 1)],
        )
        await connection.execute(
            insert(Answer),
            [
                said
                | {
                    "invitation_id": one,
                    "score": one % 11,
                    "comment": f"voice {one}",
                    # Three at a time: the id decides among those.
                    "answered_at": MONDAY + timedelta(seconds=one // 3),
                }
                for one in range(1, MANY + 1)
            ],
        )
    async with database.reading() as session:
        newest = await page_of_comments(session, wave.survey_id, EACH, 8)
        assert [one.comment for one in newest.comments] == [f"voice {MANY - one}" for one in range(8)]
        deep = await page_of_comments(session, wave.survey_id, EACH, 8, 5_000)
        assert [one.comment for one in deep.comments] == [f"voice {4_999 - one}" for one in range(8)]
        back = await page_of_comments(session, wave.survey_id, EACH, 8, 4_999, is_newer=True)
        assert [one.comment for one in back.comments] == [f"voice {5_007 - one}" for one in range(8)]
        found = await page_of_comments(session, wave.survey_id, CommentFilter(text="VOICE 7777"), 8)
        assert [one.user_id for one in found.comments] == ["U007777"]
        people = await page_of_people(session, wave.id, 20, 5_000)
        assert [one.user_id for one in people.people] == [f"U{5_001 + one:06}" for one in range(20)]


async def test_what_looks_like_a_pattern_is_a_text(database: Database) -> None:
    async with database.writing() as session:
        wave = await a_wave(session, ("U1", "U2"))
        for number, comment in enumerate(("100% sure", "100 times"), start=1):
            session.add(
                Answer(
                    workspace_id=WORKSPACE,
                    wave_id=wave.id,
                    invitation_id=number,
                    score=9,
                    comment=comment,
                    answered_at=MONDAY,
                    changed_at=MONDAY,
                )
            )
    async with database.reading() as session:
        for text in ("0%", "100% S"):
            page = await page_of_comments(session, wave.survey_id, CommentFilter(text=text), 8)
            assert [one.comment for one in page.comments] == ["100% sure"]


async def many_waves(session: AsyncSession, number: int, each: int, name: str = "Team pulse") -> Survey:
    """Store imported waves of one time: their answers lie among one another, and many have one moment."""
    survey = await a_stored_survey(session, name)
    connection = await session.connection()
    for wave in range(1, number + 1):
        row = Wave(
            workspace_id=WORKSPACE,
            survey_id=survey.id,
            number=-wave,
            label=f"part {wave}",
            opened_by="U1",
            opens_at=MONDAY,
            closes_at=MONDAY,
            closed_at=MONDAY,
        )
        session.add(row)
        await session.flush()
        await connection.execute(
            insert(Answer),
            [
                {
                    "workspace_id": WORKSPACE,
                    "wave_id": row.id,
                    "import_key": f"{name}:{wave}:{one}".encode(),
                    "score": (wave + one) % 11,
                    "comment": f"voice {wave}.{one}" if one % 5 else None,
                    "answered_at": MONDAY + timedelta(days=(7 * wave + 3 * one) % 20),
                    "changed_at": MONDAY,
                }
                for one in range(each)
            ],
        )
    return survey


@pytest.mark.parametrize("wanted", [EACH, CommentFilter(scores=(0, 1, 2)), CommentFilter(text="VOICE 1")])
async def test_waves_of_one_time_are_read_in_one_order_there_and_back(
    database: Database, wanted: CommentFilter
) -> None:
    async with database.writing() as session:
        survey = await many_waves(session, 15, 12)
        everything = (await session.exec(select(Answer).where(col(Answer.comment).is_not(None)))).all()
    expected = [
        one.id
        for one in sorted(everything, key=lambda one: (one.answered_at, one.id), reverse=True)
        if (wanted.scores is None or one.score in wanted.scores)
        and wanted.text.casefold() in str(one.comment).casefold()
    ]
    assert len(expected) > 20

    async with database.reading() as session:
        page = await page_of_comments(session, survey.id, wanted, 7)
        pages = [page]
        while page.has_older:
            page = await page_of_comments(session, survey.id, wanted, 7, page.comments[-1].answer_id)
            pages.append(page)
        assert [one.answer_id for page in pages for one in page.comments] == expected
        for before in reversed(pages[:-1]):
            page = await page_of_comments(
                session, survey.id, wanted, 7, page.comments[0].answer_id, is_newer=True
            )
            assert page.comments == before.comments


async def test_a_page_takes_as_many_statements_of_many_waves_as_of_two(database: Database) -> None:
    counts = []
    for number in (2, 40):
        async with database.writing() as session:
            survey = await many_waves(session, number, 12, f"Of {number} waves")
        with statements() as asked:
            async with database.reading() as session:
                await page_of_comments(session, survey.id, EACH, 8)
                await drivers_ticked(session, survey.id)
        counts.append(len(asked))

    assert counts[0] == counts[1]


async def test_of_a_wave_the_next_comments_are_read_from_the_index_and_no_more(database: Database) -> None:
    async with database.writing() as session:
        survey = await many_waves(session, 3, 12)
        dialect = session.get_bind().dialect.name
        if dialect == "postgresql":  # so few rows it would sort
            await (await session.connection()).exec_driver_sql("SET enable_sort = off")
            await (await session.connection()).exec_driver_sql("SET enable_seqscan = off")
        with statements() as asked:
            await page_of_comments(session, survey.id, EACH, 8)
        reading = [(statement, values) for statement, values in asked if "LIMIT" in statement]
        explain = "EXPLAIN QUERY PLAN" if dialect == "sqlite" else "EXPLAIN"
        plans = [
            str((await (await session.connection()).exec_driver_sql(f"{explain} {statement}", values)).all())
            for statement, values in reading
        ]
    assert len(plans) == 2
    assert all("comments_by_wave_and_time" in plan for plan in plans)


async def test_drivers_are_named_from_results_and_what_open_waves_offer(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        await a_closed_wave(session, survey, [9, 3], reasons=[[9, ["work", "Canteen"], 1], [3, [], 1]])
        await a_wave(session, (), survey=survey, opens_at=MONDAY + timedelta(days=30))
        offered = {one.key for one in usual(survey.kind)}
    async with database.reading() as session:
        assert await drivers_ticked(session, survey.id) == sorted({"Canteen", "work", *offered})
