"""Where the messages about a wave stand: the manager's, which tells how it goes, and the open question in a channel."""

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.audience import is_a_channel
from storage.tables import Survey, Wave
from storage.waves.order import OLDEST_FIRST


async def record_notice(
    session: AsyncSession, wave_id: int, channel_id: str, message_ts: str, shown: str
) -> None:
    """Record where the manager reads how the wave goes, and what it says."""
    place = {"notice_channel": channel_id, "notice_ts": message_ts, "notice_shown": shown}
    await session.exec(update(Wave).where(col(Wave.id) == wave_id).values(**place))


async def claim_notice(session: AsyncSession, wave: Wave, shown: str) -> bool:
    """Take the one change of the manager's message to what it shall say now; False when another process has it."""
    claiming = update(Wave).where(
        col(Wave.id) == wave.id, col(Wave.notice_shown).is_not_distinct_from(wave.notice_shown)
    )
    return (await session.exec(claiming.values(notice_shown=shown))).rowcount == 1


async def put_back_notice(session: AsyncSession, wave: Wave, shown: str) -> None:
    """Give up a claimed change that Slack has not confirmed: the next look makes it again."""
    claimed = update(Wave).where(col(Wave.id) == wave.id, col(Wave.notice_shown) == shown)
    await session.exec(claimed.values(notice_shown=wave.notice_shown))


async def unposted_questions(session: AsyncSession, workspace_id: str) -> list[tuple[Wave, Survey]]:
    """Return the open waves, each with its survey, whose one question in a channel is not known to stand there."""
    question = (
        select(Wave, Survey)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(
            Wave.workspace_id == workspace_id,
            col(Wave.closed_at).is_(None),
            col(Wave.paused_at).is_(None),
            col(Wave.question_ts).is_(None),
            is_a_channel(col(Survey.audience)),
        )
        .order_by(OLDEST_FIRST)
    )
    return [(row[0], row[1]) for row in await session.exec(question)]


async def record_question(session: AsyncSession, wave_id: int, channel_id: str, message_ts: str) -> None:
    """Record where the open question stands, unless that is known."""
    place = {"question_channel": channel_id, "question_ts": message_ts}
    unknown = col(Wave.question_ts).is_(None)
    await session.exec(update(Wave).where(col(Wave.id) == wave_id, unknown).values(**place))
