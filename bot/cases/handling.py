"""Those who follow up take a case, say that they made contact, hand it over, close it, or take it up again."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.drawing import draw
from bot.cases.posting import tell_person
from bot.cases.views import closing, notices
from bot.cases.views.closing import ClosingFacts
from bot.errors import Refused
from bot.kit.noticing import notify
from bot.kit.people import Who, is_manager, person, person_with_role, words_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.logs import log
from bot.slack.errors import SlackRefused
from storage import cases
from storage.cases import steps
from storage.tables import Case, Person, Survey
from storage.words import CaseCause, CaseState

TakeStep = Callable[[AsyncSession, Case, str, datetime], Awaitable[bool]]


async def take(services: Services, request: Request, case_id: int) -> None:
    """Let this person have a case, and tell the one who may be contacted. Raises Refused."""
    await _step(services, request, case_id, steps.take)
    async with services.database.reading() as session:
        case = await cases.case(session, case_id)
    if case:
        await tell_person(services, case)


async def say_contacted(services: Services, request: Request, case_id: int) -> None:
    """Say that somebody has made contact. Raises Refused."""
    await _step(services, request, case_id, steps.contact)


async def reopen(services: Services, request: Request, case_id: int) -> None:
    """Take up a closed case again. Raises Refused."""
    await _step(services, request, case_id, steps.reopen)


async def show_closing(services: Services, request: Request, case_id: int) -> None:
    """Open the modal that asks what was behind it. Raises Refused."""
    somebody, case, _ = await _mine(services, request, case_id)
    if case.state is CaseState.CLOSED:
        await draw(services, case_id)
        raise _otherwise(case)
    facts = ClosingFacts(case.id, case.note or "", case.cause)
    await services.slack.open_view(request.trigger_id, closing.render(facts, words_of(somebody)))


async def close(
    services: Services, request: Request, case_id: int, note: str, cause: CaseCause | None
) -> None:
    """Close a case. Raises Refused."""

    async def step(session: AsyncSession, case: Case, by: str, now: datetime) -> bool:
        return await steps.close(session, case, by, note, cause, now)

    await _step(services, request, case_id, step, is_drawn=False)


async def hand_over(services: Services, request: Request, case_id: int, to: str) -> None:
    """Let somebody else have a case, and tell them. Raises Refused."""
    _, case, survey = await _mine(services, request, case_id)
    await _require_able(services, case, survey, to)

    async def step(session: AsyncSession, case: Case, by: str, now: datetime) -> bool:
        return await steps.hand_over(session, case, by, to, now)

    await _step(services, request, case_id, step)
    by, channel = request.who.user_id, case.channel_id or survey.follow_up_channel
    if to != by and channel:
        somebody = await person(services, Who(case.workspace_id, to))
        told = notices.handed_to_you(words_of(somebody), survey_name=survey.name, channel_id=channel, by=by)
        await notify(services, to, f"case:{case.id}.handed.{services.clock().isoformat()}", told)
    async with services.database.reading() as session:
        now_theirs = await cases.case(session, case_id)
    if now_theirs:
        await tell_person(services, now_theirs)


async def _step(
    services: Services, request: Request, case_id: int, step: TakeStep, *, is_drawn: bool = True
) -> None:
    """Change a case as it was read; who comes second is told how it stands. Raises Refused."""
    _, case, survey = await _mine(services, request, case_id)
    async with services.database.writing() as session:
        await _learn_place(session, request, case, survey)
        is_done = await step(session, case, request.who.user_id, services.clock())
        stands = await cases.case(session, case_id)
    if is_done:
        log.info("case.stepped", case=case_id, state=stands.state.value if stands else None)
    if is_drawn or not is_done:
        await draw(services, case_id)
    if not is_done:
        raise _otherwise(stands or case)


async def _learn_place(session: AsyncSession, request: Request, case: Case, survey: Survey) -> None:
    """Where somebody clicked is where the card stands: it is learnt from that, where Slack never confirmed it."""
    place = request.clicked.place if not request.is_modal else None
    if place and case.message_ts is None and place.channel_id == survey.follow_up_channel:
        await cases.record_card(session, case.id, place.channel_id, place.ts, case.version)


async def _mine(services: Services, request: Request, case_id: int) -> tuple[Person, Case, Survey]:
    """Return a case that this person may follow up. Raises Refused."""
    who = request.who
    somebody = await person_with_role(services, who)
    async with services.database.reading() as session:
        case = await cases.case(session, case_id)
        survey = await session.get(Survey, case.survey_id) if case else None
    if case is None or survey is None or case.workspace_id != who.workspace_id:
        raise Refused("no_such_case", notices.gone)
    if case.user_id == who.user_id:
        raise Refused("own_case", notices.your_own)
    if not await is_manager(services, somebody) and not await is_there(services, case, survey, who.user_id):
        raise Refused("not_in_channel", notices.not_yours)
    return somebody, case, survey


async def is_there(services: Services, case: Case, survey: Survey, user_id: str) -> bool:
    """Whether somebody is in the channel in which a case is followed up."""
    channel = case.channel_id or survey.follow_up_channel
    if channel is None:
        return False
    try:
        async for members in services.slack.members(channel):
            if user_id in members:
                return True
    except SlackRefused:  # archived, deleted, or closed to us: nobody is there
        return False
    return False


async def _require_able(services: Services, case: Case, survey: Survey, user_id: str) -> None:
    """Refuse to hand a case to somebody who cannot follow it up. Raises Refused."""
    somebody = await person(services, Who(case.workspace_id, user_id))
    is_able = (
        user_id != case.user_id
        and not somebody.is_bot
        and not somebody.is_deactivated
        and (await is_manager(services, somebody) or await is_there(services, case, survey, user_id))
    )
    if not is_able:
        raise Refused("not_to_them", partial(notices.not_to_them, user_id=user_id))


def _otherwise(case: Case) -> Refused:
    return Refused("case_otherwise", partial(notices.otherwise, state=case.state, owner=case.owner))
