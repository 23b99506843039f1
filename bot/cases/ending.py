"""The person who may be contacted says that it is settled, or that they want no contact: the case closes and forgets."""

from bot.cases.drawing import draw, line_message
from bot.cases.views import notices
from bot.errors import Refused
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.speaking import show
from bot.logs import log
from storage import cases
from storage.cases import steps
from storage.tables import Survey
from storage.words import CaseEnding


async def end(services: Services, request: Request, case_id: int, ending: CaseEnding) -> None:
    """Close a case as its person wishes, and let every message of it say so. Raises Refused."""
    who = request.who
    async with services.database.writing() as session:
        case = await cases.case(session, case_id)
        survey = await session.get(Survey, case.survey_id) if case else None
        if (
            case is None
            or survey is None
            or (case.workspace_id, case.user_id) != (who.workspace_id, who.user_id)
        ):
            raise Refused("no_such_case", notices.gone)
        is_done = await steps.end(session, case, ending, services.clock())
        await session.refresh(case)
    if is_done:
        log.info("case.ended", case=case_id, ending=ending.value)
    if not request.is_at_home:
        await show(services, request.clicked, await line_message(services, case, survey))
    await draw(services, case_id)
