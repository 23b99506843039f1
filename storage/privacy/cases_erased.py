"""Cases go with the person who might be contacted; and of those who followed others up, their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.hanging import delete_with_all
from storage.privacy.erased_messages import note
from storage.tables import Case, CaseEvent, Survey
from storage.words import CaseState


@dataclass(frozen=True)
class KeptCase:
    """One case in which the person might be contacted, with what was done about it."""

    survey: Survey
    case: Case
    events: Sequence[CaseEvent]


async def kept_cases(session: AsyncSession, workspace_id: str, user_id: str) -> list[KeptCase]:
    """Return the cases in which a person might be contacted."""
    rows = await session.exec(
        select(Survey, Case)
        .join(Case, col(Case.survey_id) == Survey.id)
        .where(Case.workspace_id == workspace_id, Case.user_id == user_id)
        .order_by(col(Case.id))
    )
    found = []
    for survey, case in rows.all():
        happened = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(col(CaseEvent.id))
        found.append(KeptCase(survey, case, (await session.exec(happened)).all()))
    return found


async def kept_steps(session: AsyncSession, workspace_id: str, user_id: str) -> list[CaseEvent]:
    """Return what a person did in the cases of others."""
    steps = (
        select(CaseEvent)
        .join(Case, col(Case.id) == CaseEvent.case_id)
        .where(CaseEvent.workspace_id == workspace_id, Case.user_id != user_id, _names(user_id))
        .order_by(col(CaseEvent.id))
    )
    return list((await session.exec(steps)).all())


async def erase_cases(
    session: AsyncSession, workspace_id: str, which: ColumnElement[bool], locale: str, now: datetime
) -> None:
    """Delete these cases of a workspace, and write down where their messages stand, so that those are drawn again."""
    places = [
        (channel, ts)
        for one in await _locked(session, which)
        for channel, ts in ((one.channel_id, one.message_ts), (one.line_channel, one.line_ts))
        if channel and ts
    ]
    await note(session, workspace_id, places, locale, now)
    await delete_with_all(session, Case, which)


async def retire_cards(
    session: AsyncSession, workspace_id: str, which: ColumnElement[bool], locale: str, now: datetime
) -> None:
    """Write down where the cards of these cases of a workspace stand, so that they say no more what they said."""
    found = await _locked(session, which)
    places = [(one.channel_id, one.message_ts) for one in found if one.channel_id and one.message_ts]
    await note(session, workspace_id, places, locale, now)


async def _locked(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[Case]:
    """Return these cases. PostgreSQL: a card that is just posted is recorded before this, or finds its case gone."""
    return (await session.exec(select(Case).where(which).order_by(col(Case.id)).with_for_update())).all()


async def forget_who_followed_up(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Let nobody have the cases that somebody had, and forget what they did in them."""
    had = (col(Case.workspace_id) == workspace_id, col(Case.owner) == user_id)
    moved = {"owner": None, "version": col(Case.version) + 1}
    active = col(Case.state).in_([CaseState.TAKEN, CaseState.CONTACTED])
    await session.exec(update(Case).where(*had, active).values(**moved, state=CaseState.OPEN))
    await session.exec(update(Case).where(*had).values(**moved))
    await session.exec(delete(CaseEvent).where(col(CaseEvent.workspace_id) == workspace_id, _names(user_id)))


def _names(user_id: str) -> ColumnElement[bool]:
    return or_(col(CaseEvent.by) == user_id, col(CaseEvent.to) == user_id)
