"""`/nps drivers`: the reasons that people ticked beside their scores."""

from bot.kit.people import words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply_with_chart
from bot.reports.reading import begin_reading
from bot.reports.reporting import no_wave_yet
from bot.reports.results import drivers_told, moves_told
from bot.reports.rules.gate import Reader
from bot.reports.views import drivers
from bot.reports.views.drivers import DriversFacts
from storage import actions
from storage.tables import Person, Survey


async def show_drivers(services: Services, request: Request, which: str | int) -> None:
    """Answer with the drivers of a survey's newest wave that may be told, or of the survey with the newest wave. Raises Refused."""
    somebody, reader, survey = await begin_reading(services, request, which, Verb.DRIVERS)
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
        acted = await actions.done_of(session, survey.id)
        moves = await moves_told(session, survey, reader, wave, acted)
    return DriversFacts(survey.name, wave, tuple(moves))
