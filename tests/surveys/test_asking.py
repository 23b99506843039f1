"""A manager makes a survey and opens it; each person in its audience gets one question."""

import pytest

from bot.kit import in_time
from storage.audience import Audience
from storage.tables import Invitation, Survey, Wave
from storage.words import InvitationState, Kind
from tests.journeys.office import (
    ALICE,
    ASKED,
    BRUNO,
    CHEN,
    GENERAL,
    GONE,
    MAYA,
    OUTSIDER,
    ROBOT,
    Office,
    listeners_finish,
)

pytestmark = pytest.mark.slow


async def test_the_form_becomes_a_survey_and_a_preview_that_counts_its_audience(office: Office) -> None:
    await office.make_survey(people=[OUTSIDER])
    preview = str(office.modal(MAYA).blocks)
    assert await office.rows(Survey) == []

    await office.save_for_later()

    [survey] = await office.rows(Survey)
    assert (survey.name, survey.subject, survey.kind) == ("Acme", "Acme", Kind.CUSTOMERS)
    assert survey.audience == Audience(channels=(GENERAL,), people=(OUTSIDER,))
    assert (survey.wave_days, survey.digest_weekday, survey.digest_hour) == (14, 0, 9)
    assert survey.created_by == MAYA
    assert "5 people get one direct message each" in preview
    assert "1 bot" in preview
    assert "1 deactivated account" in preview
    assert await office.rows(Wave) == []


async def test_opening_sends_one_question_to_each_person_in_their_language_and_zone(office: Office) -> None:
    await office.make_survey()
    await office.hear(MAYA, office.driver.submit(MAYA, office.modal(MAYA)))
    await office.tick()

    assert {row.user_id: row.state for row in await office.rows(Invitation)} == dict.fromkeys(
        ASKED, InvitationState.DELIVERED
    )
    assert "au lundi 7 décembre au matin" in office.question(BRUNO).text
    assert "until Monday, December 7, in the morning" in office.question(ALICE).text
    assert "until Monday, December 7, in the afternoon" in office.question(CHEN).text
    for person in (ALICE, BRUNO, CHEN):
        assert len(office.read_by(person)) == 1
    for nobody in (GONE, ROBOT, OUTSIDER):
        assert office.read_by(nobody) == []


async def test_the_question_has_eleven_buttons_in_two_rows(office: Office) -> None:
    await office.ask_everyone()

    rows = [block["elements"] for block in office.question(ALICE).blocks if block["type"] == "actions"]
    *scores, _ = rows
    assert [[button["text"]["text"] for button in row] for row in scores] == [
        ["0", "1", "2", "3", "4", "5"],
        ["6", "7", "8", "9", "10"],
    ]


async def test_the_clock_asks_nobody_twice(office: Office) -> None:
    await office.ask_everyone()
    await office.tick()
    await office.tick()

    assert len(office.read_by(ALICE)) == 1


async def test_the_manager_hears_how_many_are_asked_and_until_when(office: Office) -> None:
    await office.make_survey()

    said = await office.hear(MAYA, office.driver.submit(MAYA, office.modal(MAYA)))

    assert said == (
        "Wave 1 of “Acme” is open until Monday, 7 December at 09:00.\n"
        "Sent to 0 of 4 · 4 to come, each in their working hours\n"
        "Left out: 1 bot, 1 deactivated account."
    )
    assert office.notice(MAYA).text == said


async def test_closing_the_preview_saves_nothing_and_asks_nobody(office: Office) -> None:
    await office.make_survey()

    await office.driver.close(MAYA, office.modal(MAYA))
    await office.tick()

    assert await office.rows(Survey) == []
    assert office.read_by(ALICE) == []


async def test_a_preview_of_a_slow_slack_shows_first_that_it_is_looking(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_time, "PATIENCE", 0.02)
    office.slack.faults.delay("conversations.members", 0.2)

    await office.fill_in()

    assert "Looking up who is in the audience" in str(office.modal(MAYA).blocks)
    await listeners_finish()
    assert "4 people get one direct message each" in str(office.modal(MAYA).blocks)


async def test_closing_the_preview_before_the_audience_is_counted_worries_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_time, "PATIENCE", 0.02)
    office.slack.faults.delay("conversations.members", 0.2)

    await office.fill_in()
    await office.driver.close(MAYA, office.modal(MAYA))

    await listeners_finish()
    assert [call.error for call in office.calls("views.update")][-1] == "not_found"
    assert office.read_by(MAYA) == []
