"""Actions: what people said, what is done about it, and which of it they read."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from storage.tables import Action, Invitation, Survey, Wave
from storage.words import ActionState

_TOLD = col(Action.state) != ActionState.DROPPED
# What was done goes before what is planned.
_NEWEST_FIRST = (
    (col(Action.state) == ActionState.DONE).desc(),
    col(Action.day).desc(),
    col(Action.id).desc(),
)


async def action(session: AsyncSession, workspace_id: str, action_id: int) -> tuple[Action, Survey] | None:
    """Return an action of this workspace, with its survey."""
    question = _with_survey().where(Action.workspace_id == workspace_id, Action.id == action_id)
    found = (await session.exec(question)).one_or_none()
    return None if found is None else (found[0], found[1])


async def page(
    session: AsyncSession, workspace_id: str, survey_id: int | None, before: int | None, limit: int
) -> list[tuple[Action, Survey]]:
    """Return the actions of one survey, or of all, that were made before one of them, the newest first."""
    wanted: list[ColumnElement[bool]] = [col(Action.workspace_id) == workspace_id]
    if survey_id is not None:
        wanted.append(col(Action.survey_id) == survey_id)
    if before is not None:
        wanted.append(col(Action.id) < before)
    question = _with_survey().where(*wanted).order_by(col(Action.id).desc()).limit(limit)
    return list((await session.exec(question)).all())


async def latest_of(session: AsyncSession, survey_ids: Collection[int]) -> dict[int, Action]:
    """Return by survey the one action that its people read: what was done last, or what is planned."""
    place = func.row_number().over(partition_by=col(Action.survey_id), order_by=_NEWEST_FIRST)
    ranked = (
        select(Action.id, place.label("place")).where(col(Action.survey_id).in_(survey_ids), _TOLD).subquery()
    )
    question = select(Action).join(ranked, ranked.c.id == Action.id).where(ranked.c.place == 1)
    return {one.survey_id: one for one in (await session.exec(question)).all()}


async def told_since(
    session: AsyncSession, survey_id: int, since: datetime, until: datetime, limit: int
) -> list[Action]:
    """Return what was planned or done since a digest, and before the next one, the newest first."""
    question = (
        select(Action)
        .where(
            Action.survey_id == survey_id,
            _TOLD,
            Action.state_since >= since,
            Action.state_since < until,
        )
        .order_by(*_NEWEST_FIRST)
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def for_person(
    session: AsyncSession, workspace_id: str, user_id: str, limit: int
) -> list[tuple[Action, Survey]]:
    """Return what was planned or done in the surveys that have asked this person, the newest first."""
    asked = exists(
        select(Invitation.id)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .where(
            Invitation.workspace_id == workspace_id,
            Invitation.user_id == user_id,
            Wave.survey_id == Action.survey_id,
        )
    )
    question = (
        _with_survey()
        .where(Action.workspace_id == workspace_id, _TOLD, asked)
        .order_by(*_NEWEST_FIRST)
        .limit(limit)
    )
    return list((await session.exec(question)).all())


async def done_of(session: AsyncSession, survey_id: int) -> list[Action]:
    """Return what was done in a survey, the newest first."""
    question = (
        select(Action)
        .where(Action.survey_id == survey_id, Action.state == ActionState.DONE)
        .order_by(*_NEWEST_FIRST)
    )
    return list((await session.exec(question)).all())


async def change(session: AsyncSession, one: Action, values: Mapping[str, object], now: datetime) -> bool:
    """Change an action as it was read. False when somebody else has changed or deleted it since."""
    moved = {} if values.get("state", one.state) == one.state else {"state_since": now}
    changing = (
        update(Action)
        .where(col(Action.id) == one.id, col(Action.version) == one.version)
        .values(**values, **moved, version=one.version + 1)
    )
    return (await session.exec(changing)).rowcount == 1


async def remove(session: AsyncSession, one: Action) -> bool:
    """Delete an action as it was read. False when somebody else has changed or deleted it since."""
    deleting = delete(Action).where(col(Action.id) == one.id, col(Action.version) == one.version)
    return (await session.exec(deleting)).rowcount == 1


async def owned_by(session: AsyncSession, workspace_id: str, user_id: str) -> list[tuple[Action, Survey]]:
    """Return the actions that somebody sees to."""
    question = _with_survey().where(Action.workspace_id == workspace_id, Action.owner == user_id)
    return list((await session.exec(question.order_by(col(Action.id)))).all())


async def forget_owner(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Let nobody see to the actions of this person: their name goes, what was done stays."""
    theirs = update(Action).where(col(Action.workspace_id) == workspace_id, col(Action.owner) == user_id)
    await session.exec(theirs.values(owner=None, version=col(Action.version) + 1))


def _with_survey() -> Select[Action, Survey]:
    return select(Action, Survey).join(Survey, col(Survey.id) == Action.survey_id)
