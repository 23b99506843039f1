"""Which closed anonymous waves the gate lets more than an NPS through of. It needs the database alone, as an export does."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports import numbers
from bot.reports.promising import promise_of
from bot.reports.rules.gate import Promise, Reader, Released, released
from scoring.disclosure import minimum_for_details
from storage import waves
from storage.tables import Survey, Wave


async def waves_with_comments(session: AsyncSession, survey: Survey) -> list[Wave]:
    """Return the closed anonymous waves of a survey of which the gate lets comments through, the latest first."""
    return [wave for wave, result in await _told(session, survey) if result.comments]


async def waves_with_scores(session: AsyncSession, survey: Survey) -> list[Wave]:
    """Return the closed anonymous waves of which it lets through how many gave each score, the first one first."""
    return [wave for wave, result in await _told(session, survey) if result.scores][::-1]


async def details_from(session: AsyncSession, survey: Survey) -> int:
    """Return from how many answers on its latest wave, or its next one, lets comments and single scores through."""
    latest = await waves.newest_waves(session, survey.id, limit=1)
    promise = (
        promise_of(survey, latest[0])
        if latest
        else Promise(survey.kind, survey.minimum, is_anonymous=survey.is_anonymous)
    )
    return minimum_for_details(promise.fewest)


async def _told(session: AsyncSession, survey: Survey) -> list[tuple[Wave, Released]]:
    found = await waves.closed_waves(session, survey.id, limit=waves.MOST_WAVES)
    told = []
    for wave in found:
        if wave.is_anonymous:
            promise = promise_of(survey, wave)
            versions = await numbers.frozen(session, wave, every=True)
            result = released(versions, promise, Reader.MANAGER, is_open=False)
            told += [(wave, result)] if result else []
    return told
