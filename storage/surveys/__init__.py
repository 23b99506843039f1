"""Surveys: stored, found by name, paused and resumed, and listed."""

import unicodedata
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.first import IN_ALL, First, first_of
from storage.database.upsert import insert_if_absent
from storage.errors import NameTaken
from storage.tables import Survey, Wave
from storage.words import Rhythm

NAME_WORDS = 30
"""The most words that a name of `NAME_LENGTH` characters can have."""


def survey_key(name: str) -> str:
    """Return what two names have in common when a person would call them the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


async def add_survey(session: AsyncSession, survey: Survey) -> Survey:
    """Store a new survey, its name trimmed, and return it as stored. Raises NameTaken."""
    name = " ".join(survey.name.split())
    row = {column: getattr(survey, column) for column in Survey.model_fields if column != "id"}
    if not await insert_if_absent(session, Survey, row | {"name": name, "key": survey_key(name)}):
        raise NameTaken(name)
    stored = await find_survey(session, survey.workspace_id, survey.name)
    assert stored is not None  # noqa: S101 - inserted above, in this transaction
    return stored


async def find_survey(session: AsyncSession, workspace_id: str, name: str) -> Survey | None:
    """Return the survey a person means by this name, whatever its case and spaces."""
    question = select(Survey).where(Survey.workspace_id == workspace_id, Survey.key == survey_key(name))
    return (await session.exec(question)).one_or_none()


async def surveys_beginning(
    session: AsyncSession, workspace_id: str, beginning: str, limit: int
) -> list[Survey]:
    """Return the surveys that have a name beginning so, in any case, by name."""
    begins = col(Survey.key).startswith(survey_key(beginning), autoescape=True)
    question = select(Survey).where(Survey.workspace_id == workspace_id, begins).order_by(Survey.key)
    return list((await session.exec(question.limit(limit))).all())


async def survey(session: AsyncSession, survey_id: int) -> Survey | None:
    """Return the survey with this id; None when it is gone."""
    return await session.get(Survey, survey_id)


async def names(session: AsyncSession, survey_ids: Collection[int]) -> dict[int, str]:
    """Return the name of each survey by its id; a survey that is gone is absent."""
    question = select(Survey.id, Survey.name).where(col(Survey.id).in_(survey_ids))
    return dict((await session.exec(question)).all())


async def start_rhythm(session: AsyncSession, survey_id: int, at: datetime) -> None:
    """Let the rhythm count from now: its later waves keep this clock."""
    await session.exec(update(Survey).where(col(Survey.id) == survey_id).values(starts_at=at))


async def pause_survey(session: AsyncSession, survey_id: int, now: datetime) -> bool:
    """Send, post and open nothing of it. False when it was paused."""
    pausing = update(Survey).where(col(Survey.id) == survey_id, col(Survey.paused_at).is_(None))
    return (await session.exec(pausing.values(paused_at=now))).rowcount == 1


async def resume_survey(session: AsyncSession, survey_id: int) -> bool:
    """Let it go on. False when it was not paused."""
    resuming = update(Survey).where(col(Survey.id) == survey_id, col(Survey.paused_at).is_not(None))
    return (await session.exec(resuming.values(paused_at=None))).rowcount == 1


async def first_paused(session: AsyncSession, most: int) -> First[Survey]:
    """Return the first of the surveys of all workspaces that somebody has paused, and not ended, oldest first."""
    paused = col(Survey.paused_at).is_not(None), col(Survey.ended_at).is_(None)
    question = select(Survey, IN_ALL).where(*paused).order_by(col(Survey.id)).limit(most)
    return first_of(await session.exec(question))


async def is_any_at_work(session: AsyncSession) -> bool:
    """Whether a clock has something to do: a wave is open, or one comes by itself, and nobody has paused or ended it."""
    is_open = exists(select(Wave.id).where(Wave.survey_id == Survey.id, col(Wave.closed_at).is_(None)))
    at_work = select(Survey.id).where(
        col(Survey.paused_at).is_(None),
        col(Survey.ended_at).is_(None),
        (col(Survey.rhythm) != Rhythm.ONCE) | is_open,
    )
    return (await session.exec(at_work.limit(1))).first() is not None


async def is_any_anonymous(session: AsyncSession) -> bool:
    """Whether a survey of any workspace takes ballots."""
    anonymous = select(Survey.id).where(col(Survey.is_anonymous)).limit(1)
    return (await session.exec(anonymous)).first() is not None


async def list_surveys(session: AsyncSession, workspace_id: str, most: int | None = None) -> list[Survey]:
    """Return the workspace's surveys by name, or the first ones of them."""
    question = select(Survey).where(Survey.workspace_id == workspace_id).order_by(Survey.key).limit(most)
    return list((await session.exec(question)).all())


async def count_surveys(session: AsyncSession, workspace_id: str) -> int:
    """Return how many surveys the workspace has."""
    return (await session.exec(select(func.count()).where(Survey.workspace_id == workspace_id))).one()


async def newest_survey(session: AsyncSession, workspace_id: str) -> Survey | None:
    """Return the survey with the wave that opened last. When no survey has a wave, return the one made last."""
    asked = (
        select(Wave.survey_id)
        .where(Wave.workspace_id == workspace_id)
        .order_by(col(Wave.opens_at).desc(), col(Wave.survey_id).desc())
        .limit(1)
        .scalar_subquery()
    )
    made = select(func.max(Survey.id)).where(Survey.workspace_id == workspace_id).scalar_subquery()
    question = select(Survey).where(Survey.id == func.coalesce(asked, made))
    return (await session.exec(question)).one_or_none()


async def every_survey(session: AsyncSession) -> list[Survey]:
    """Return the surveys of all workspaces, oldest first: the clock goes through them."""
    return list((await session.exec(select(Survey).order_by(col(Survey.id)))).all())
