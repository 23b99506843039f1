"""`/nps cases`: those who follow up look through what is open, what waits too long, and what came of the rest."""

from bot.cases.rules.filters import FILTERS
from bot.cases.views import cases as view
from bot.cases.views import notices
from bot.cases.views.cases import CasesFacts, RowFacts
from bot.errors import Refused
from bot.kit.people import is_manager, person_with_role, words_of, zone_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.slack import SlackRefused
from storage.cases import listing
from storage.cases.listing import Reach
from storage.tables import Person
from storage.words import CaseEnding, CaseSort

SHOWN = 8


async def show_cases(services: Services, request: Request, typed: str) -> None:
    """Answer with the cases that this person may follow up. Raises Refused."""
    which = FILTERS.get(typed.casefold(), CaseSort.OPEN)
    await _show(services, request, which, None, replace=False)


async def turn_to(services: Services, request: Request, which: CaseSort, before: int | None) -> None:
    """Show others of them in the same place. Raises Refused."""
    await _show(services, request, which, before, replace=request.clicked.replace)


async def redraw_list(services: Services, request: Request) -> None:
    """Show the list again where something in it was clicked; a card is drawn by itself."""
    if request.clicked.replace:
        await _show(services, request, CaseSort.OPEN, None, replace=True)


async def _show(
    services: Services, request: Request, which: CaseSort, before: int | None, *, replace: bool
) -> None:
    somebody = await person_with_role(services, request.who)
    facts = await cases_of(services, somebody, await _reach(services, somebody), which, before)
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
            RowFacts(
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
    """Say whose cases this person may follow up: all as a manager, or those of the channels that they are in. Raises Refused."""
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
