"""Which survey is meant where more words than its name are typed."""

from collections.abc import Sequence

from bot.kit.finding import survey_to_read
from bot.kit.rules.command import Verb, prefixes
from bot.kit.services import Services
from storage import surveys
from storage.tables import Person, Survey


async def survey_named_first(
    services: Services, somebody: Person, typed: Sequence[str], verb: Verb, *, in_part: bool = True
) -> tuple[Survey, list[str]]:
    """Find the survey that is named first, by its whole name or its beginning, or else the one with the newest wave.

    Returns the words behind its name too. With `in_part` False no beginning is a name. Raises Refused without a survey.
    """
    async with services.database.reading() as session:
        for name in prefixes(typed[: surveys.NAME_WORDS]):
            if found := await surveys.find_survey(session, somebody.workspace_id, name):
                return found, list(typed[len(name.split()) :])
        if typed and in_part:
            part = await surveys.surveys_beginning(session, somebody.workspace_id, typed[0], limit=2)
            if len(part) == 1:
                return part[0], list(typed[1:])
    return await survey_to_read(services, somebody, "", verb), list(typed)
