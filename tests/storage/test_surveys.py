import pytest

from storage import surveys
from storage.database.engine import Database
from storage.errors import NameTaken
from tests.builders import MONDAY, WORKSPACE, a_stored_survey, a_survey


async def test_a_survey_is_found_by_its_name_whatever_case_and_spaces_a_person_types(
    database: Database,
) -> None:
    async with database.writing() as session:
        stored = await a_stored_survey(session, "  Équipe   Pulse ")
    async with database.reading() as session:
        found = await surveys.find_survey(session, WORKSPACE, "ÉQUIPE pulse")
        elsewhere = await surveys.find_survey(session, "T0OTHER", "équipe pulse")
    assert found == stored
    assert stored.name == "Équipe Pulse"
    assert elsewhere is None


async def test_two_surveys_of_one_workspace_may_not_differ_in_case_alone(database: Database) -> None:
    async with database.writing() as session:
        await a_stored_survey(session, "Team pulse")
        with pytest.raises(NameTaken, match="choose another name"):
            await surveys.add_survey(session, a_survey("TEAM PULSE"))
        # The session is still good for what the flow does next.
        await surveys.add_survey(session, a_survey("Customers"))
        names = [one.name for one in await surveys.list_surveys(session, WORKSPACE)]
    assert names == ["Customers", "Team pulse"]


async def test_every_workspace_chooses_its_names_freely(database: Database) -> None:
    async with database.writing() as session:
        ours = await a_stored_survey(session)
        theirs = await a_stored_survey(session, workspace_id="T0OTHER")
        assert await surveys.every_survey(session) == [ours, theirs]
        assert await surveys.list_surveys(session, "T0OTHER") == [theirs]
        assert await surveys.survey(session, theirs.id) == theirs


async def test_a_survey_is_paused_and_resumed_once_each(database: Database) -> None:
    async with database.writing() as session:
        survey = await a_stored_survey(session)
        assert not await surveys.resume_survey(session, survey.id)
        assert await surveys.pause_survey(session, survey.id, MONDAY)
        assert not await surveys.pause_survey(session, survey.id, MONDAY)
        assert await surveys.resume_survey(session, survey.id)
