"""The privacy notice: true line by line, in each language, by the settings in force."""

import re
from pathlib import Path

import pytest

from bot.privacy.noticing import notice_facts
from bot.privacy.views import notice
from bot.sandbox.form import elements
from bot.wording import words_for
from storage.tables import Survey, Webhook
from tests.journeys.office import ALICE, BRUNO, Office

THREATS = Path(__file__).parents[2] / "docs" / "threat_model.md"


async def told(office: Office, language: str = "en") -> str:
    services = office.app.services
    facts = await notice_facts(services.database, services.workspace_id)
    return notice.render(facts, words_for(language)).text


async def test_app_home_opens_it_in_the_reader_s_language(office: Office) -> None:
    await office.a_survey(keep_days=365)
    await office.driver.open_home(BRUNO)
    await office.slack.until(lambda: BRUNO in office.slack.homes)
    home = office.slack.homes[BRUNO]
    assert "privacy.notice" in [each["action_id"] for _, each in elements(home.definition["blocks"])]
    await office.driver.click(BRUNO, home, "privacy.notice")
    await office.slack.until(lambda: office.slack.modal(BRUNO) is not None)
    shown = str(office.modal(BRUNO).definition)
    assert "Ce que je garde" in shown
    assert "1 an après chaque vague" in shown


async def test_it_says_how_long_each_survey_keeps_answers(office: Office) -> None:
    assert "Answers, comments and names stay until somebody erases them." in await told(office)
    await office.a_survey("Pulse", keep_days=90)
    said = await told(office)
    assert "“Pulse”: answers, comments and names go 3 months after each wave" in said
    assert "Every other survey" not in said
    await office.a_survey("Acme")
    assert "Every other survey: until somebody erases them." in await told(office)


async def test_it_says_whether_programs_hear_of_what_happens(office: Office) -> None:
    assert "Nothing goes anywhere else" in await told(office)
    async with office.books.writing() as session:
        session.add(
            Webhook(
                workspace_id=office.slack.team_id,
                url="https://hooks.example/nps",
                secret="whsec_x",
                events=[],
                may_be_private=False,
                added_at=office.clock.now,
                next_at=office.clock.now,
            )
        )
    said = await told(office)
    assert "Programs chosen by those who run me hear of what happens" in said
    assert "Nothing goes anywhere else" not in said


async def test_a_survey_that_has_ended_asks_nobody_and_is_not_told(office: Office) -> None:
    survey = await office.a_survey("Pulse", keep_days=90)
    async with office.books.writing() as session:
        (await session.get_one(Survey, survey.id)).ended_at = office.clock.now
    assert "Pulse" not in await told(office)


@pytest.mark.parametrize("quarantine_days", [45])
async def test_it_says_how_often_one_is_asked_at_most(office: Office) -> None:
    assert "You get at most one question in 45 days." in await told(office)
    assert ALICE not in await told(office)


@pytest.mark.parametrize("quarantine_days", [0])
async def test_without_a_quarantine_it_promises_none(office: Office) -> None:
    assert "at most one question" not in await told(office)


def test_a_name_that_somebody_typed_calls_nobody() -> None:
    facts = notice.NoticeFacts(kept=(("<!channel> & co", 90),))
    assert "&lt;!channel&gt; &amp; co" in notice.render(facts, words_for("en")).text


def test_each_promise_of_the_threat_model_names_tests_that_are_there() -> None:
    rows = [line for line in THREATS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 10
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)`", row)
        assert named, row
        assert [path for path in named if not THREATS.parents[1].joinpath(path).exists()] == []
