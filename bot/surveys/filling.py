"""A manager fills in the form of a survey, step by step. What they type is kept apart: nothing is saved before they agree."""

from collections.abc import Mapping, Sequence

from bot.ids import Field
from bot.kit.people import Who, manager, words_of, zone_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.logs import log
from bot.message import Json
from bot.slack.errors import SlackError
from bot.surveys import editing, previewing
from bot.surveys.creating import create_survey, form_gone, require_visible, wanted_reasons
from bot.surveys.drafting import SurveyDraft, WrongDraft, draft
from bot.surveys.editing import Edited
from bot.surveys.rules.steps import (
    ANONYMOUS,
    FIELDS,
    FormStep,
    Written,
    as_shown,
    in_sight,
    new_form,
    step_of,
)
from bot.surveys.views import form
from bot.surveys.views.form_errors import FormError
from bot.surveys.views.form_facts import SurveyFormFacts
from storage import surveys
from storage.question import ANY_LANGUAGE, Offered
from storage.surveys import drafts, drivers, links
from storage.surveys.drafts import KeptForm
from storage.tables import Person, Survey
from storage.words import MOST_WAVE_DAYS


async def show_form(services: Services, request: Request, survey: Survey | None = None) -> None:
    """Open the form's first step: of a new survey, or filled in with all that a survey says. Raises Refused."""
    somebody = await manager(services, request.who)
    async with services.database.writing() as session:
        written: Written = (
            editing.written(
                survey,
                await drivers.own_offered(session, survey.id),
                [Offered(one.url, one.names) for one in await links.links_of(session, survey.id)],
            )
            if survey
            else new_form(words_of(somebody).locale.language, str(zone_of(somebody)))
        )
        kept = await drafts.begin(
            session,
            somebody.workspace_id,
            somebody.user_id,
            survey.id if survey else None,
            _by_name(written),
            services.clock(),
        )
    await services.slack.open_view(
        request.trigger_id, await step_view(services, somebody, kept, FormStep.WHAT)
    )


async def step_view(
    services: Services, somebody: Person, kept: KeptForm, step: FormStep, wrong: WrongDraft | None = None
) -> Json:
    """Render a step with what was typed so far; what is wrong stands above it."""
    groups = await previewing.user_groups(services) if step is FormStep.WHO else ()
    facts = SurveyFormFacts(
        draft_id=kept.id,
        step=step,
        written=typed(kept),
        is_new=kept.survey_id is None,
        user_groups_offered=groups,
        wrong=wrong.errors if wrong else {},
        longest_wave=wrong.longest_wave if wrong else MOST_WAVE_DAYS,
        can_be_anonymous=_can_seal(services, typed(kept)),
    )
    return form.render(facts, words_of(somebody))


def typed(kept: KeptForm) -> dict[Field, Sequence[str]]:
    """Return what was typed so far, by field; of a field that this release does not know, nothing."""
    return {Field(name): texts for name, texts in kept.written.items() if name in set(Field)}


def drafted(services: Services, kept: KeptForm) -> SurveyDraft:
    """Put together what was typed. Raises WrongDraft."""
    return draft(_counted(services, typed(kept)))


async def redraw(services: Services, request: Request, said: Written, step: FormStep) -> None:
    """Keep what stands in the form now, right or wrong, and show a step of it. Raises Refused."""
    somebody = await manager(services, request.who)
    kept = await _keep(services, await kept_form(services, request.who, request.about), said)
    await show(services, request, await step_view(services, somebody, kept, step))


async def advance(services: Services, who: Who, form_id: int, step: FormStep, said: Written) -> KeptForm:
    """Check a step that was sent, and keep it. Raises Refused, and WrongDraft for the fields of this step."""
    await manager(services, who)
    kept = await kept_form(services, who, form_id)
    await _check(services, who, kept, {**typed(kept), **said}, step)
    return await _keep(services, kept, said)


async def save_new(services: Services, who: Who, form_id: int) -> Survey:
    """Make the survey of a form. Raises Refused, WrongDraft."""
    kept = await kept_form(services, who, form_id)
    return await create_survey(services, who, drafted(services, kept), kept.id)


async def save_changes(services: Services, who: Who, kept: KeptForm, survey_id: int) -> Edited:
    """Change the survey of a form; then `editing.remind_more`. Raises Refused, WrongDraft."""
    changed = await editing.edit(services, who, survey_id, drafted(services, kept))
    async with services.database.writing() as session:
        await drafts.take(session, kept.id)
    return changed


async def kept_form(services: Services, who: Who, form_id: int) -> KeptForm:
    """Return somebody's form as it is kept. Raises Refused."""
    async with services.database.reading() as session:
        kept = await drafts.kept(session, who.workspace_id, who.user_id, form_id)
    if kept is None:
        raise form_gone()
    return kept


async def step_to_mend(services: Services, who: Who, form_id: int, wrong: WrongDraft) -> Json:
    """Go back to the step of what is wrong, and say so above it: it shows only when all is put together."""
    somebody = await manager(services, who)
    kept = await kept_form(services, who, form_id)
    step = min(step_of(field) for field in wrong.errors)
    return await step_view(services, somebody, kept, step, wrong)


async def show(services: Services, request: Request, view: Json) -> None:
    """Show this in the modal where somebody clicked, unless it has changed since."""
    try:
        await services.slack.update_view(request.view_id, view, request.view_hash)
    except SlackError as error:  # most often somebody clicked twice, or has closed it
        log.info("form.not_updated", code=error.code)


async def _keep(services: Services, kept: KeptForm, said: Written) -> KeptForm:
    written = {**kept.written, **_by_name(said)}
    async with services.database.writing() as session:
        if not await drafts.keep(session, kept.id, written, services.clock()):
            raise form_gone()
    return KeptForm(kept.id, kept.survey_id, written)


async def _check(services: Services, who: Who, kept: KeptForm, written: Written, step: FormStep) -> None:
    """Raise WrongDraft for what is wrong in the fields of one step."""
    counted = _counted(services, written)
    try:
        found = draft(counted)
    except WrongDraft as wrong:
        if here := _here(wrong.errors, step, written):
            raise WrongDraft(here, wrong.longest_wave) from None
        found = None  # a later step is not filled in yet
    if kept.survey_id is not None:
        async with services.database.reading() as session:
            told = await editing.told_already(session, kept.survey_id, counted)
        if here := _here(told, step, written):
            raise WrongDraft(here)
    if step is FormStep.WHAT:
        await _check_what(services, who, kept, written)
    elif found:
        try:
            await require_visible(services, found)
        except WrongDraft as wrong:
            if here := _here(wrong.errors, step, written):
                raise WrongDraft(here) from None


async def _check_what(services: Services, who: Who, kept: KeptForm, written: Written) -> None:
    """Raise WrongDraft for a taken name, or wrong reasons."""
    name, *_ = written.get(Field.NAME) or [""]
    language, *_ = written.get(Field.LANGUAGE) or [ANY_LANGUAGE]
    async with services.database.reading() as session:
        other = await surveys.find_survey(session, who.workspace_id, name)
        known = await drivers.named(session, kept.survey_id) if kept.survey_id else ()
    if other and other.id != kept.survey_id:
        raise WrongDraft({Field.NAME: FormError.NAME_TAKEN})
    wanted_reasons(_counted(services, written)[Field.REASONS], language, known)


def _counted(services: Services, written: Written) -> dict[Field, Sequence[str]]:
    return as_shown(written, can_seal=_can_seal(services, written))


def _can_seal(services: Services, written: Written) -> bool:
    """Whether anonymous answers can be sealed; of a survey that is anonymous already, it is not asked again."""
    return bool(services.secret) or ANONYMOUS in written.get(Field.ANONYMITY, ())


def _here(found: Mapping[Field, FormError], step: FormStep, written: Written) -> dict[Field, FormError]:
    """Return what is wrong in a step, each beside a field that it shows: Slack takes no other."""
    return {in_sight(field, written): error for field, error in found.items() if field in FIELDS[step]}


def _by_name(written: Written) -> dict[str, list[str]]:
    return {field.value: [str(text) for text in texts] for field, texts in written.items()}
