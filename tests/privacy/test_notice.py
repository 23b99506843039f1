"""The privacy notice: true line by line, in each language, by the settings in force."""

import re
from pathlib import Path

import pytest

from bot.privacy.noticing import notice_facts
from bot.privacy.views import notice
from bot.sandbox.form import elements
from bot.wording import words_for
from storage import api
from storage.privacy.purging import purge_piece
from storage.surveys import editing
from storage.tables import ApiToken, Invitation, Survey, Wave, Webhook
from storage.words import Kind, TokenScope
from tests.journeys.office import ALICE, BRUNO, MAYA, Office

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


async def test_of_more_surveys_than_it_names_it_says_how_many_have_settings_of_their_own(
    office: Office,
) -> None:
    for number in range(notice.SURVEYS_NAMED + 2):
        await office.a_survey(
            f"S{number:02}", kind=Kind.EMPLOYEES, keep_days=30, minimum=8, digest_comments=True
        )

    said = await told(office)

    assert "“S09”: answers" in said
    assert "2 more surveys have a time of their own." in said
    assert "2 more surveys have a number of their own, which their question tells." in said
    assert "The weekly digests of 2 more surveys may quote a few comments, without names." in said
    assert "Every other survey" not in said


async def test_it_says_what_stays_for_longer_than_that(office: Office) -> None:
    said = await told(office)
    assert "of admins and owners it stays for as long as they are that." in said
    assert "That you were asked stays" not in said

    await office.a_survey("Pulse", keep_days=30)
    assert "That you were asked stays until you may be asked again." in await told(office)


async def test_it_says_whether_programs_have_a_token(office: Office) -> None:
    async with office.books.writing() as session:
        token = ApiToken(
            workspace_id=office.slack.team_id,
            name="dashboard",
            fingerprint=b"x" * 32,
            scopes=[TokenScope.READ],
            made_at=office.clock.now,
        )
        session.add(token)
        await session.flush()
        token_id = token.id
    said = await told(office)
    assert "Programs with a token from those who run me read what everyone may read" in said
    assert "Nothing goes anywhere else" not in said

    async with office.books.writing() as session:
        assert await api.revoke(session, office.slack.team_id, token_id, office.clock.now)
    assert "Nothing goes anywhere else" in await told(office)


async def test_an_open_wave_keeps_answers_for_as_long_as_its_people_were_told(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone("Pulse", keep_days=30)
    await change(office, keep_days=None)
    assert "“Pulse”: answers, comments and names go 1 month after each wave" in await told(office)

    await change(office, keep_days=7)
    assert "“Pulse”: answers, comments and names go 7 days after each wave" in await told(office)


async def test_what_closed_waves_keep_for_longer_is_told(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone("Pulse", keep_days=None)
    await office.command(MAYA, "close")
    assert "Answers, comments and names stay until somebody erases them." in await told(office)

    await change(office, keep_days=30)
    assert "“Pulse”: answers, comments and names go 1 month after each wave" in await told(office)


async def test_a_survey_that_has_ended_is_told_while_it_holds_what_people_said(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.ask_everyone("Pulse", keep_days=90)
    await office.command(MAYA, "close")
    await change(office, ended_at=office.clock.now)
    assert "“Pulse”: answers, comments and names go 3 months after each wave" in await told(office)

    office.clock.forward(days=91)
    [wave] = await office.rows(Wave)
    async with office.books.writing() as session:
        while await purge_piece(session, wave, office.clock.now):
            pass
    assert await office.rows(Invitation) == []
    assert "Pulse" not in await told(office)


async def change(office: Office, **columns: object) -> None:
    """Change a survey's row, as the flows do that ask people first."""
    [survey] = await office.rows(Survey)
    async with office.books.writing() as session:
        await editing.change_survey(session, survey, {"name": survey.name, **columns}, office.clock.now)


async def test_a_survey_that_has_ended_and_holds_nothing_is_not_told(office: Office) -> None:
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


def test_slack_takes_it_also_where_many_surveys_have_settings_of_their_own() -> None:
    names = [f"{number} {'long ' * 14}" for number in range(12)]
    facts = notice.NoticeFacts(
        kept=tuple((name, 90) for name in names),
        minimums=tuple((name, 8, True) for name in names),
        quoted=tuple(names),
    )
    for language in ("en", "fr"):
        blocks = notice.modal(facts, words_for(language))["blocks"]
        assert max(len(block["text"]["text"]) for block in blocks) <= 3000


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
