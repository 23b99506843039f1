"""The numbers of a survey, read once, told in a card."""

from dataclasses import dataclass, replace
from datetime import UTC
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.kit.finding import survey_to_read
from bot.kit.people import is_manager, person, person_with_role, words_of, zone_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.speaking import reply, reply_with_chart
from bot.kit.views import notices
from bot.reports.views import report, survey_list
from bot.reports.views.report import ReportFacts
from bot.reports.views.survey_list import SurveyFacts, SurveyListFacts
from bot.reports.views.wave import WaveFacts
from scoring.nps import Tally, tally_counts
from storage import answers, surveys, waves
from storage.tables import Person, Survey, Wave


@dataclass(frozen=True)
class WaveNumbers:
    """One wave as it stands: frozen when closed, counted when open."""

    wave: Wave
    tally: Tally
    invited: int | None
    comments: int


async def numbers_of(session: AsyncSession, wave: Wave) -> WaveNumbers:
    """Read a wave's numbers: one stored row when it is closed, grouped counts of it alone when it is open."""
    frozen = await waves.result(session, wave.id)
    if frozen:
        tally = Tally(frozen.promoters, frozen.passives, frozen.detractors)
        return WaveNumbers(wave, tally, frozen.invited, frozen.comments)
    return WaveNumbers(
        wave,
        tally_counts(await answers.score_counts(session, wave.id)),
        await waves.invited(session, wave),
        await answers.comment_count(session, wave.id),
    )


async def newest_numbers(
    session: AsyncSession, survey: Survey, newest: Wave | None = None
) -> list[WaveNumbers]:
    """Return the newest wave's numbers and those of the one before it; fewer when there are fewer.

    With `newest` that wave counts as the newest, whatever has opened since.
    """
    found = await waves.newest_waves(session, survey.id, limit=2 if newest is None else 4)
    if newest is not None:
        ids = [wave.id for wave in found]
        found = found[ids.index(newest.id) :] if newest.id in ids else []
    return [await numbers_of(session, wave) for wave in found[:2]]


def wave_facts(newest: list[WaveNumbers], reader: Person) -> WaveFacts:
    """Say of the newest wave what a view needs, in the reader's time zone."""
    now = newest[0]
    before = newest[1] if len(newest) > 1 else None
    ends = now.wave.closed_at or now.wave.closes_at
    # Exports tell days without a zone, which must not become the evening before.
    zone = UTC if now.wave.label else zone_of(reader)
    return WaveFacts(
        number=now.wave.number,
        closes=ends.astimezone(zone).date(),
        is_open=now.wave.closed_at is None,
        tally=now.tally,
        invited=now.invited,
        previous=before.tally if before else None,
        label=now.wave.label,
        previous_number=before.wave.number if before else None,
        previous_label=before.wave.label if before else None,
    )


async def show_report(services: Services, request: Request, name: str) -> None:
    """Answer with the card of the named survey, or of the one with the newest wave. Raises Refused."""
    reader = await person_with_role(services, request.who)
    survey = await survey_to_read(services, reader, name)
    facts = await report_of(services, survey, reader)
    await _show(services, request, reader, facts, in_channel=False)


async def share_report(services: Services, request: Request, survey_id: int) -> None:
    """Show the card, as it stands now, to the whole channel. Raises Refused."""
    reader = await person(services, request.who)
    async with services.database.reading() as session:
        survey = await surveys.survey(session, survey_id)
    if survey is None or survey.workspace_id != reader.workspace_id:
        raise Refused("no_such_survey", notices.bad_click)
    facts = replace(await report_of(services, survey, reader), can_share=False, shared_by=reader.user_id)
    await _show(services, request, reader, facts, in_channel=True)


async def report_of(services: Services, survey: Survey, reader: Person) -> ReportFacts:
    """Read the card of a survey. Raises Refused when it has had no wave yet."""
    async with services.database.reading() as session:
        newest = await newest_numbers(session, survey)
    if not newest:
        raise Refused("no_wave_yet", partial(notices.no_wave_open, name=survey.name))
    return ReportFacts(survey.id, survey.name, wave_facts(newest, reader), can_share=True)


async def show_list(services: Services, request: Request) -> None:
    """Answer with a line for each survey."""
    somebody = await person_with_role(services, request.who)
    facts = SurveyListFacts(await survey_lines(services, somebody), is_manager=is_manager(services, somebody))
    await reply(services, request, survey_list.render(facts, words_of(somebody)))


async def survey_lines(services: Services, reader: Person) -> tuple[SurveyFacts, ...]:
    """Read a line for each survey of the reader's workspace."""
    async with services.database.reading() as session:
        known = await surveys.list_surveys(session, reader.workspace_id)
        lines = [(survey, await newest_numbers(session, survey)) for survey in known]
    return tuple(
        SurveyFacts(
            survey.id,
            survey.name,
            wave_facts(newest, reader) if newest else None,
            is_paused=survey.paused_at is not None,
            has_ended=survey.ended_at is not None,
        )
        for survey, newest in lines
    )


async def _show(
    services: Services, request: Request, reader: Person, facts: ReportFacts, *, in_channel: bool
) -> None:
    await reply_with_chart(
        services,
        request,
        lambda with_chart: report.render(facts, words_of(reader), with_chart=with_chart),
        in_channel=in_channel,
    )
