from storage.database.engine import Database
from storage.kit import people
from tests.builders import WORKSPACE, a_person


async def test_people_are_remembered_as_slack_last_described_them(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
        await people.remember(session, a_person("U1", locale="fr-FR"))
        await people.remember(session, a_person("U1", locale="en-GB", is_admin=True))
    async with database.reading() as session:
        stored = await people.person(session, WORKSPACE, "U1")
        assert stored
        assert stored.model_dump() == a_person("U1", locale="en-GB", is_admin=True)._asdict()
        assert await people.person(session, "T0OTHER", "U1") is None


async def test_a_whole_audience_is_remembered_and_read_at_once(database: Database) -> None:
    everyone = [a_person(f"U{number}") for number in range(1200)]
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
        await people.remember_many(session, [*everyone, a_person("U7", time_zone="Asia/Tokyo")])
        await people.remember_many(session, [])
    async with database.reading() as session:
        asked = [one.user_id for one in everyone]
        found = await people.people_of(session, WORKSPACE, [*asked, "U-unknown"])
    assert sorted(found) == sorted(asked)
    assert found["U7"].time_zone == "Asia/Tokyo"


async def test_the_only_workspace_is_nobodys_guess_when_there_are_two(database: Database) -> None:
    async with database.writing() as session:
        await people.ensure_workspace(session, WORKSPACE, "Acme")
        await people.ensure_workspace(session, WORKSPACE, "Acme Inc.")
        assert await people.home_workspace(session) == WORKSPACE
        only = await people.workspace(session, WORKSPACE)
        assert only is not None
        assert only.name == "Acme Inc."
        await people.ensure_workspace(session, "T0OTHER", "Other")
        assert await people.home_workspace(session) is None
