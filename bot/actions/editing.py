"""A manager says what people told them and what is done about it; changes that, ends it, deletes it."""

from datetime import date

from bot.actions.rules.draft import ActionDraft, WrongAction, WrongField
from bot.actions.views import form
from bot.actions.views.form import ActionFormFacts
from bot.actions.views.saved import SavedFacts
from bot.errors import Refused
from bot.ids import Field
from bot.kit.acted import as_told
from bot.kit.finding import survey_with_id
from bot.kit.people import Who, manager, words_of, zone_of
from bot.kit.request import Request
from bot.kit.request.checked import malformed
from bot.kit.services import Services
from bot.kit.views import notices
from bot.logs import log
from storage import actions, waves
from storage.question import Offered
from storage.surveys import drivers
from storage.tables import Action, Person, Survey
from storage.words import DRIVER_KEY, ActionState

WAVES_OFFERED = 20


async def show_new(services: Services, request: Request, survey_id: int) -> None:
    """Open the modal of a new action. Raises Refused."""
    somebody = await manager(services, request.who)
    survey = await survey_with_id(services, request.who, survey_id)
    offered, numbers = await choices(services, survey)
    begun = ActionDraft(
        "",
        "",
        ActionState.PLANNED,
        today(services, somebody),
        wave=numbers[0] if numbers else None,
        owner=somebody.user_id,
    )
    facts = ActionFormFacts(survey.id, survey.name, begun, offered, numbers)
    await services.slack.open_view(request.trigger_id, form.render(facts, words_of(somebody)))


async def show_change(services: Services, request: Request, action_id: int) -> None:
    """Open the modal of an action as it stands. Raises Refused."""
    somebody = await manager(services, request.who)
    action, survey = await _found(services, request.who, action_id)
    offered, numbers = await choices(services, survey)
    facts = ActionFormFacts(
        survey.id, survey.name, as_drafted(action), offered, numbers, action.id, action.version
    )
    await services.slack.open_view(request.trigger_id, form.render(facts, words_of(somebody)))


async def save(services: Services, request: Request, drafted: ActionDraft) -> SavedFacts:
    """Keep what a manager filled in, unless somebody else was quicker. Raises Refused, and WrongAction."""
    try:
        survey_id, action_id, version = request.about_all
    except ValueError:
        raise malformed() from None
    if action_id:
        return await change(services, request.who, action_id, version, drafted)
    _, facts = await make(services, request.who, survey_id, drafted)
    return facts


async def make(services: Services, who: Who, survey_id: int, drafted: ActionDraft) -> tuple[int, SavedFacts]:
    """Keep a new action; return its number too. Raises Refused."""
    await manager(services, who)
    survey = await survey_with_id(services, who, survey_id)
    values = await _values(services, survey, drafted, ())
    async with services.database.writing() as session:
        about = {
            "workspace_id": survey.workspace_id,
            "survey_id": survey.id,
            "state_since": services.clock(),
        }
        action = Action.model_validate(values | about)
        session.add(action)
    log.info("action.made", action=action.id)
    return action.id, await _saved(services, survey, action.id)


async def change(
    services: Services, who: Who, action_id: int, version: int, drafted: ActionDraft
) -> SavedFacts:
    """Change an action, or delete it, as it was read. Raises Refused, and WrongAction where somebody else was quicker."""
    somebody = await manager(services, who)
    action, survey = await _found(services, who, action_id)
    values = await _values(services, survey, drafted, action.drivers)
    async with services.database.writing() as session:
        is_as_read = action.version == version
        if drafted.is_gone:
            is_done = is_as_read and await actions.remove(session, action)
        else:
            is_done = is_as_read and await actions.change(session, action, values, services.clock())
    if not is_done:
        raise WrongAction({Field.ACTION_SAID: WrongField.CHANGED})
    log.info("action.deleted" if drafted.is_gone else "action.changed", action=action_id, by=somebody.user_id)
    return await _saved(services, survey, action_id)


async def as_it_stands(services: Services, who: Who, action_id: int) -> tuple[Action, Survey]:
    """Return an action that a manager is about to change. Raises Refused."""
    await manager(services, who)
    return await _found(services, who, action_id)


def as_drafted(action: Action) -> ActionDraft:
    """Give an action as it stands, to be changed."""
    return ActionDraft(
        action.said,
        action.did,
        action.state,
        action.day,
        drivers=tuple(action.drivers),
        wave=action.wave,
        owner=action.owner,
    )


def today(services: Services, somebody: Person) -> date:
    """Return which day it is where somebody is."""
    return services.clock().astimezone(zone_of(somebody)).date()


async def _saved(services: Services, survey: Survey, action_id: int) -> SavedFacts:
    async with services.database.reading() as session:
        found = await actions.action(session, survey.workspace_id, action_id)
        latest = await actions.latest_of(session, {survey.id})
    is_told = survey.id in latest and latest[survey.id].id == action_id
    return SavedFacts(survey.name, as_told(found[0]) if found else None, is_told)


async def _found(services: Services, who: Who, action_id: int) -> tuple[Action, Survey]:
    async with services.database.reading() as session:
        found = await actions.action(session, who.workspace_id, action_id)
    if found is None:
        raise Refused("no_such_action", notices.bad_click)
    return found


async def choices(services: Services, survey: Survey) -> tuple[tuple[Offered, ...], tuple[int, ...]]:
    """Return the drivers and the waves that an action may be about; the waves asked in Slack, the newest first."""
    async with services.database.reading() as session:
        offered = await drivers.offered(session, survey)
        newest = await waves.newest_waves(session, survey.id, WAVES_OFFERED)
    return offered, tuple(one.number for one in newest if one.label is None)


async def _values(
    services: Services, survey: Survey, drafted: ActionDraft, before: tuple[str, ...] | list[str]
) -> dict[str, object]:
    """Give the columns of what was filled in. Raises Refused where no menu offered it."""
    async with services.database.reading() as session:
        offered = await drivers.offered(session, survey)
        wave = (
            None if drafted.wave is None else await waves.wave_called(session, survey.id, str(drafted.wave))
        )
    by_value = {key[:DRIVER_KEY]: key for key in (*before, *(one.key for one in offered))}
    if not set(drafted.drivers) <= set(by_value) or (drafted.wave is not None and wave is None):
        raise malformed()
    return {
        "said": drafted.said,
        "did": drafted.did,
        "state": drafted.state,
        "day": drafted.day,
        "drivers": [by_value[one] for one in drafted.drivers],
        "wave": drafted.wave,
        "owner": drafted.owner,
    }
