"""A manager makes a survey, sees its preview, and opens the first wave from there."""

import asyncio

from slack_bolt.async_app import AsyncAck

from bot.ids import Field
from bot.kit.finding import one_survey, survey_with_id
from bot.kit.people import person, words_of
from bot.kit.request import Request, malformed, number
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.views import notice_modal
from bot.surveys import deleting, editing, previewing
from bot.surveys.creating import create_survey
from bot.surveys.deleting import WrongName
from bot.surveys.drafting import (
    ANONYMOUS,
    NAMED,
    OTHERS,
    RESULT_AT_CLOSING,
    RESULT_WITH_DIGEST,
    WrongDraft,
    draft,
    usual_anonymity,
)
from bot.surveys.views import edited, form
from bot.surveys.views.deleting import wrong_name
from bot.waves.opening import open_by_id
from storage.question import ANY_LANGUAGE
from storage.words import HOURS, MOST_REMINDERS, WEEKDAYS, FollowUp, Kind, Rhythm

# Seconds that a sent form may wait for its preview: Slack waits for three in all.
PATIENCE = 1.0

_TYPED = {
    Field.NAME,
    Field.SUBJECT,
    Field.QUESTION,
    *(field for both in OTHERS.values() for field in both),
    Field.WAVE_DAYS,
    Field.EVERY_WEEKS,
}
_OF_OTHERS = {
    Field.SCORE,
    Field.COMMENT,
    Field.DRIVERS,
    Field.CONTACT,
    Field.CASE_NOTE,
    Field.CASE_CAUSE,
    *(field for field in Field if field.startswith("action_")),
    Field.TYPED_NAME,
    Field.COMMENT_CATEGORY,
    Field.COMMENT_DRIVER,
    Field.COMMENT_TEXT,
    Field.WHO,
    Field.QUARANTINE,
    Field.WORKING_DAYS,
    Field.OPENS,
    Field.CLOSES,
    Field.HOLIDAYS,
    Field.REGIONS,
    Field.MANAGERS,
    Field.MANAGER_GROUPS,
    Field.BACK,
    Field.MINIMUM,
}
_CHOSEN = set(Field) - _TYPED - _OF_OTHERS - {Field.REASONS}
_OFFERED: dict[Field, set[str]] = {
    Field.LANGUAGE: {*OTHERS, ANY_LANGUAGE},
    Field.KIND: set(Kind),
    Field.RHYTHM: set(Rhythm),
    Field.REMINDERS: {str(number) for number in range(MOST_REMINDERS + 1)},
    Field.DIGEST_WEEKDAY: {str(day) for day in WEEKDAYS},
    Field.DIGEST_HOUR: {str(hour) for hour in HOURS},
    Field.ANONYMITY: {"", ANONYMOUS, NAMED},
    Field.RESULT: {RESULT_WITH_DIGEST, RESULT_AT_CLOSING},
    Field.FOLLOW_UP_WITH: set(FollowUp),
}


async def survey_wished(services: Services, request: Request) -> None:
    """`/nps new`."""
    await previewing.show_form(services, request)


async def new_survey_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await previewing.show_form(services, request)


async def survey_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Store the survey, then show its preview; where Slack takes long to tell who is in its audience, that follows."""
    manager, written = request.who, _written(request)
    if not any(written[Field.ANONYMITY]):
        written[Field.ANONYMITY] = [usual_anonymity(written, can_seal=bool(services.secret))]
    try:
        survey = await create_survey(services, manager, draft(written))
    except WrongDraft as wrong:
        words = words_of(await person(services, manager))
        errors = form.errors(wrong.errors, words, wrong.longest_wave)
        await ack(response_action="errors", errors=errors)
        return
    finished = asyncio.create_task(previewing.finished_preview(services, manager, survey))
    await asyncio.wait([finished], timeout=PATIENCE)
    if finished.done():
        await ack(response_action="update", view=await finished)
    else:
        await ack(
            response_action="update", view=await previewing.unfinished_preview(services, manager, survey)
        )
        await previewing.finish_preview(services, survey, request.view_id, await finished)


async def editing_asked(services: Services, request: Request, name: str) -> None:
    """`/nps edit NAME`."""
    survey = await one_survey(services, request.who, Verb.EDIT, name)
    await editing.show_edit_form(services, request, survey)


async def edit_chosen(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    survey = await survey_with_id(services, request.who, number(request.chosen))
    await editing.show_edit_form(services, request, survey)


async def edit_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    words = words_of(await person(services, request.who))
    try:
        edited_facts = await editing.edit(services, request.who, request.about, draft(_written(request)))
    except WrongDraft as wrong:
        errors = form.errors(wrong.errors, words, wrong.longest_wave)
        await ack(response_action="errors", errors=errors)
        return
    said = notice_modal.render(edited.render(edited_facts, words), words)
    await ack(response_action="update", view=said)


async def deleting_asked(services: Services, request: Request, name: str) -> None:
    """`/nps delete NAME`."""
    survey = await one_survey(services, request.who, Verb.DELETE, name)
    await deleting.show_deleting(services, request, survey)


async def delete_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Close the modal when all is deleted; the manager reads so in a message."""
    try:
        await deleting.delete(services, request.who, request.about, request.typed(Field.TYPED_NAME))
    except WrongName:
        words = words_of(await person(services, request.who))
        await ack(response_action="errors", errors=wrong_name(words))
        return
    await ack()


def _written(request: Request) -> dict[Field, list[str]]:
    """Read the form. Slack lets nobody send it without the fields it must have: a request without them is no form."""
    written = {field: [request.typed(field)] for field in _TYPED}
    written[Field.REASONS] = request.typed(Field.REASONS).splitlines()
    written |= {field: request.selected(field) for field in _CHOSEN}
    chosen = {field: (written[field] or [""])[0] for field in _OFFERED}
    if any(chosen[field] not in offered for field, offered in _OFFERED.items()):
        raise malformed()
    return written


async def preview_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await open_by_id(services, request, request.about)
