"""`/nps compare`: the closed results of two surveys, or of two waves of one, side by side."""

from collections.abc import Sequence
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.kit.finding import named_survey
from bot.kit.people import is_manager, person_with_role, words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply_with_chart
from bot.reports.naming import survey_named_first
from bot.reports.results import pair_told, who_reads
from bot.reports.rules.gate import Reader
from bot.reports.views import comparison as view
from bot.reports.views.comparison import ComparisonFacts
from storage import surveys, waves
from storage.tables import Person, Survey, Wave

Side = tuple[Survey, Wave]
"""One of the two that are compared."""


async def show_comparison(services: Services, request: Request, typed: str) -> None:
    """Answer with two surveys, or with two waves of one survey, which is named behind them. Raises Refused."""
    somebody = await person_with_role(services, request.who)
    reader = await who_reads(services, somebody)
    words = typed.split()
    if (pair := await _two_surveys(services, somebody, words)) is not None:
        facts = await surveys_compared(services, *pair, somebody, reader)
    else:
        if len(words) < len(("first", "second")):
            raise Refused("which_two", view.which_two)
        survey, rest = await survey_named_first(services, somebody, words[2:], Verb.COMPARE)
        if rest:
            raise Refused("which_two", view.which_two)
        facts = await waves_compared(services, survey, words[0], words[1], somebody, reader)
    await reply_with_chart(
        services, request, lambda with_table: view.render(facts, words_of(somebody), with_table=with_table)
    )


async def surveys_compared(
    services: Services, first: Survey, second: Survey, somebody: Person, reader: Reader
) -> ComparisonFacts:
    """Read the waves that closed last of two surveys, as `reader` may see them. Raises Refused where one has none."""
    async with services.database.reading() as session:
        sides = [(survey, await _last_closed(session, survey)) for survey in (first, second)]
        return await _compared(session, sides, somebody, reader)


async def waves_compared(  # noqa: PLR0913, PLR0917 - whose waves, which two, and who reads
    services: Services, survey: Survey, first: str, second: str, somebody: Person, reader: Reader
) -> ComparisonFacts:
    """Read two closed waves that are called so, as `reader` may see them. Raises Refused where one is not there."""
    async with services.database.reading() as session:
        sides = [(survey, await _called(session, survey, called)) for called in (first, second)]
        return await _compared(session, sides, somebody, reader)


async def _compared(
    session: AsyncSession, sides: Sequence[Side], somebody: Person, reader: Reader
) -> ComparisonFacts:
    first, second = sides
    if first[1].id == second[1].id:
        raise Refused("same_twice", view.same_twice)
    told = await pair_told(session, first, second, reader, zone_of(somebody))
    subjects = [wave.subject or survey.subject for survey, wave in sides]
    return ComparisonFacts(
        names=(first[0].name, second[0].name),
        wave=told,
        subjects=None if subjects[0] == subjects[1] else (subjects[0], subjects[1]),
    )


async def _last_closed(session: AsyncSession, survey: Survey) -> Wave:
    found = await waves.closed_waves(session, survey.id, limit=1)
    if not found:
        raise Refused("none_closed", partial(view.none_closed, survey=survey.name))
    return found[0]


async def _called(session: AsyncSession, survey: Survey, called: str) -> Wave:
    found = await waves.wave_called(session, survey.id, called)
    if found is None:
        raise Refused("no_such_wave", partial(view.no_such_pair, survey=survey.name, wave=called))
    if found.closed_at is None:
        raise Refused("still_open", partial(view.still_open, survey=survey.name, wave=called))
    return found


async def _two_surveys(
    services: Services, somebody: Person, words: Sequence[str]
) -> tuple[Survey, Survey] | None:
    """Split the words into two names, both whole if they are; else the second may be a part of one.

    None where the first is no survey: then waves are meant.
    """
    beginning: Survey | None = None
    rest = ""
    async with services.database.reading() as session:
        for length in range(1, min(len(words), surveys.NAME_WORDS + 1)):
            first = await surveys.find_survey(session, somebody.workspace_id, " ".join(words[:length]))
            if first is None:
                continue
            beginning, rest = first, " ".join(words[length:])
            if second := await surveys.find_survey(session, somebody.workspace_id, rest):
                return first, second
        if beginning is None and len(words) > 1:
            part = await surveys.surveys_beginning(session, somebody.workspace_id, words[0], limit=2)
            if len(part) == 1:
                beginning, rest = part[0], " ".join(words[1:])
    if beginning is None:
        return None
    manages = await is_manager(services, somebody)
    return beginning, await named_survey(
        services, somebody.workspace_id, rest, verb=Verb.COMPARE, manages=manages
    )
