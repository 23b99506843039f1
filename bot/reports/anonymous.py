"""Which closed anonymous waves the gate lets more than an NPS through of. It needs the database alone, as an export does."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.reports import numbers
from bot.reports.rules.gate import Promise, Reader, Released, released
from storage import waves
from storage.tables import Survey, Wave


async def waves_with_comments(session: AsyncSession, survey: Survey) -> list[Wave]:
    """Return the closed anonymous waves of a survey of which the gate lets comments through, the latest first."""
    return [wave for wave, result in await _told(session, survey) if result.comments]


async def waves_with_scores(session: AsyncSession, survey: Survey) -> list[Wave]:
    """Return the closed anonymous waves of which it lets through how many gave each score, the first one first."""
    return [wave for wave, result in await _told(session, survey) if result.scores][::-1]


async def _told(session: AsyncSession, survey: Survey) -> list[tuple[Wave, Released]]:
    found = await waves.closed_waves(session, survey.id, limit=waves.MOST_WAVES)
    told = []
    for wave in found:
        if wave.is_anonymous:
            promise = Promise(wave.kind or survey.kind, is_anonymous=True)
            versions = await numbers.frozen(session, wave, every=True)
            result = released(versions, promise, Reader.MANAGER, is_open=False)
            told += [(wave, result)] if result else []
    return told
