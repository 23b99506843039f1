"""A manager makes a survey, sees its preview, and opens the first wave from there."""

from functools import partial

from slack_bolt.async_app import AsyncAck

from bot.ids import Field
from bot.kit.finding import one_survey, survey_with_id
from bot.kit.in_time import answered, show_in_time
from bot.kit.people import person, words_of
from bot.kit.request import Request
from bot.kit.request.checked import malformed, number
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.views import notice_modal, notices
from bot.surveys import deleting, editing, filling, previewing
from bot.surveys.deleting import WrongName
from bot.surveys.drafting import OTHERS, RESULT_AT_CLOSING, RESULT_WITH_DIGEST, WrongDraft
from bot.surveys.rules.steps import ANONYMOUS, ASKS, FIELDS, NAMED, FormStep
from bot.surveys.views import edited, form_errors
from bot.surveys.views.deleting import wrong_name
from bot.waves.opening import open_by_id
from storage.question import ANY_LANGUAGE
from storage.words import HOURS, MOST_REMINDERS, WEEKDAYS, FollowUp, Kind, Rhythm

_FIELDS = frozenset[Field]().union(*FIELDS.values())
_TYPED = {
    Field.NAME,
    Field.SUBJECT,
    Field.QUESTION,
    *(field for both in OTHERS.values() for field in both),
    Field.WAVE_DAYS,
    Field.EVERY_WEEKS,
    Field.MINIMUM,
}
_BY_LINE = {Field.REASONS, Field.LINKS}
_OFFERED: dict[Field, set[str]] = {
    Field.LANGUAGE: {*OTHERS, ANY_LANGUAGE},
    Field.KIND: set(Kind),
    Field.ASKS: set(ASKS),
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
    await filling.show_form(services, request)


async def new_survey_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await filling.show_form(services, request)


async def editing_asked(services: Services, request: Request, name: str) -> None:
    """`/nps edit NAME`."""
    survey = await one_survey(services, request.who, Verb.EDIT, name)
    await filling.show_form(services, request, survey)


async def edit_chosen(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    survey = await survey_with_id(services, request.who, number(request.chosen))
    await filling.show_form(services, request, survey)


async def form_changed(services: Services, ack: AsyncAck, request: Request) -> None:
    """Show the fields that a choice brings."""
    await ack()
    await filling.redraw(services, request, _typed(request), _step(request.about_step))


async def back_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await filling.redraw(services, request, _typed(request), _step(request.clicked_id))


async def form_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Keep the step, and show the next one; after the last the preview, or what became of the changes."""
    who, step = request.who, _step(request.about_step)
    somebody = await person(services, who)
    words = words_of(somebody)
    try:
        kept = await filling.advance(services, who, request.about, step, _typed(request))
    except WrongDraft as wrong:
        errors = form_errors.errors(wrong.errors, words, wrong.longest_wave)
        await ack(response_action="errors", errors=errors)
        return
    if step is not FormStep.NEWS:
        shown = await filling.step_view(services, somebody, kept, FormStep(step + 1))
        await ack(response_action="update", view=shown)
        return
    try:
        if kept.survey_id is None:
            # Slack may take long to tell who is in the audience.
            about = services, who, kept.id, filling.drafted(services, kept)
            finished = previewing.finished_preview(*about)
            unfinished = partial(previewing.unfinished_preview, *about)
            await show_in_time(services, answered(ack, request), finished, unfinished)
            return
        changed = await filling.save_changes(services, who, kept, kept.survey_id)
    except (
        WrongDraft
    ) as wrong:  # in an earlier step: another window of the same form may have changed it meanwhile
        shown = await filling.step_to_mend(services, who, kept.id, wrong)
        await ack(response_action="update", view=shown)
        return
    await ack(response_action="update", view=notice_modal.render(edited.render(changed.facts, words), words))
    await editing.remind_more(services, changed)


async def preview_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Save the survey, then open its first wave."""
    try:
        survey = await filling.save_new(services, request.who, request.about)
    except WrongDraft as wrong:
        shown = await filling.step_to_mend(services, request.who, request.about, wrong)
        await ack(response_action="update", view=shown)
        return
    await ack()
    await open_by_id(services, request, survey.id)


async def save_for_later_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    """Save the survey; nobody is asked yet."""
    await ack()
    try:
        survey = await filling.save_new(services, request.who, request.about)
    except WrongDraft as wrong:
        shown = await filling.step_to_mend(services, request.who, request.about, wrong)
    else:
        words = words_of(await person(services, request.who))
        shown = notice_modal.render(notices.survey_saved(words, name=survey.name), words)
    await filling.show(services, request, shown)


async def deleting_asked(services: Services, request: Request, name: str) -> None:
    """`/nps delete NAME`."""
    survey = await one_survey(services, request.who, Verb.DELETE, name)
    await deleting.show_deleting(services, request, survey)


async def delete_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Close the modal where the name is right; the manager reads in a message when all is deleted."""
    try:
        survey = await deleting.to_delete(
            services, request.who, request.about, request.typed(Field.TYPED_NAME)
        )
    except WrongName:
        words = words_of(await person(services, request.who))
        await ack(response_action="errors", errors=wrong_name(words))
        return
    await ack()  # years of answers take longer than Slack waits
    await deleting.delete(services, request.who, survey)


def _typed(request: Request) -> dict[Field, list[str]]:
    """Read what stands in the fields that the form shows. Slack sends nothing else: a request that does is no form."""
    here = [field for field in _FIELDS if field in request.filled]
    said: dict[Field, list[str]] = {
        field: [request.typed(field)] if field in _TYPED else request.selected(field)
        for field in here
        if field not in _BY_LINE
    }
    said |= {field: request.typed(field).splitlines() for field in here if field in _BY_LINE}
    chosen = {field: (said[field] or [""])[0] for field in _OFFERED if field in said}
    if any(one not in _OFFERED[field] for field, one in chosen.items()):
        raise malformed()
    return said


def _step(found: int) -> FormStep:
    if found not in set(FormStep):
        raise malformed()
    return FormStep(found)
