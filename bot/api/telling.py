"""A program reads a result: what everyone may read of it, through the gate."""

from zoneinfo import ZoneInfo

from bot.api.problems import Problem, WrongRequest
from bot.api.views.payload import Told
from bot.kit.services import Services
from bot.reports.results import newest_told
from bot.reports.rules.gate import Reader
from bot.reports.views.data import wave_data
from storage import surveys, waves


async def result(services: Services, name: str, called: str) -> Told:
    """Tell the survey's newest wave, or the one that is `called` so. Raises WrongRequest."""
    async with services.database.reading() as session:
        survey = await surveys.find_survey(session, services.workspace_id, name)
        if survey is None:
            raise WrongRequest(Problem.NO_SUCH_SURVEY)
        wave = await waves.wave_called(session, survey.id, called) if called else None
        if called and wave is None:
            raise WrongRequest(Problem.NO_SUCH_WAVE)
        told = await newest_told(session, survey, Reader.CHANNEL, ZoneInfo(survey.time_zone), wave)
    if told is None:
        raise WrongRequest(Problem.NO_SUCH_WAVE)
    return Told(survey=survey.name, **wave_data(told))
