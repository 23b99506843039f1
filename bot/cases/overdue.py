"""A case in which nobody has made contact in time is raised once, in the channel where it is followed up."""

from functools import partial

from bot.cases.drawing import AT_ONCE
from bot.cases.views import overdue
from bot.cases.views.overdue import OverdueFacts
from bot.kit.once import DueRun, once
from bot.kit.people import Who, person, words_of
from bot.kit.services import Services
from bot.message import Message
from storage import cases
from storage.cases import listing
from storage.tables import Case, Survey
from storage.words import CaseState

CASE_OVERDUE = "case_overdue"


async def raise_overdue(services: Services) -> None:
    """Raise a few cases that are overdue, the oldest first: each due time falls into working hours."""
    async with services.database.reading() as session:
        late = await listing.overdue(session, services.workspace_id, CASE_OVERDUE, services.clock(), AT_ONCE)
    for case, survey in late:
        channel = case.channel_id or survey.follow_up_channel
        if case.due_at and channel:
            await once(
                services,
                DueRun(case.workspace_id, CASE_OVERDUE, case.id, case.due_at),
                partial(_words, services, case.id, survey),
                partial(services.slack.post, channel),
            )


async def _words(services: Services, case_id: int, survey: Survey) -> Message | None:
    """Word it; None where somebody has made contact meanwhile, or the case is closed."""
    async with services.database.reading() as session:
        case = await cases.case(session, case_id)
    if case is None or not _still_waits(case):
        return None
    author = await person(services, Who(survey.workspace_id, survey.created_by))
    return overdue.render(OverdueFacts(case.id, survey.name, case.owner), words_of(author))


def _still_waits(case: Case) -> bool:
    return case.state in {CaseState.OPEN, CaseState.TAKEN}
