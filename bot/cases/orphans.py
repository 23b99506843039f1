"""A case stays nobody's unseen when its owner leaves: the channel where it is followed up hears of that once."""

from functools import partial

from bot.cases.drawing import AT_ONCE
from bot.cases.views import owner_gone
from bot.cases.views.owner_gone import OwnerGoneFacts
from bot.kit.once import DueRun, once
from bot.kit.people import FRESH_FOR, Who, person, words_of
from bot.kit.services import Services
from bot.message import Message
from storage import cases
from storage.cases import owners
from storage.tables import Case, Survey
from storage.words import CaseState

CASE_OWNER_GONE = "case_owner_gone"


async def raise_orphans(services: Services) -> None:
    """Tell of each case once its owner's account is deactivated. Slack is asked about an owner once a day."""
    now = services.clock()
    async with services.database.reading() as session:
        stale = await owners.not_seen_since(session, services.workspace_id, now - FRESH_FOR, AT_ONCE)
    for user_id in stale:
        await person(services, Who(services.workspace_id, user_id))
    async with services.database.reading() as session:
        left = await owners.of_gone_owners(session, services.workspace_id, CASE_OWNER_GONE, AT_ONCE)
    for case, survey, since in left:
        if case.channel_id:
            await once(
                services,
                DueRun(case.workspace_id, CASE_OWNER_GONE, case.id, since),
                partial(_words, services, case, survey),
                partial(services.slack.post, case.channel_id),
            )


async def _words(services: Services, case: Case, survey: Survey) -> Message | None:
    """Word it; None where somebody else has the case meanwhile, or it is closed."""
    async with services.database.reading() as session:
        stands = await cases.case(session, case.id)
    if stands is None or stands.state is CaseState.CLOSED or stands.owner != case.owner or not stands.owner:
        return None
    author = await person(services, Who(survey.workspace_id, survey.created_by))
    return owner_gone.render(OwnerGoneFacts(survey.name, stands.owner), words_of(author))
