"""Named or anonymous is chosen when a survey is made, and stays so once a wave has opened."""

from pathlib import Path

import pytest

from bot.ids import Field
from bot.importing.problems import SurveyIsAnonymous
from bot.settings import Settings
from bot.shell.demo.filling_in import fill_in
from bot.shell.doctor import ballots as doctor
from bot.surveys import editing
from bot.surveys.drafting import WrongDraft, draft
from bot.surveys.views.form_errors import FormError
from storage.tables import Survey, Wave
from tests.ballots.staff import ask_anonymously, cast, hire
from tests.importing.test_imported import carried_over
from tests.journeys.office import GENERAL, MAYA, Office


@pytest.mark.parametrize(
    ("kind", "chosen", "is_anonymous"),
    [
        ("employees", None, True),
        ("customers", None, False),
        ("employees", "named", False),
        ("customers", "anonymous", True),
    ],
)
async def test_the_form_asks_employees_anonymously_unless_it_says_otherwise(
    office: Office,
    kind: str,
    chosen: str | None,
    is_anonymous: bool,  # noqa: FBT001 - one of the parameters
) -> None:
    await office.fill_in(kind=kind, anonymity=chosen)
    await office.save_for_later()

    [survey] = await office.rows(Survey)
    assert survey.is_anonymous is is_anonymous


async def test_an_open_question_to_employees_has_names_where_nobody_chose_and_its_preview_says_so(
    office: Office,
) -> None:
    await office.make_survey(kind="employees", anonymity=None, open_channel=GENERAL)

    assert "They answer with names: managers see who chose what." in str(office.modal(MAYA).blocks)
    await office.save_for_later()
    [survey] = await office.rows(Survey)
    assert not survey.is_anonymous


async def test_an_open_question_is_not_anonymous(office: Office) -> None:
    shown = await office.fill_in(open_channel=GENERAL, anonymity="anonymous")

    assert "cannot be anonymous" in shown.errors["open_channel"]
    assert not await office.rows(Survey)


async def test_nobody_is_followed_up_after_an_anonymous_answer(office: Office) -> None:
    named = editing.written(await office.a_survey(follow_up_channel=GENERAL))

    with pytest.raises(WrongDraft) as wrong:
        draft({**named, Field.ANONYMITY: ["anonymous"]})

    assert wrong.value.errors == {Field.FOLLOW_UP_CHANNEL: FormError.ANONYMOUS_AND_FOLLOWED_UP}


async def test_the_preview_says_that_too_few_are_asked_for_a_result(office: Office) -> None:
    await office.make_survey(kind="employees", anonymity="anonymous")

    assert "No result will be shown: fewer than 5 people are asked." in str(office.modal(MAYA).blocks)


async def test_before_opening_a_manager_reads_that_too_few_are_asked(office: Office) -> None:
    hire(office, 3)
    await office.a_survey("Pulse", is_anonymous=True)

    assert "No result will be shown" in await office.typed(MAYA, "open Pulse")


async def test_what_people_were_told_cannot_be_changed(office: Office) -> None:
    await ask_anonymously(office, 5)
    await office.driver.command(MAYA, GENERAL, "edit Pulse")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    reply = await office.driver.submit(MAYA, office.modal(MAYA), {"anonymity": "named"})

    assert reply
    assert "Make a new survey" in str(reply.body)
    [survey] = await office.rows(Survey)
    assert survey.is_anonymous


async def test_before_its_first_wave_a_survey_may_become_anonymous(office: Office) -> None:
    await office.a_survey("Pulse")
    await office.driver.command(MAYA, GENERAL, "edit Pulse")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    await fill_in(office.driver, office.slack, MAYA, {"anonymity": "anonymous"})

    [survey] = await office.rows(Survey)
    assert survey.is_anonymous


async def test_nothing_is_imported_into_an_anonymous_survey(office: Office, tmp_path: Path) -> None:
    await office.a_survey("Pulse", is_anonymous=True)

    with pytest.raises(SurveyIsAnonymous, match="of their own"):
        await carried_over(office.books, tmp_path, "Pulse")

    assert not await office.rows(Wave)


async def test_doctor_says_which_wave_a_changed_secret_cannot_open(office_on_each: Office) -> None:
    office = office_on_each
    [alice, *_] = await ask_anonymously(office, 5)
    await cast(office, alice, 9)
    secret = office.settings.nps_secret
    assert secret

    async with office.books.reading() as session:
        right, wrong, none = [
            await doctor.examine(session, given) for given in (secret.get_secret_value(), "y" * 32, "")
        ]

    assert [one.line for one in right] == ["ballots: ok"]
    assert wrong[0].line == none[0].line
    assert "Wave 1 of “Pulse” cannot be closed" in wrong[0].line


async def test_doctor_asks_for_a_secret_where_a_survey_needs_one(office: Office) -> None:
    await office.a_survey("Pulse", is_anonymous=True)

    async with office.books.reading() as session:
        [finding] = await doctor.examine(session, "")

    assert "NPS_SECRET is missing" in finding.line


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32"):
        Settings(_env_file=None, slack_bot_token="xoxb-1", slack_signing_secret="1", nps_secret="short")
