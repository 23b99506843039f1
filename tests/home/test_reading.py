"""App Home as the place to read: each survey with its numbers, what comes, and a person's own answers."""

from dataclasses import replace

import pytest

from bot.home.publishing import refresh_home
from bot.home.views import home, results
from bot.ids import ActionId
from bot.kit.people import Who
from bot.sandbox.form import elements
from bot.sandbox.records import View
from bot.wording import words_for
from storage.words import Kind, Rhythm
from tests.builders import a_closed_wave
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office, listeners_finish
from tests.statements import statements

pytestmark = pytest.mark.slow

SPLIT = [*[10] * 8, *[8] * 6, *[3] * 6]
HAPPY = [*[10] * 12, *[8] * 4, *[3] * 4]


async def home_of(office: Office, person: str) -> View:
    """Open App Home as this person and return what stands there."""
    await office.driver.open_home(person)
    await listeners_finish()
    shown = office.slack.home(person)
    assert shown is not None
    return shown


def buttons(view: View) -> list[str]:
    return [element["action_id"] for _, element in elements(view.blocks)]


async def some_surveys(office: Office, many: int, kind: Kind = Kind.CUSTOMERS, **facts: object) -> None:
    """Give the office surveys of two closed waves each, and of one that is open."""
    for number in range(many):
        survey = await office.a_survey(f"Survey {number:02}", kind=kind, **facts)
        async with office.books.writing() as session:
            await a_closed_wave(session, survey, SPLIT)
            await a_closed_wave(session, survey, HAPPY, number=2)


async def test_a_survey_has_its_number_its_waves_and_what_comes(office: Office) -> None:
    await some_surveys(office, 1, rhythm=Rhythm.QUARTERLY)

    blocks = str((await home_of(office, ALICE)).blocks)

    assert "Survey 00: NPS +40" in blocks
    assert "NPS by wave: +10 → +40" in blocks
    assert "Next wave: " in blocks
    assert "Next digest, if there is news: Monday" in blocks


async def test_managers_are_offered_comments_and_who_answered_and_others_are_not(office: Office) -> None:
    await some_surveys(office, 1)

    for_manager, for_others = [buttons(await home_of(office, who)) for who in (MAYA, BRUNO)]

    assert {ActionId.TREND, ActionId.DRIVERS} <= {*for_others}
    assert not {ActionId.COMMENTS, ActionId.WHO} & {*for_others}
    assert {ActionId.TREND, ActionId.DRIVERS, ActionId.SEGMENTS, ActionId.COMMENTS, ActionId.WHO} <= {
        *for_manager
    }


async def test_each_button_shows_what_it_says(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.command(MAYA, "close Acme")
    view = await home_of(office, MAYA)
    [survey_id] = {one["value"] for _, one in elements(view.blocks) if one["action_id"] == ActionId.TREND}

    trend = await office.hear(MAYA, office.driver.click(MAYA, view, ActionId.TREND, survey_id))
    assert trend.startswith("Acme: 1 closed wave")
    groups = await office.hear(MAYA, office.driver.click(MAYA, view, ActionId.SEGMENTS, survey_id))
    assert groups.startswith("Acme: NPS +100")
    await office.driver.click(MAYA, view, ActionId.COMMENTS, survey_id)
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    assert office.modal(MAYA).definition["title"]["text"] == "Comments"


async def test_the_card_of_a_manager_leads_to_the_comments(office: Office) -> None:
    survey = await office.a_survey(kind=Kind.EMPLOYEES)
    async with office.books.writing() as session:
        await a_closed_wave(session, survey, SPLIT, comments=3)

    for who in (MAYA, ALICE):
        await office.command(who, "Acme")
    for_manager, for_others = [office.slack.ephemerals(who)[-1] for who in (MAYA, ALICE)]

    assert "Comments" not in str(for_others.blocks)
    await office.driver.press(MAYA, for_manager, "Comments")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    assert office.modal(MAYA).definition["title"]["text"] == "Comments"


async def test_who_answered_opens_from_home(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    view = await home_of(office, MAYA)

    await office.driver.press(MAYA, view, "Who answered")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    assert ALICE in str(office.modal(MAYA).blocks)


async def test_a_teams_open_wave_shows_its_number_to_managers_alone(office: Office) -> None:
    await some_surveys(office, 1, Kind.EMPLOYEES)
    await office.command(MAYA, "open Survey 00")
    await office.tick()
    await office.answer({ALICE: 10, CHEN: 2})

    for_manager, for_others = [str((await home_of(office, who)).blocks) for who in (MAYA, CHEN)]

    assert "Survey 00: NPS 0 so far" in for_manager
    assert "so far" not in for_others
    assert "2 of 4 answered" in for_others


async def test_people_find_what_they_answered_once_it_is_over(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 7, CHEN: 3})
    assert "Your own answers" not in str((await home_of(office, ALICE)).blocks)

    await office.command(MAYA, "close Acme")

    assert "Acme: you chose 7, in a wave that closed on" in str((await home_of(office, ALICE)).blocks)
    assert "vous avez choisi" not in str((await home_of(office, BRUNO)).blocks)


async def test_a_manager_without_a_survey_reads_how_to_begin(office: Office) -> None:
    for_manager, for_others = [str((await home_of(office, who)).blocks) for who in (MAYA, ALICE)]

    assert "Three steps to the first result" in for_manager
    assert "Three steps" not in for_others


@pytest.mark.parametrize("who", [MAYA, ALICE])
async def test_home_and_list_ask_the_database_as_often_for_many_surveys_as_for_one(
    office_on_each: Office, who: str
) -> None:
    office = office_on_each

    async def asked() -> list[int]:
        counts = []
        with statements() as seen:
            await refresh_home(office.app.services, Who(office.slack.team_id, who))
            counts.append(len(seen))
        with statements() as seen:
            await office.command(who, "list")
            counts.append(len([one for one in seen if one.sql.lstrip().startswith("SELECT")]))
        return counts

    await some_surveys(office, 1, Kind.EMPLOYEES)
    await home_of(office, who)
    for_one = await asked()
    for number in range(1, 30):
        survey = await office.a_survey(f"Survey {number:02}", kind=Kind.EMPLOYEES)
        async with office.books.writing() as session:
            await a_closed_wave(session, survey, SPLIT)
    office.clock.forward(seconds=1)

    assert await asked() == for_one
    assert "And 16 more." in str((await home_of(office, who)).blocks)


def test_the_fullest_home_fits_into_what_slack_takes() -> None:
    many = home.EXAMPLES["two questions"]
    full = replace(
        many,
        questions=many.questions * home.QUESTIONS_SHOWN,
        surveys=(replace(many.surveys[0], line=many.surveys[1].line),) * (results.SURVEYS_SHOWN + 5),
        is_manager=True,
        own=home.EXAMPLES["their own answers"].own,
        more=9_000,
    )

    blocks = home.render(full, words_for("en-US"))["blocks"]

    assert len(blocks) <= 100
    assert len([one for one in blocks if "NPS by wave" in str(one)]) == results.SURVEYS_SHOWN

    fuller = replace(
        full,
        contacts=home.EXAMPLES["may be contacted"].contacts[:1] * home.CONTACTS_SHOWN,
        quotes=home.EXAMPLES["may be quoted"].quotes[:1] * home.QUOTES_SHOWN,
        acted=home.EXAMPLES["something was done"].acted,
    )

    blocks = home.render(fuller, words_for("en-US"))["blocks"]

    shown = len([one for one in blocks if "NPS by wave" in str(one)])
    assert 90 < len(blocks) <= 100
    assert f"And {9_000 + results.SURVEYS_SHOWN - shown:,} more." in str(blocks)
