"""Answers leave by wave and day, and their order tells nothing more."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import exporting
from storage.answers import record_reason, store_taps
from storage.database.engine import Database
from storage.exporting import GivenAnswer, given_answers
from storage.tables import Survey, Wave
from storage.waves.closing import close_wave
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_tap, a_wave, invitations_of

DAY = date(2026, 3, 2)
PARIS = ZoneInfo("Europe/Paris")


async def answer(  # noqa: PLR0913 - the wave, the person, what they said, and when
    session: AsyncSession,
    wave: Wave,
    user: str,
    score: int,
    *,
    at: datetime = MONDAY,
    comment: str = "",
    drivers: tuple[str, ...] = (),
) -> None:
    invitation = (await invitations_of(session, wave))[user]
    await store_taps(session, [a_tap(invitation, score)], at)
    await record_reason(session, invitation.id, WORKSPACE, user, comment, drivers, at)


async def read(database: Database, survey: Survey) -> list[GivenAnswer]:
    async with database.reading() as session:
        return [one async for page in given_answers(session, survey.id) for one in page]


async def test_an_answer_carries_its_wave_its_day_and_what_was_said(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await a_wave(session, survey=survey)
        await answer(session, wave, "U1", 9, comment="Fine, “really”", drivers=("support", "quality"))
        await answer(session, wave, "U2", 3)

    assert await read(database, survey) == [
        GivenAnswer(1, DAY, 3, None, (), MONDAY, "U2"),
        GivenAnswer(1, DAY, 9, "Fine, “really”", ("quality", "support"), MONDAY, "U1"),
    ]


async def test_the_day_is_that_where_the_survey_lives(database: Database) -> None:
    midnight = datetime(2026, 3, 3, tzinfo=PARIS)
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await a_wave(session, ("U1", "U2", "U3"), survey=survey)
        await answer(session, wave, "U1", 8, at=MONDAY)
        await answer(session, wave, "U2", 8, at=midnight.astimezone(UTC) - timedelta(microseconds=1))
        await answer(session, wave, "U3", 8, at=midnight.astimezone(UTC))

    day = midnight.date()
    assert [one.day for one in await read(database, survey)] == [DAY, day - timedelta(days=1), day]


async def test_the_first_day_counts_however_often_the_answer_changes(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await a_wave(session, survey=survey)
        await answer(session, wave, "U1", 8)
        await answer(session, wave, "U1", 2, at=MONDAY + timedelta(days=2))

    assert [(one.day, one.score) for one in await read(database, survey)] == [(DAY, 2)]


async def test_within_a_day_the_order_is_that_of_what_was_said(database: Database) -> None:
    """Who was invited first, and who answered first, must not show in the order of the rows."""
    said = {"U1": 10, "U2": 0, "U3": 7, "U4": 7}
    for people in (said, dict(reversed(said.items()))):
        async with database.writing() as session:
            survey = await a_stored_survey(session, " ".join(people))
            wave = await a_wave(session, tuple(people), survey=survey)
            for hour, (user, score) in enumerate(people.items()):
                await answer(session, wave, user, score, at=MONDAY + timedelta(hours=hour))
            await answer(session, wave, "U3", 7, comment="b")
            await answer(session, wave, "U4", 7, comment="a")

        found = [(one.score, one.comment) for one in await read(database, survey)]
        assert found == [(0, None), (7, "a"), (7, "b"), (10, None)]


async def test_waves_follow_each_other_and_other_surveys_stay_out(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        first = await a_wave(session, survey=survey)
        await answer(session, first, "U1", 2, at=MONDAY + timedelta(days=3))
        await close_wave(session, first.id, MONDAY + timedelta(days=3))
        second = await a_wave(session, survey=survey)
        await answer(session, second, "U1", 1)
        other = await a_wave(session, survey=await a_stored_survey(session, "Another"))
        await answer(session, other, "U1", 10)

    assert [(one.wave, one.score) for one in await read(database, survey)] == [(1, 2), (2, 1)]


async def test_many_answers_come_in_pages(database: Database) -> None:
    many = exporting.PAGE * 2 + 1
    users = tuple(f"U{number}" for number in range(many))
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        wave = await a_wave(session, users, survey=survey)
        invited = await invitations_of(session, wave)
        await store_taps(session, [a_tap(invited[user], 9) for user in users], MONDAY)

    async with database.reading() as session:
        pages = [len(page) async for page in given_answers(session, survey.id)]
    assert pages == [exporting.PAGE, exporting.PAGE, 1]


async def test_a_survey_without_answers_gives_no_page(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)

    assert await read(database, survey) == []
