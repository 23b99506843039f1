"""A survey's answers are written to a file. That takes the database alone: the command line needs no Slack for it."""

from typing import BinaryIO

from bot.exporting.answer_file import ENCODINGS, Format
from storage.engine import Database
from storage.exporting import given_answers
from storage.tables import Survey


async def write_answers(database: Database, survey: Survey, file_format: Format, file: BinaryIO) -> int:
    """Write all answers of a survey to the file and return how many. Raises OSError when the file takes no more.

    Every export passes through here. All waves are named so far, and no row names a person; this is where the
    disclosure guard (scoring/disclosure.py) decides what may leave of an anonymous wave.
    """
    encoding, answers = ENCODINGS[file_format], 0
    file.write(encoding.begin)
    async with database.reading() as session:
        async for page in given_answers(session, survey.id):
            file.write(encoding.between if answers else b"")
            file.write(encoding.page(page))
            answers += len(page)
    file.write(encoding.end)
    return answers
