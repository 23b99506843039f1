"""`/nps drivers`: the reasons that people ticked beside their scores."""

from bot.kit.finding import survey_to_read
from bot.kit.people import person_with_role, words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply_with_chart
from bot.reports.reporting import no_wave_yet
from bot.reports.results import drivers_told, who_reads
from bot.reports.rules.gate import Reader
from bot.reports.views import drivers
from bot.reports.views.drivers import DriversFacts
from storage.tables import Person, Survey


async def show_drivers(services: Services, request: Request, which: str | int) -> None:
    """Answer with the drivers of a survey's newest wave that may be told, or of the survey with the newest wave. Raises Refused."""
    somebody = await person_with_role(services, request.who)
    reader = await who_reads(services, somebody)
    survey = await survey_to_read(services, somebody, which, Verb.DRIVERS)
    facts = await drivers_of(services, survey, somebody, reader)
    await reply_with_chart(
        services, request, lambda with_table: drivers.render(facts, words_of(somebody), with_table=with_table)
    )


async def drivers_of(services: Services, survey: Survey, somebody: Person, reader: Reader) -> DriversFacts:
    """Read the drivers as `reader` may see them. Raises Refused when the survey has had no wave yet."""
    async with services.database.reading() as session:
        wave = await drivers_told(session, survey, reader, zone_of(somebody))
    if wave is None:
        raise no_wave_yet(survey, reader)
    return DriversFacts(survey.name, wave)
