"""What a digest says of the follow-up, where its channel may read that."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.digests.views.huddle import HuddleFacts
from bot.reports.promising import promise_of
from bot.reports.rules.gate import Reader, tells_all
from storage import comments
from storage.cases.huddle import huddle
from storage.tables import Survey, Wave


async def huddle_of(  # noqa: PLR0913, PLR0917 - of what, in which time
    session: AsyncSession, survey: Survey, wave: Wave, since: datetime, until: datetime, now: datetime
) -> HuddleFacts | None:
    """Read it; None where there is nothing to say, or where it would tell the channel too much.

    A count of those who may be contacted tells how many are unhappy. It is told where single answers may be, and to those
    who follow up and have the cards before them. How many comments nobody has read is told where single answers may be.
    """
    tells_each = tells_all(promise_of(survey, wave), Reader.CHANNEL)
    if wave.is_anonymous or not (tells_each or survey.digest_channel == survey.follow_up_channel):
        return None
    found = await huddle(session, wave, since, until, now)
    unread = await comments.unread(session, survey, wave.id) if tells_each else 0
    facts = HuddleFacts(
        open=found.open,
        overdue=found.overdue,
        closed=tuple(sorted(found.closed.items(), key=lambda one: (-one[1], one[0] or ""))),
        ended=found.ended,
        first_contact=found.first_contact,
        consenting=found.consenting,
        reached=found.reached,
        unread=unread,
        is_news=found.is_news,
    )
    return facts if found.is_news or found.open or unread else None
