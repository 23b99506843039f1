"""`/nps trend`: how a survey's number went, wave by wave."""

from bot.kit.finding import survey_to_read
from bot.kit.people import person_with_role, words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply_with_chart
from bot.reports.results import closed_told, who_reads
from bot.reports.rules.gate import Reader
from bot.reports.rules.trending import WAVES_SHOWN, spans_of
from bot.reports.views import trend
from bot.reports.views.trend import TrendFacts
from storage.tables import Person, Survey


async def show_trend(services: Services, request: Request, which: str | int) -> None:
    """Answer with the closed waves of a survey, or of the one with the newest wave. Raises Refused."""
    somebody = await person_with_role(services, request.who)
    reader = await who_reads(services, somebody)
    survey = await survey_to_read(services, somebody, which, Verb.TREND)
    facts = await trend_of(services, survey, somebody, reader)
    await reply_with_chart(
        services, request, lambda with_chart: trend.render(facts, words_of(somebody), with_chart=with_chart)
    )


async def trend_of(services: Services, survey: Survey, somebody: Person, reader: Reader) -> TrendFacts:
    """Read the waves that closed last, as `reader` may see them."""
    async with services.database.reading() as session:
        newest = await closed_told(session, survey, reader, zone_of(somebody), WAVES_SHOWN)
    return TrendFacts(survey.name, newest, spans_of(survey.rhythm, survey.every_weeks))
