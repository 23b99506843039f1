"""Cases go with the person who might be contacted; and of those who followed others up, their names."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.hanging import delete_with_all
from storage.database.upsert import insert_absent
from storage.tables import Case, CaseEvent, ErasedMessage, Survey
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


async def erase_cases(session: AsyncSession, which: ColumnElement[bool], locale: str) -> None:
    """Delete these cases, and write down where their messages stand, so that those are drawn again."""
    found = (await session.exec(select(Case).where(which))).all()
    places = {
        (one.workspace_id, channel, ts)
        for one in found
        for channel, ts in ((one.channel_id, one.message_ts), (one.line_channel, one.line_ts))
        if channel and ts
    }
    rows = [
        {"workspace_id": workspace_id, "channel_id": channel, "message_ts": ts, "locale": locale}
        for workspace_id, channel, ts in sorted(places)
    ]
    await insert_absent(session, ErasedMessage, rows)
    await delete_with_all(session, Case, which)


async def retire_cards(session: AsyncSession, which: ColumnElement[bool], locale: str) -> None:
    """Write down where the cards of these cases stand, so that they say no more what they said."""
    placed = select(Case).where(which, col(Case.message_ts).is_not(None))
    rows = [
        {
            "workspace_id": one.workspace_id,
            "channel_id": one.channel_id,
            "message_ts": one.message_ts,
            "locale": locale,
        }
        for one in (await session.exec(placed.order_by(col(Case.id)))).all()
    ]
    await insert_absent(session, ErasedMessage, rows)


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
