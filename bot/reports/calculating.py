"""`/nps score`: the NPS of counts that somebody has from elsewhere."""

from bot.errors import Refused
from bot.kit.people import person, words_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.views import notices
from bot.reports.rules.typed_counts import typed_counts
from bot.reports.views import calculated
from bot.reports.views.calculated import CalculatedFacts


async def show_score(services: Services, request: Request, typed: str) -> None:
    """Answer with the NPS of the counts that were typed. Raises Refused where they are none."""
    read = typed_counts(typed)
    if read is None:
        raise Refused("which_counts", notices.which_counts)
    somebody = await person(services, request.who)
    await reply(services, request, calculated.render(CalculatedFacts(*read), words_of(somebody)))
