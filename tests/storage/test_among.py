"""Many words told in one value are found as they are, whatever letters they have."""

from sqlmodel import col, select

from storage.database.among import among
from storage.database.engine import Database
from storage.kit import people
from storage.tables import Person
from tests.builders import WORKSPACE, a_person

ODD = ["U1", 'U"2', "U'3", "U,4", "{U5}", "U\\6", "Ü7", "NULL", ""]


async def test_odd_words_are_found_and_no_others(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
        await people.remember_many(session, [a_person(one) for one in [*ODD, "U8", "null", "U"]])
    question = select(Person.user_id).where(among(col(Person.user_id), "words"))

    async with database.reading() as session:
        for words in (ODD, ODD[:1], [], ["U-unknown"]):
            found = await session.exec(question, params={"words": words})
            assert set(found) == {*words} & {*ODD}
