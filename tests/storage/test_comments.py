"""Comments are read page by page, by their place and not by counting, however many there are."""

from datetime import timedelta

from sqlalchemy import insert

from storage.database.engine import Database
from storage.reports.comments import CommentFilter, page_of_comments
from storage.reports.participation import page_of_people
from storage.tables import Answer, Invitation
from storage.words import InvitationState
from tests.builders import MONDAY, WORKSPACE, a_wave

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
