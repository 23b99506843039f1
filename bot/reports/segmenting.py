"""`/nps segments`: a closed wave by the channels and user groups of its people, or by a column of an imported file."""

from functools import partial

from bot.errors import Refused
from bot.kit.finding import survey_to_read
from bot.kit.people import person_with_role, words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply_with_chart
from bot.reports.naming import survey_named_first
from bot.reports.reporting import no_wave_yet
from bot.reports.results import column_told, segments_told, who_reads
from bot.reports.rules.gate import Reader
from bot.reports.views import segments as view
from bot.reports.views.segments import SegmentsFacts
from storage import waves
from storage.reports import segments
from storage.tables import Person, Survey


async def show_segments(services: Services, request: Request, typed: str | int) -> None:
    """Answer with the last closed wave by segments: of the survey with this id, or by words. Raises Refused.

    Of the words the survey's name comes first, a column may follow.
    """
    somebody = await person_with_role(services, request.who)
    reader = await who_reads(services, somebody)
    if isinstance(typed, int):
        survey, rest = await survey_to_read(services, somebody, typed, Verb.SEGMENTS), list[str]()
    else:
        survey, rest = await survey_named_first(services, somebody, typed.split(), Verb.SEGMENTS)
    facts = await segments_of(services, survey, somebody, reader, " ".join(rest))
    await reply_with_chart(
        services, request, lambda with_table: view.render(facts, words_of(somebody), with_table=with_table)
    )


async def segments_of(
    services: Services, survey: Survey, somebody: Person, reader: Reader, column: str
) -> SegmentsFacts:
    """Read the segments as `reader` may see them; without a column by the audience, or by the only column there is.

    Raises Refused.
    """
    zone = zone_of(somebody)
    async with services.database.reading() as session:
        told = None if column else await segments_told(session, survey, reader, zone)
        if told and (told.result.segments or told.label is None):
            return SegmentsFacts(survey.name, told)
        wave = await waves.newest_imported(session, survey.id)
        if wave is None and not column:
            raise Refused("none_closed", partial(view.none_closed, survey=survey.name))
        columns = await segments.columns(session, wave.id) if wave else []
        wanted = [one for one in columns if not column or one.casefold() == column.casefold()]
        if wave is None or len(wanted) != 1:
            said = partial(view.which_column, survey=survey.name, column=column, columns=columns)
            raise Refused("which_column", said)
        told = await column_told(session, survey, wave, reader, zone, wanted[0])
    if told is None:
        raise no_wave_yet(survey, reader)
    return SegmentsFacts(survey.name, told, wanted[0])
