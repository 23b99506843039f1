"""A survey's answers leave as a file: for the operator on the command line, for a manager as a direct message."""

import re
from functools import partial
from tempfile import TemporaryFile
from typing import BinaryIO

from bot.errors import Refused
from bot.exporting.answer_file import Format, writing
from bot.exporting.views import exported
from bot.exporting.views import problem as export_problem
from bot.exporting.views.exported import ExportedFacts
from bot.exporting.views.problem import ExportProblemFacts
from bot.kit.finding import survey_to_read
from bot.kit.people import Who, manager, words_of
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.views import notices
from bot.logs import log
from bot.slack import SlackError, SlackUnsure
from storage.engine import Database
from storage.exporting import given_answers
from storage.tables import Survey


async def write_answers(  # noqa: PLR0913 - what may be chosen of a file
    database: Database,
    survey: Survey,
    file_format: Format,
    file: BinaryIO,
    *,
    people: bool = False,
    semicolons: bool = False,
) -> int:
    """Write all answers of a survey to the file and return how many. Raises OSError when the file takes no more.

    Every export passes through here. All waves are named so far: their answers carry their time, and, for `people`, who
    gave them. This is where the disclosure guard (scoring/disclosure.py) decides what may leave of an anonymous wave.
    """
    written, answers = writing(file_format, file, people=people, semicolons=semicolons), 0
    written.begin()
    async with database.reading() as session:
        async for page in given_answers(session, survey.id):
            written.page(page)
            answers += len(page)
    written.end()
    return answers


async def send_answers(services: Services, who: Who, name: str, response_url: str | None) -> None:
    """Send a manager the answers of the named survey, or of the newest, as a CSV in a direct message. Raises Refused."""
    somebody = await manager(services, who)
    survey = await survey_to_read(services, somebody, name)
    words = words_of(somebody)
    with TemporaryFile() as file:
        facts = ExportedFacts(survey.name, await write_answers(services.database, survey, Format.CSV, file))
        if not facts.answers:
            raise Refused("nothing_to_export", partial(notices.nothing_to_export, name=survey.name))
        try:
            await services.slack.send_file(
                who.user_id, _file_name(survey), file, exported.caption(facts, words)
            )
        except SlackError as error:
            code = None if isinstance(error, SlackUnsure) else error.code
            problem = ExportProblemFacts(survey.name, code)
            raise Refused("export_not_sent", partial(export_problem.render, problem)) from error
    log.info("survey.exported", survey=survey.id, answers=facts.answers)
    await reply(services, who, response_url, exported.render(facts, words))


def _file_name(survey: Survey) -> str:
    return "-".join(["nps", *re.findall(r"\w+", survey.key)]) + ".csv"
