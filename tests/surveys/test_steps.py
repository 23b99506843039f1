"""The form of a survey comes in three steps: nothing that was typed is lost on the way, and nothing is saved before its end."""

from dataclasses import replace

import pytest

from bot.ids import ActionId, Field
from bot.sandbox.records import Channel, View
from bot.shell.demo.filling_in import fill_in
from bot.surveys import editing
from bot.surveys.rules.steps import FormStep, step_of
from storage.tables import FormDraft, Survey
from tests.journeys.hands import open_in
from tests.journeys.office import GENERAL, MAYA, Office
from tests.surveys.test_editing import edit, edit_form

IN_FRENCH = "l’escapade à Lisbonne"


async def choose(office: Office, field: Field, chosen: object, **typed: object) -> View:
    """Choose in the open form what brings other fields, with this typed beside it; return the form as it looks then."""
    seen = office.modal(MAYA)
    await office.driver.click(MAYA, seen, field, chosen, answers=typed)
    await office.slack.until(lambda: office.modal(MAYA).hash != seen.hash)
    return office.modal(MAYA)


async def onwards(office: Office, **typed: object) -> View:
    """Send the step that is open, with this typed into it; return what stands there then."""
    await office.driver.submit(MAYA, office.modal(MAYA), typed)
    return office.modal(MAYA)


async def go_back(office: Office, **typed: object) -> View:
    """Press “Back” in the form or its preview, with this typed beside it; return what stands there then."""
    seen = office.modal(MAYA)
    await office.driver.click(MAYA, seen, ActionId.FORM_BACK, answers=typed)
    await office.slack.until(lambda: office.modal(MAYA).hash != seen.hash)
    return office.modal(MAYA)


def fields(view: View) -> list[str]:
    """Return the names of a step's fields, in their order."""
    return [block["block_id"] for block in view.blocks if block["type"] == "input"]


def begins_with(view: View, field: Field) -> object:
    """Return what stands in a field as the form opens."""
    [element] = [block["element"] for block in view.blocks if block.get("block_id") == field]
    return next((value for key, value in element.items() if key.startswith("initial_")), None)


async def test_each_step_asks_for_its_own_things_and_for_little_at_first(office: Office) -> None:
    first = await office.open_form()
    second = await onwards(office, name="Acme", subject="Acme", kind="customers")
    third = await onwards(office, channels=[GENERAL])

    assert fields(first) == ["name", "kind", "subject", "language", "anonymity", "more"]
    assert fields(second) == ["asks", "channels", "people", "whole", "rhythm", "wave_days", "reminders"]
    assert fields(third) == ["digest_channel", "follow_up_channel", "links", "minimum", "keep", "time_zone"]
    assert [view.definition["submit"]["text"] for view in (first, second, third)] == [
        "Next step",
        "Next step",
        "Preview",
    ]


@pytest.mark.parametrize(
    ("field", "chosen", "come", "go"),
    [
        (Field.MORE, ["question"], {"question"}, set[str]()),
        (Field.MORE, ["languages"], {"subject_fr"}, set[str]()),
        (Field.MORE, ["question", "languages"], {"question", "question_fr"}, set[str]()),
        (Field.MORE, ["reasons"], {"reasons"}, set[str]()),
        (Field.ASKS, "channel", {"open_channel"}, {"channels", "people", "whole", "reminders"}),
        (Field.RHYTHM, "weeks", {"every_weeks"}, set[str]()),
        (Field.RHYTHM, "continuous", set[str](), {"wave_days"}),
        (
            Field.DIGEST_CHANNEL,
            GENERAL,
            {"result", "digest_weekday", "digest_hour", "digest_comments"},
            set[str](),
        ),
        (Field.FOLLOW_UP_CHANNEL, GENERAL, {"follow_up_with"}, set[str]()),
    ],
)
async def test_the_fields_that_a_choice_needs_come_with_it_and_the_others_go(
    office: Office, field: Field, chosen: object, come: set[str], go: set[str]
) -> None:
    before = await office.open_form()
    steps = ({"name": "Acme", "subject": "Acme", "kind": "customers"}, {"channels": [GENERAL]})
    for typed in steps[: step_of(field) - 1]:
        before = await onwards(office, **typed)

    after = await choose(office, field, chosen)

    assert set(fields(after)) - set(fields(before)) == come
    assert set(fields(before)) - set(fields(after)) == go


async def test_what_was_typed_beside_a_choice_stays(office: Office) -> None:
    await office.open_form()

    form = await choose(office, Field.MORE, ["languages"], name="Half a na", subject="")

    assert begins_with(form, Field.NAME) == "Half a na"


async def test_back_returns_with_everything_typed_from_the_preview_to_the_first_step(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await office.open_form()
    await choose(office, Field.MORE, ["languages", "reasons"])
    await onwards(
        office,
        name="Offsite",
        subject="the offsite",
        subject_fr=IN_FRENCH,
        reasons="Food\nTalks",
        kind="customers",
    )
    await choose(office, Field.RHYTHM, "weeks", channels=[GENERAL])
    await onwards(office, every_weeks="6", reminders="2")
    await choose(office, Field.DIGEST_CHANNEL, GENERAL)
    await onwards(office, digest_hour="16", keep="365")
    await office.slack.until(lambda: bool(office.modal(MAYA).definition.get("submit")))

    third = await go_back(office)
    second = await go_back(office, digest_hour="17")
    first = await go_back(office, every_weeks="8")

    assert begins_with(third, Field.DIGEST_CHANNEL) == GENERAL
    assert begins_with(second, Field.CHANNELS) == [GENERAL]
    assert begins_with(first, Field.NAME) == "Offsite"
    assert begins_with(first, Field.SUBJECT_FR) == IN_FRENCH
    assert begins_with(first, Field.REASONS) == "Food\nTalks"
    await fill_in(office.driver, office.slack, MAYA, {})
    await office.save_for_later()
    [survey] = await office.rows(Survey)
    assert (survey.every_weeks, survey.reminders, survey.digest_hour, survey.keep_days) == (8, 2, 17, 365)
    assert survey.digest_channel == GENERAL


async def test_a_step_goes_back_even_where_something_is_wrong_in_it(office: Office) -> None:
    await office.open_form()
    await onwards(office, name="Acme", subject="Acme")

    first = await go_back(office, wave_days="")

    assert begins_with(first, Field.NAME) == "Acme"


async def test_what_was_typed_into_fields_that_went_does_not_count(office: Office) -> None:
    await office.open_form()
    await onwards(office, name="Acme", subject="Acme", kind="customers")
    await onwards(office, channels=[GENERAL])
    await choose(office, Field.FOLLOW_UP_CHANNEL, GENERAL)
    await go_back(office)
    await choose(office, Field.ASKS, "channel")
    await onwards(office, open_channel=GENERAL)
    await go_back(office)
    await go_back(office)
    await onwards(office, anonymity="anonymous")

    wrong = await onwards(office)
    assert list(wrong.errors) == ["open_channel"]
    office.slack.replace_view(replace(wrong, errors={}))
    await choose(office, Field.ASKS, "people")
    third = await onwards(office)
    assert "follow_up_channel" not in fields(third)
    await onwards(office)
    await office.slack.until(lambda: bool(office.modal(MAYA).definition.get("submit")))
    await office.save_for_later()

    [survey] = await office.rows(Survey)
    assert survey.is_anonymous
    assert survey.follow_up_channel is None
    assert survey.audience.channels == (GENERAL,)
    assert survey.audience.open_channel is None


async def test_employees_are_asked_anonymously_where_nobody_chose_and_have_no_follow_up(
    office: Office,
) -> None:
    await office.open_form()
    await onwards(office, name="Pulse", subject="Acme")
    third = await onwards(office, channels=[GENERAL])
    assert "follow_up_channel" not in fields(third)

    await onwards(office)
    await office.slack.until(lambda: bool(office.modal(MAYA).definition.get("submit")))
    await office.save_for_later()
    [survey] = await office.rows(Survey)
    assert survey.is_anonymous


async def test_comments_are_quoted_where_the_form_says_so_and_never_of_anonymous_answers(
    office: Office,
) -> None:
    await office.a_survey()

    await edit(office, digest_comments=["yes"])
    [survey] = await office.rows(Survey)
    assert survey.digest_comments
    await edit(office, anonymity="anonymous")
    [survey] = await office.rows(Survey)
    assert survey.is_anonymous
    assert not survey.digest_comments


async def test_each_field_of_a_survey_stands_in_a_step(office: Office) -> None:
    survey = await office.a_survey()

    assert {step_of(field) for field in editing.written(survey)} == set(FormStep)


async def test_a_survey_is_changed_in_the_same_steps(office_on_each: Office) -> None:
    office = office_on_each
    await office.a_survey(digest_channel=None, follow_up_channel=GENERAL)
    first = await edit_form(office)
    second = await onwards(office, name="Acme pulse")
    third = await onwards(office, wave_days="21")

    assert begins_with(first, Field.NAME) == "Acme"
    assert begins_with(second, Field.CHANNELS) == [GENERAL]
    assert "follow_up_with" in fields(third)
    assert third.definition["submit"]["text"] == "Save"
    [survey] = await office.rows(Survey)
    assert (survey.name, survey.wave_days) == ("Acme", 14)
    await onwards(office, keep="90")
    [survey] = await office.rows(Survey)
    assert (survey.name, survey.wave_days, survey.keep_days) == ("Acme pulse", 21, 90)
    assert await office.rows(FormDraft) == []


async def test_what_an_open_wave_forbids_is_told_in_its_own_step(office: Office) -> None:
    await open_in(office)
    office.slack.add_channel(Channel("C3OTHER", "other", members=(MAYA,)))
    await edit_form(office)
    await onwards(office)

    moved = await onwards(office, open_channel="C3OTHER")
    assert list(moved.errors) == ["open_channel"]
    office.slack.replace_view(replace(moved, errors={}))
    await choose(office, Field.ASKS, "people")
    turned = await onwards(office, channels=[GENERAL])

    assert list(turned.errors) == ["asks"]
