from collections.abc import Mapping

import pytest
from sqlalchemy import JSON, type_coerce, update

from storage import surveys
from storage.audience import Audience
from storage.database.engine import Database
from storage.database.upsert import table_of
from storage.tables import Survey
from tests.builders import a_stored_survey

WHOLE = Audience(("C1", "C2"), ("S1",), ("U1",), everyone=True, guests=True, open_channel="C3")


@pytest.mark.parametrize("audience", [Audience(), WHOLE])
async def test_an_audience_comes_back_as_it_was_stored(database: Database, audience: Audience) -> None:
    async with database.writing() as session:
        stored = await a_stored_survey(session, audience=audience)
    async with database.reading() as session:
        found = await surveys.survey(session, stored.id)
    assert found is not None
    assert found.audience == audience


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ({}, Audience()),
        ({"channels": ["C1"], "people": []}, Audience(channels=("C1",))),
        ({"open_channel": "C1", "channels": []}, Audience(open_channel="C1")),
        ({"people": ["U1"], "cohorts": ["new"]}, Audience(people=("U1",))),
    ],
    ids=["nothing", "what the first release wrote", "an open question", "what a later release added"],
)
async def test_a_row_of_another_release_is_read(
    database: Database, row: Mapping[str, object], meant: Audience
) -> None:
    async with database.writing() as session:
        stored = await a_stored_survey(session)
        await session.exec(update(table_of(Survey)).values(audience=type_coerce(row, JSON)))
    async with database.reading() as session:
        found = await surveys.survey(session, stored.id)
    assert found is not None
    assert found.audience == meant


@pytest.mark.parametrize(
    ("given", "asks"),
    [
        ({}, False),
        ({"guests": True}, False),
        ({"open_channel": "C1"}, False),
        ({"channels": ("C1",)}, True),
        ({"user_groups": ("S1",)}, True),
        ({"people": ("U1",)}, True),
        ({"everyone": True}, True),
    ],
)
def test_an_audience_asks_people_when_it_names_some(given: Mapping[str, object], *, asks: bool) -> None:
    assert Audience.stored(given).asks_people == asks
    assert Audience.stored(Audience.stored(given).as_json()) == Audience.stored(given)
