"""The numbers of a survey, read once, told in a card."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.kit.people import person_with_role, words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply, reply_with_chart
from bot.kit.views import not_found, notices
from bot.reports.reading import begin_reading
from bot.reports.results import lines_told, newest_told, who_reads
from bot.reports.rules.gate import Reader
from bot.reports.views import report, survey_list
from bot.reports.views.report import LinkFacts, ReportFacts
from bot.reports.views.survey_list import SURVEYS_SHOWN, SurveyFacts, SurveyListFacts
from scoring.disclosure import MINIMUM_ANSWERS
from storage import surveys, waves
from storage.question import Offered
from storage.surveys import links
from storage.tables import Person, Survey, Wave


async def show_report(services: Services, request: Request, name: str) -> None:
    """Answer with the card of the named survey, or of the one with the newest wave. Raises Refused."""
    somebody, reader, survey = await begin_reading(services, request, name, Verb.REPORT)
    facts = await report_of(services, survey, somebody, reader)
    await _show(services, request, somebody, facts, in_channel=False)


async def show_wave(services: Services, request: Request, typed: str) -> None:
    """Answer with the card of one wave: its number or label is the first word, a survey's name may follow. Raises Refused."""
    called, _, name = typed.strip().partition(" ")
    if not called:
        raise Refused("which_wave", not_found.which_wave)
    somebody, reader, survey = await begin_reading(services, request, name.strip(), Verb.WAVE)
    facts = await report_of(services, survey, somebody, reader, called)
    await _show(services, request, somebody, facts, in_channel=False)


async def share_report(
    services: Services, request: Request, survey_id: int, older_id: int | None = None
) -> None:
    """Show the card, as it stands now, to the whole channel: what everyone there may read. Raises Refused.

    It is that of the newest wave, or of the older one with this id.
    """
    somebody, _, survey = await begin_reading(services, request, survey_id, Verb.REPORT)
    async with services.database.reading() as session:
        older = await waves.wave(session, older_id) if older_id else None
        if older_id and (older is None or older.survey_id != survey.id):
            raise Refused("no_such_wave", notices.bad_click)
        facts = await _card(session, survey, somebody, Reader.CHANNEL, older)
    await _show(services, request, somebody, facts, in_channel=True)


async def report_of(
    services: Services, survey: Survey, somebody: Person, reader: Reader, called: str = ""
) -> ReportFacts:
    """Read the card of a survey's newest wave, or of the one that is `called` so, as `reader` may see it, in somebody's zone.

    Raises Refused when there is none.
    """
    async with services.database.reading() as session:
        older = await waves.wave_called(session, survey.id, called) if called else None
        if called and older is None:
            raise Refused("no_such_wave", partial(not_found.no_such_wave, name=survey.name, wave=called))
        return await _card(session, survey, somebody, reader, older)


async def _card(
    session: AsyncSession, survey: Survey, somebody: Person, reader: Reader, older: Wave | None
) -> ReportFacts:
    wave = await newest_told(session, survey, reader, zone_of(somebody), older)
    if wave is None:
        raise no_wave_yet(survey, reader)
    if reader is Reader.CHANNEL:
        return ReportFacts(survey.id, survey.name, wave, shared_by=somebody.user_id)
    return ReportFacts(
        survey.id,
        survey.name,
        wave,
        can_share=True,
        older_id=older.id if older else None,
        reads_comments=reader is Reader.MANAGER and bool(wave.result.comments),
        links=await _links(session, survey) if reader is Reader.MANAGER and older is None else (),
    )


async def _links(session: AsyncSession, survey: Survey) -> tuple[LinkFacts, ...]:
    """Read how often the links for promoters were offered and, unless that would tell who did so, opened."""
    return tuple(
        LinkFacts(
            Offered(one.url, one.names), one.offered, one.opened if one.offered >= MINIMUM_ANSWERS else None
        )
        for one in await links.links_of(session, survey.id)
    )


def no_wave_yet(survey: Survey, reader: Reader) -> Refused:
    """Say that nobody has been asked; who manages is told how to open a wave."""
    can_open = reader in {Reader.MANAGER, Reader.OPERATOR}
    return Refused("no_wave_yet", partial(not_found.no_wave_yet, name=survey.name, can_open=can_open))


async def show_list(services: Services, request: Request) -> None:
    """Answer with a line for each survey. Raises Refused."""
    somebody = await person_with_role(services, request.who)
    reader = await who_reads(services, somebody)
    lines = await survey_lines(services, somebody, reader, most=SURVEYS_SHOWN)
    async with services.database.reading() as session:
        known = await surveys.count_surveys(session, somebody.workspace_id)
    facts = SurveyListFacts(lines, is_manager=reader is Reader.MANAGER, more=known - len(lines))
    await reply(services, request, survey_list.render(facts, words_of(somebody)))


async def survey_lines(
    services: Services, somebody: Person, reader: Reader, most: int | None = None
) -> tuple[SurveyFacts, ...]:
    """Read a line for each survey of somebody's workspace, or the first ones, as `reader` may see it; none for a guest."""
    if reader is Reader.GUEST:
        return ()
    async with services.database.reading() as session:
        known = await surveys.list_surveys(session, somebody.workspace_id, most)
        return await lines_of(session, known, reader, zone_of(somebody))


async def lines_of(
    session: AsyncSession, known: Sequence[Survey], reader: Reader, zone: ZoneInfo
) -> tuple[SurveyFacts, ...]:
    """Read a line for each of these surveys, as `reader` may see it, with days of the zone."""
    told = await lines_told(session, known, reader, zone)
    return tuple(
        SurveyFacts(
            survey.id,
            survey.name,
            told[survey.id],
            is_paused=survey.paused_at is not None,
            has_ended=survey.ended_at is not None,
        )
        for survey in known
    )


async def _show(
    services: Services, request: Request, somebody: Person, facts: ReportFacts, *, in_channel: bool
) -> None:
    await reply_with_chart(
        services,
        request,
        lambda with_chart: report.render(facts, words_of(somebody), with_chart=with_chart),
        in_channel=in_channel,
    )
