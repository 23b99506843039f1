"""Somebody may be contacted: the channel where people are followed up hears of it once, and they once who will write."""

from datetime import datetime
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cases.drawing import AT_ONCE, PATIENCE, card_message, line_message
from bot.cases.views import notices
from bot.kit.noticing import notify
from bot.kit.once import DueRun, once
from bot.kit.people import Who, first_manager, person, words_of
from bot.kit.services import Services
from bot.kit.workplace import awake, working_time
from bot.logs import log
from bot.message import Message
from bot.slack.objects import Posted
from storage import cases
from storage.cases import WholeCase
from storage.kit import people
from storage.privacy import erased_messages
from storage.tables import Case, Person, Survey
from storage.words import CaseState, RunState

CASE_CARD, CASE_LINE = "case_card", "case_line"
_OTHERS_ASKED = 10


async def post_cards(services: Services) -> None:
    """Post the card of each case that has none, the oldest first."""
    now = services.clock()
    async with services.database.reading() as session:
        waiting = await cases.without_card(session, services.workspace_id, CASE_CARD, now - PATIENCE, AT_ONCE)
    refusing = set[str]()
    for case, survey in waiting:
        assert survey.follow_up_channel is not None  # noqa: S101 - those alone wait
        if survey.follow_up_channel not in refusing and not await _post(
            services, case, survey, survey.follow_up_channel
        ):
            refusing.add(survey.follow_up_channel)
    await _tell_doubts(services)


async def _post(services: Services, case: Case, survey: Survey, channel_id: str) -> bool:
    """Post one card, once; False when Slack refused it, which its manager hears once."""
    outcome = await once(
        services,
        DueRun(case.workspace_id, CASE_CARD, case.id, case.opened_at),
        partial(_told, services, case),
        partial(_say, services, case, channel_id),
        may_try_again=True,
    )
    if outcome is None or outcome.state is not RunState.FAILED:
        return True
    async with services.database.writing() as session:
        await cases.record_refused(session, case.id, str(outcome.code), services.clock())
    await _tell_manager(services, case, survey, channel_id, outcome.code)
    return False


async def _tell_doubts(services: Services) -> None:
    """Ask a manager to look, once for each card that perhaps stands: Slack's reply never came, or a process died over it."""
    async with services.database.reading() as session:
        doubtful = await cases.in_doubt(session, services.workspace_id, CASE_CARD, AT_ONCE)
    for case, survey in doubtful:
        assert survey.follow_up_channel is not None  # noqa: S101 - those alone
        await _tell_manager(services, case, survey, survey.follow_up_channel, None)
        async with services.database.writing() as session:
            await cases.record_refused(session, case.id, cases.IN_DOUBT, services.clock())


async def _told(services: Services, case: Case) -> WholeCase | None:
    """Read what the card tells; None where its person has ended the case meanwhile."""
    async with services.database.reading() as session:
        told = await cases.told(session, case.id)
    return None if told is None or told.case.state is CaseState.CLOSED else told


async def _say(services: Services, case: Case, channel_id: str, told: WholeCase) -> None:
    author = await person(services, Who(case.workspace_id, told.survey.created_by))
    posted = await services.slack.post(channel_id, card_message(told, author))
    async with services.database.writing() as session:
        if not await cases.record_card(session, case.id, posted.channel_id, posted.ts, told.case.version):
            await _note_erased(session, author, posted, services.clock())
    log.info("case.posted", case=case.id)


async def _tell_manager(
    services: Services, case: Case, survey: Survey, channel_id: str, error: str | None
) -> None:
    async with services.database.reading() as session:
        admins = await people.admins(session, case.workspace_id, _OTHERS_ASKED)
        stuck_since = await cases.oldest_without_card(session, survey.id)
    somebody = await first_manager(services, [survey.created_by, *sorted(services.managers), *admins])
    if somebody is None:
        return
    since = case.opened_at if error is None or stuck_since is None else stuck_since
    message = notices.no_card(words_of(somebody), survey_name=survey.name, channel_id=channel_id, error=error)
    matter = f"cases:{survey.id}:{error or 'uncertain'}:{channel_id}:{since.isoformat()}"
    await notify(services, somebody.user_id, matter, message)


async def tell_people(services: Services) -> None:
    """Tell each person once, in their hours, who will write to them."""
    async with services.database.reading() as session:
        taken = await cases.without_line(session, services.workspace_id, CASE_LINE)
    # Those who are asleep keep nobody waiting.
    is_awake = await awake(services)
    for case_id in [one for one, time_zone in taken if is_awake(time_zone)][:AT_ONCE]:
        async with services.database.reading() as session:
            case = await cases.case(session, case_id)
        if case:
            await tell_person(services, case)


async def tell_person(services: Services, case: Case) -> None:
    """Tell the person of a case once who will write to them, unless it is night where they are."""
    somebody = await person(services, Who(case.workspace_id, case.user_id))
    working = await working_time(services)
    if working.is_inside(services.clock(), somebody.time_zone):
        await once(
            services,
            DueRun(case.workspace_id, CASE_LINE, case.id, case.opened_at),
            partial(_line, services, case.id),
            partial(_tell, services, case, somebody),
        )


async def _line(services: Services, case_id: int) -> Message | None:
    async with services.database.reading() as session:
        told = await cases.told(session, case_id)
    if told is None or told.case.state is CaseState.CLOSED:
        return None
    return await line_message(services, told.case, told.survey)


async def _tell(services: Services, case: Case, somebody: Person, message: Message) -> None:
    posted = await services.slack.post(case.user_id, message)
    async with services.database.writing() as session:
        if not await cases.record_line(session, case.id, posted.channel_id, posted.ts):
            await _note_erased(session, somebody, posted, services.clock())
    log.info("case.told", case=case.id)


async def _note_erased(session: AsyncSession, reader: Person, posted: Posted, now: datetime) -> None:
    """Let a message say that it was erased where its case went while it was on its way."""
    place = (posted.channel_id, posted.ts)
    await erased_messages.note(session, reader.workspace_id, [place], reader.locale, now)
