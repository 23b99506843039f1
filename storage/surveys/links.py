"""The links that a survey offers its promoters: once a quarantine each, and counted without who opened them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.question import Offered
from storage.tables import Invitation, Link, Person, Survey, Wave


async def links_of(session: AsyncSession, survey_id: int) -> list[Link]:
    """Return the links of a survey, in its order."""
    question = select(Link).where(Link.survey_id == survey_id).order_by(col(Link.place), col(Link.id))
    return list((await session.exec(question)).all())


async def set_links(session: AsyncSession, survey: Survey, wanted: Sequence[Offered]) -> None:
    """Let a survey offer these, each with its address as key, and no others. One with the address of before keeps its counts."""
    rows = {one.url: one for one in await links_of(session, survey.id)}
    for place, one in enumerate(wanted):
        row = rows.pop(one.key, None) or Link(
            workspace_id=survey.workspace_id, survey_id=survey.id, url=one.key, names=(), place=place
        )
        row.names, row.place = one.names, place
        session.add(row)
    for row in rows.values():
        await session.delete(row)
    await session.flush()


async def claim_offer(  # noqa: PLR0913, PLR0917 - whose question, and when
    session: AsyncSession,
    invitation_id: int,
    workspace_id: str,
    user_id: str,
    now: datetime,
    since: datetime,
) -> bool:
    """Offer somebody the links of this question's survey, unless any survey has offered its own after `since`."""
    # PostgreSQL: of two answers at once the second waits, and sees what the first was offered.
    them = select(Person).where(Person.workspace_id == workspace_id, Person.user_id == user_id)
    await session.exec(them.with_for_update())
    other = aliased(Invitation)
    offered_lately = exists(
        select(other.id).where(
            col(other.workspace_id) == workspace_id,
            col(other.user_id) == user_id,
            col(other.links_offered_at) > since,
        )
    )
    claiming = update(Invitation).where(
        col(Invitation.id) == invitation_id, col(Invitation.links_offered_at).is_(None), ~offered_lately
    )
    if (await session.exec(claiming.values(links_offered_at=now))).rowcount == 0:
        return False
    of_survey = (
        select(Wave.survey_id)
        .join(Invitation, col(Invitation.wave_id) == Wave.id)
        .where(Invitation.id == invitation_id)
        .scalar_subquery()
    )
    counting = update(Link).where(col(Link.survey_id) == of_survey).values(offered=col(Link.offered) + 1)
    await session.exec(counting)
    return True


async def count_opened(session: AsyncSession, workspace_id: str, link_id: int) -> bool:
    """Count that somebody opened a link; False where it is offered no more."""
    opened = update(Link).where(col(Link.id) == link_id, col(Link.workspace_id) == workspace_id)
    return (await session.exec(opened.values(opened=col(Link.opened) + 1))).rowcount == 1
