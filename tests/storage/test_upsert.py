"""Many rows go as one statement: each is stored as it is, whatever it shares with the others."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, dialects, event, update
from sqlmodel import col, select

from storage.database.among import among
from storage.database.engine import Database
from storage.database.upsert import insert_absent, insert_or_update, table_of
from storage.kit.people import ensure_workspace, remember_many
from storage.tables import Invitation, Person, Preference
from storage.words import InvitationState
from tests.builders import MONDAY, WORKSPACE, a_person, a_wave, invitations_of

LATER = MONDAY + timedelta(hours=1)
PEOPLE = ("U1", "U2", "U3")


@pytest.fixture
async def invited(database: Database) -> list[Invitation]:
    async with database.writing() as session:
        return list((await invitations_of(session, await a_wave(session, PEOPLE))).values())


def wishes(*times: datetime | None) -> list[dict[str, object]]:
    return [
        {"workspace_id": WORKSPACE, "user_id": person, "opted_out_at": at}
        for person, at in zip(PEOPLE, times, strict=True)
    ]


async def stand(database: Database) -> dict[str, datetime | None]:
    async with database.reading() as session:
        return {one.user_id: one.opted_out_at for one in await session.exec(select(Preference))}


@pytest.mark.usefixtures("invited")
@pytest.mark.parametrize("times", [(MONDAY,) * 3, (None,) * 3, (MONDAY, None, LATER)])
async def test_what_rows_share_is_stored_with_each(
    database: Database, times: Sequence[datetime | None]
) -> None:
    async with database.writing() as session:
        assert await insert_absent(session, Preference, wishes(*times)) == 3
    assert await stand(database) == dict(zip(PEOPLE, times, strict=True))


@pytest.mark.usefixtures("invited")
async def test_rows_that_stand_already_are_changed_to_what_all_share(database: Database) -> None:
    async with database.writing() as session:
        await insert_absent(session, Preference, wishes(MONDAY, None, LATER))
        await insert_or_update(session, Preference, wishes(LATER, LATER, LATER), change=("opted_out_at",))
    assert await stand(database) == dict.fromkeys(PEOPLE, LATER)


@pytest.mark.usefixtures("invited")
async def test_text_is_stored_as_it_is(database: Database) -> None:
    people = ['U"1', "U'2", "U\\3", "Ué🙂\u2028", "U{}[],"]
    rows = [{"workspace_id": WORKSPACE, "user_id": one, "opted_out_at": MONDAY} for one in people]
    async with database.writing() as session:
        await insert_absent(session, Preference, rows)
        await insert_or_update(session, Preference, rows, change=("opted_out_at",))
    assert await stand(database) == dict.fromkeys(people, MONDAY)


async def test_moments_and_flags_in_which_rows_differ_are_stored_as_they_are(database: Database) -> None:
    described = [
        a_person("U1", is_admin=True, refreshed_at=MONDAY),
        a_person("U2", is_admin=False, refreshed_at=LATER),
        a_person("U3", is_guest=True, refreshed_at=LATER + timedelta(microseconds=1)),
    ]
    async with database.writing() as session:
        await ensure_workspace(session, WORKSPACE, "Acme")
        await remember_many(session, [one._replace(is_bot=True) for one in described])
        await remember_many(session, described)
    async with database.reading() as session:
        stored = (await session.exec(select(Person).order_by(Person.user_id))).all()
    assert [one.model_dump() for one in stored] == [one._asdict() for one in described]


@pytest.fixture
def for_each_row() -> Iterator[list[bool]]:
    """Whether each statement ran once for each of its rows."""
    ran: list[bool] = []

    def look(*statement: object) -> None:
        ran.append(statement[-1] is True)

    event.listen(Engine, "before_cursor_execute", look)
    yield ran
    event.remove(Engine, "before_cursor_execute", look)


async def test_rows_that_differ_in_each_column_are_one_statement(
    database: Database, for_each_row: list[bool]
) -> None:
    described = [
        a_person("U1", locale="fr-FR", time_zone="Europe/Paris", is_admin=True, refreshed_at=MONDAY),
        a_person("U2", locale="en-US", time_zone="UTC", is_admin=False, refreshed_at=LATER),
    ]
    async with database.writing() as session:
        await ensure_workspace(session, WORKSPACE, "Acme")
        for_each_row.clear()
        await remember_many(session, described)
        assert for_each_row == [False]


@pytest.mark.usefixtures("invited")
async def test_rows_that_are_all_alike_are_one(database: Database) -> None:
    async with database.writing() as session:
        assert await insert_absent(session, Preference, wishes(MONDAY, None, None)[:1] * 3) == 1


@pytest.mark.parametrize("count", [0, 1, 3])
async def test_among_however_many_numbers(database: Database, invited: list[Invitation], count: int) -> None:
    wanted = [one.id for one in invited[:count]]
    async with database.reading() as session:
        asked = select(Invitation.id).where(among(col(Invitation.id), "ids"))
        assert sorted(await session.exec(asked, params={"ids": wanted})) == wanted


async def test_sqlite_looks_up_what_is_among_and_reads_no_whole_table(sqlite: Database) -> None:
    asked = select(Invitation.id).where(among(col(Invitation.id), "ids"))
    statement = str(asked.compile(dialect=dialects.sqlite.dialect()))
    async with sqlite.reading() as session:
        plan = await (await session.connection()).exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("[1]",))
        steps = [str(step[-1]) for step in plan]
    assert steps[0].startswith("SEARCH invitations USING INTEGER PRIMARY KEY")


@pytest.mark.parametrize("rows", [1, 3])
async def test_another_statement_goes_along(database: Database, invited: list[Invitation], rows: int) -> None:
    rows_of = table_of(Invitation).c
    expiring = update(table_of(Invitation)).where(among(rows_of.id, "ids"))
    expiring = expiring.values(state=InvitationState.EXPIRED)
    async with database.writing() as session:
        given = {"ids": [invited[0].id]}
        await insert_or_update(
            session,
            Preference,
            wishes(MONDAY, None, None)[:rows],
            change=("opted_out_at",),
            also=(expiring, given),
        )
    async with database.reading() as session:
        states = list(await session.exec(select(Invitation.state).order_by(col(Invitation.id))))
    assert states == [InvitationState.EXPIRED, InvitationState.PLANNED, InvitationState.PLANNED]
    assert len(await stand(database)) == rows
