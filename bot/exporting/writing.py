"""A survey's answers are written to a file. That takes the database alone: the command line needs no Slack for it."""

from collections.abc import Mapping
from typing import BinaryIO

from bot.exporting.answer_file import FileFormat, writing
from bot.reports.anonymous import waves_with_scores
from storage.database.engine import Database
from storage.exporting import GivenAnswer, given_answers, scores_of_ballots
from storage.surveys import drivers
from storage.tables import Survey


async def write_answers(  # noqa: PLR0913 - what may be chosen of a file
    database: Database,
    survey: Survey,
    file_format: FileFormat,
    file: BinaryIO,
    *,
    people: bool = False,
    semicolons: bool = False,
) -> int:
    """Write all answers of a survey to the file and return how many. Raises OSError when the file takes no more.

    Every export passes through here. Answers of named waves carry their time, and, for `people`, who gave them. Of an
    anonymous wave the scores leave alone, once it is closed and where the gate shows how many gave each.
    """
    written, answers = writing(file_format, file, people=people, semicolons=semicolons), 0
    written.begin()
    async with database.reading() as session:
        # As they are called now, in the survey's own language.
        names = {one.key: one.names[0][1] for one in await drivers.named(session, survey.id) if one.names}
        async for page in given_answers(session, survey.id):
            written.page([_named(answer, names) for answer in page] if names else page)
            answers += len(page)
        for wave in await waves_with_scores(session, survey):
            async for page in scores_of_ballots(session, survey, wave):
                written.page(page)
                answers += len(page)
    written.end()
    return answers


def _named(answer: GivenAnswer, names: Mapping[str, str]) -> GivenAnswer:
    return answer._replace(drivers=tuple(names.get(driver, driver) for driver in answer.drivers))
