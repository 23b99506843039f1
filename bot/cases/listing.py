"""`/nps cases`: those who follow up look through what is open, what waits too long, and what came of the rest."""

from dataclasses import replace as replaced

from bot.cases.rules.filters import FILTERS
from bot.cases.views import cases as view
from bot.cases.views import notices
from bot.cases.views.cases import CaseRowFacts, CasesFacts
from bot.errors import Refused
from bot.kit.finding import named_survey, survey_with_id
from bot.kit.people import is_manager, person_with_role, words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.slack.errors import SlackRefused
from storage.cases import listing
from storage.cases.listing import Reach
from storage.tables import Person, Survey
from storage.words import CaseEnding, CaseSort

SHOWN = 8


async def show_cases(services: Services, request: Request, typed: str) -> None:
    """Answer with the cases that this person may follow up; the words say which, and of which survey. Raises Refused."""
    somebody = await person_with_role(services, request.who)
    reach = await _reach(services, somebody)
    first, _, rest = typed.strip().partition(" ")
    which = FILTERS.get(first.casefold())
    name = typed.strip() if which is None else rest.strip()
    survey = None
    if name:
        manages = reach.surveys is None
        survey = await named_survey(services, somebody.workspace_id, name, verb=Verb.CASES, manages=manages)
    await _show(services, request, which or CaseSort.OPEN, None, survey, replace=False)


async def turn_to(
    services: Services, request: Request, which: CaseSort, before: int | None, survey_id: int | None
) -> None:
    """Show others of them in the same place, of the same survey. Raises Refused."""
    survey = None if survey_id is None else await survey_with_id(services, request.who, survey_id)
    await _show(services, request, which, before, survey, replace=request.clicked.is_ephemeral)


async def redraw_list(services: Services, request: Request) -> None:
    """Show the list again where something in it was clicked; a card is drawn by itself."""
    if request.clicked.is_ephemeral:
        await _show(services, request, CaseSort.OPEN, None, None, replace=True)


async def _show(  # noqa: PLR0913 - which of them, and where
    services: Services,
    request: Request,
    which: CaseSort,
    before: int | None,
    survey: Survey | None,
    *,
    replace: bool,
) -> None:
    somebody = await person_with_role(services, request.who)
    reach = await _reach(services, somebody)
    if survey:
        if reach.surveys is not None and survey.id not in reach.surveys:
            raise Refused("not_in_channel", notices.not_yours)
        reach = Reach(reach.workspace_id, frozenset({survey.id}))
    facts = await cases_of(services, somebody, reach, which, before)
    if survey:
        facts = replaced(facts, survey_id=survey.id, survey_name=survey.name)
    await reply(services, request, view.render(facts, words_of(somebody)), replace=replace)


async def cases_of(
    services: Services, somebody: Person, reach: Reach, which: CaseSort, before: int | None = None
) -> CasesFacts:
    """Read a page of cases. What its person has ended is told without name and score."""
    now, zone = services.clock(), zone_of(somebody)
    async with services.database.reading() as session:
        found = await listing.page(session, reach, which, somebody.user_id, now, before, SHOWN + 1)
        counts = await listing.counts(session, reach, somebody.user_id, now)
    rows = []
    for case, survey, score in found[:SHOWN]:
        is_forgotten = case.ending in {CaseEnding.SETTLED, CaseEnding.WITHDRAWN}
        rows.append(
            CaseRowFacts(
                case_id=case.id,
                survey_name=survey.name,
                user_id=None if is_forgotten else case.user_id,
                score=None if is_forgotten else score,
                state=case.state,
                owner=case.owner,
                opened_at=case.opened_at.astimezone(zone),
                is_overdue=bool(case.due_at and case.due_at <= now and case.contacted_at is None),
                ending=case.ending,
                cause=case.cause,
                note=case.note or "",
            )
        )
    return CasesFacts(which, tuple(counts.items()), tuple(rows), has_older=len(found) > SHOWN)


async def _reach(services: Services, somebody: Person) -> Reach:
    """Say which cases this person may follow up: all as a manager, or those of the channels that they are in. Raises Refused."""
    if await is_manager(services, somebody):
        return Reach(somebody.workspace_id)
    async with services.database.reading() as session:
        channels = await listing.follow_up_channels(session, somebody.workspace_id)
    theirs = frozenset[int]()
    for channel, of_surveys in channels.items():
        if await _is_in(services, channel, somebody.user_id):
            theirs |= of_surveys
    if not theirs:
        raise Refused("no_cases_to_see", notices.not_yours)
    return Reach(somebody.workspace_id, theirs)


async def _is_in(services: Services, channel: str, user_id: str) -> bool:
    try:
        async for members in services.slack.members(channel):
            if user_id in members:
                return True
    except SlackRefused:  # archived, deleted, or closed to us: nobody is there
        pass
    return False
