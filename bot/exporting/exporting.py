"""A survey's answers leave as a file in a manager's direct messages."""

import re
from functools import partial
from tempfile import TemporaryFile

from bot.errors import Refused
from bot.exporting.answer_file import FileFormat
from bot.exporting.views import exported
from bot.exporting.views import problem as export_problem
from bot.exporting.views.exported import ExportedFacts
from bot.exporting.views.problem import ExportProblemFacts
from bot.exporting.writing import write_answers
from bot.kit.finding import survey_to_read
from bot.kit.people import manager, words_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.views import anonymous_notices, notices
from bot.logs import log
from bot.reports.anonymous import details_from
from bot.slack.errors import SlackError, SlackUnsure
from storage.tables import Survey


async def send_answers(services: Services, request: Request, name: str) -> None:
    """Send a manager the answers of the named survey, or of the newest, as a CSV in a direct message. Raises Refused."""
    somebody = await manager(services, request.who)
    survey = await survey_to_read(services, somebody, name, Verb.EXPORT)
    words = words_of(somebody)
    with TemporaryFile() as file:
        answers = await write_answers(services.database, survey, FileFormat.CSV, file)
        facts = ExportedFacts(survey.name, answers, is_anonymous=survey.is_anonymous)
        if survey.is_anonymous and not answers:
            async with services.database.reading() as session:
                fewest = await details_from(session, survey)
            too_few = partial(anonymous_notices.no_scores_to_export, name=survey.name, fewest=fewest)
            raise Refused("nothing_to_export", too_few)
        if not answers:
            raise Refused("nothing_to_export", partial(notices.nothing_to_export, name=survey.name))
        try:
            await services.slack.send_file(
                somebody.user_id, _file_name(survey), file, exported.caption(facts, words)
            )
        except SlackError as error:
            code = None if isinstance(error, SlackUnsure) else error.code
            problem = ExportProblemFacts(survey.name, code)
            raise Refused("export_not_sent", partial(export_problem.render, problem)) from error
    log.info("survey.exported", survey=survey.id, answers=facts.answers)
    await reply(services, request, exported.render(facts, words))


def _file_name(survey: Survey) -> str:
    return "-".join(["nps", *re.findall(r"\w+", survey.key)]) + ".csv"
