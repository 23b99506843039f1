"""What `/nps new` says of a form that cannot become a survey, beside the field that is wrong."""

from dataclasses import replace

import pytest

from bot.sandbox.records import Channel, User
from bot.shell.demo.filling_in import fill_in
from storage.tables import Survey
from tests.journeys.office import ALICE, FORM, MAYA, SECRET, Office

WRONG = [
    ({"name": "help"}, "name", "This word is a command, so it cannot be a name. Choose a different one."),
    ({"name": "   "}, "name", "Give the survey a name, such as “Acme customers”."),
    ({"name": " acme  PULSE "}, "name", "Another survey has this name. Choose a different one."),
    ({"subject": "  "}, "subject", "Say what people would recommend, such as “Acme”."),
    ({"channels": []}, "channels", "Choose at least one channel here, or one of the choices below."),
]


@pytest.mark.parametrize(("answers", "field", "sentence"), WRONG)
async def test_a_wrong_field_is_named_with_what_to_do(
    office: Office, answers: dict[str, object], field: str, sentence: str
) -> None:
    await office.a_survey("Acme pulse")

    await office.fill_in(**answers)

    assert office.modal(MAYA).errors == {field: sentence}
    assert [survey.name for survey in await office.rows(Survey)] == ["Acme pulse"]


async def test_every_wrong_field_of_a_step_is_named_at_once(office: Office) -> None:
    await office.fill_in(name=" ", subject=" ")

    assert set(office.modal(MAYA).errors) == {"name", "subject"}


async def test_the_errors_speak_the_managers_language(office: Office) -> None:
    office.slack.add_user(replace(office.slack.users[MAYA], locale="fr-FR"))

    await office.fill_in(name="aide")

    assert "commande" in office.modal(MAYA).errors["name"]


async def test_a_form_once_mended_becomes_a_survey(office: Office) -> None:
    shown = await office.fill_in(name="list")
    office.slack.replace_view(replace(shown, errors={}))

    await fill_in(office.driver, office.slack, MAYA, FORM | {"name": "Wishes"})
    await office.save_for_later()

    assert [survey.name for survey in await office.rows(Survey)] == ["Wishes"]


@pytest.mark.parametrize("field", ["channels", "digest_channel"])
async def test_a_channel_that_the_app_cannot_see_is_refused_before_anything_is_stored(
    office: Office, field: str
) -> None:
    hidden = [SECRET] if field == "channels" else SECRET

    await office.fill_in(**{field: hidden})

    assert office.modal(MAYA).errors == {
        field: "I cannot see this channel. Invite me there with /invite, or choose another."
    }
    assert await office.rows(Survey) == []


async def test_a_private_channel_that_the_app_was_invited_to_is_fine(office: Office) -> None:
    office.slack.add_channel(
        Channel(SECRET, "secret", members=(MAYA, office.slack.bot_user_id), is_private=True)
    )

    await office.make_survey(channels=[SECRET])

    assert "1 person gets one direct message." in str(office.modal(MAYA).blocks)


async def test_a_form_is_taken_while_slack_is_too_busy_to_show_its_channels(office: Office) -> None:
    office.slack.faults.rate_limit("conversations.info", times=5)

    await office.make_survey()
    await office.save_for_later()

    assert [survey.name for survey in await office.rows(Survey)] == ["Acme"]


async def test_a_survey_of_bots_alone_has_a_preview_that_opens_nothing(office: Office) -> None:
    office.slack.add_user(User("U9BOT", "bot", is_bot=True))

    await office.fill_in(channels=[], people=["U9BOT"])
    await office.slack.until(lambda: "Nobody can be asked." in str(office.modal(MAYA).blocks))

    assert office.modal(MAYA).definition.get("submit") is None


async def test_the_preview_says_so_when_slack_does_not_tell_who_is_in_the_audience(office: Office) -> None:
    office.slack.faults.answer("conversations.members", "missing_scope", times=9)

    await office.fill_in()
    await office.slack.until(lambda: "I lack a permission" in str(office.modal(MAYA).blocks))

    assert office.modal(MAYA).definition.get("submit") is None
    assert await office.rows(Survey) == []
    await office.save_for_later()
    assert "is saved, and nobody has been asked yet" in str(office.modal(MAYA).blocks)
    assert office.read_by(MAYA) == []


async def test_only_managers_get_the_form(office: Office) -> None:
    said = await office.command(ALICE, "new")

    assert said == "Only managers can do this. Ask a workspace admin or owner."
    assert office.slack.modal(ALICE) is None


async def test_a_form_that_somebody_kept_open_is_refused_once_they_no_longer_manage(office: Office) -> None:
    form = await office.open_form()
    office.slack.add_user(replace(office.slack.users[MAYA], is_admin=False))
    office.clock.forward(days=2)

    await office.driver.submit(MAYA, form, {"name": "Acme", "subject": "Acme"})

    assert "Only managers can do this" in str(office.modal(MAYA).blocks)
    assert await office.rows(Survey) == []
    assert office.slack.notices == {}
