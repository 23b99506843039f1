"""`/nps actions`: managers look through what was done about what people said."""

from functools import partial

from bot.actions.views import actions as view
from bot.actions.views.actions import ActionRowFacts, ActionsFacts
from bot.errors import Refused
from bot.kit.acted import as_told
from bot.kit.finding import named_survey, survey_with_id
from bot.kit.people import manager, words_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.views import not_found
from storage import actions, surveys
from storage.question import Offered
from storage.surveys import drivers
from storage.tables import Person, Survey

SHOWN = 8


async def show_actions(services: Services, request: Request, typed: str) -> None:
    """Answer with the newest actions of one survey, or of all. Raises Refused."""
    somebody = await manager(services, request.who)
    workspace_id = request.who.workspace_id
    survey = (
        await named_survey(services, workspace_id, typed, verb=Verb.ACTIONS, manages=True) if typed else None
    )
    await _show(services, request, somebody, survey, None)


async def turn_to(services: Services, request: Request, survey_id: int, before: int) -> None:
    """Show older ones in the same place. Raises Refused."""
    somebody = await manager(services, request.who)
    survey = await survey_with_id(services, request.who, survey_id) if survey_id else None
    await _show(services, request, somebody, survey, before)


async def _show(
    services: Services, request: Request, somebody: Person, survey: Survey | None, before: int | None
) -> None:
    facts = await actions_of(services, survey, before)
    if not facts.surveys:
        raise Refused("no_survey", partial(not_found.no_survey_yet, can_create=True))
    is_turned = before is not None and request.clicked.is_ephemeral
    await reply(services, request, view.render(facts, words_of(somebody)), replace=is_turned)


async def actions_of(services: Services, survey: Survey | None, before: int | None = None) -> ActionsFacts:
    """Read a page of actions, of one survey or of all."""
    survey_id = survey.id if survey else None
    async with services.database.reading() as session:
        found = await actions.page(session, services.workspace_id, survey_id, before, SHOWN + 1)
        latest = await actions.latest_of(session, {one.survey_id for one, _ in found})
        named = {one: await drivers.named(session, one) for one in {of.id for _, of in found}}
        known = (
            [survey]
            if survey
            else await surveys.list_surveys(session, services.workspace_id, view.SURVEYS_OFFERED)
        )
    told = {one.id for one in latest.values()}
    rows = [
        ActionRowFacts(
            action_id=one.id,
            survey_name=of.name,
            acted=as_told(one),
            drivers=_named(one.drivers, named[of.id]),
            wave=one.wave,
            owner=one.owner,
            is_told=one.id in told,
        )
        for one, of in found[:SHOWN]
    ]
    offered = tuple((one.id, one.name) for one in known)
    return ActionsFacts(tuple(rows), offered, survey_id or 0, has_older=len(found) > SHOWN)


def _named(keys: list[str], named: tuple[Offered, ...]) -> tuple[Offered, ...]:
    own = {one.key: one for one in named}
    return tuple(own.get(key, Offered(key)) for key in keys)
