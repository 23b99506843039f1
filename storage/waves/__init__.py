from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, exists, func, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.first import IN_ALL, First, first_of
from storage.database.upsert import insert_if_absent
from storage.delivery.invitations import invited_count
from storage.errors import SurveyAtRest, WaveAlreadyOpen
from storage.surveys.agenda import set_at_once
from storage.surveys.drivers import offered
from storage.tables import BallotKey, Deletion, Invitation, Membership, PersonLeftOut, Result, Survey, Wave
from storage.waves.order import OLDEST_FIRST
from storage.webhooks import tell_of
from storage.words import Event

MOST_WAVES = 999_999


async def open_wave(
    session: AsyncSession, survey: Survey, opened_by: str, opens_at: datetime, closes_at: datetime
) -> Wave:
    """Open the survey's next wave, to be planned, with the question that it has now.

    Raises WaveAlreadyOpen, also for the later of two who open at once, and SurveyAtRest.
    """
    # Holds the survey: who pauses or ends it at this moment comes before or after.
    awake = update(Survey).where(
        col(Survey.id) == survey.id, col(Survey.paused_at).is_(None), col(Survey.ended_at).is_(None)
    )
    looked_at = {"next_opening_at": opens_at, "next_digest_at": opens_at}
    if (await session.exec(awake.values(looked_at))).rowcount == 0:
        raise SurveyAtRest(survey.name)
    row = {
        "workspace_id": survey.workspace_id,
        "survey_id": survey.id,
        "number": await next_number(session, survey.id),
        "subject": survey.subject,
        "kind": survey.kind,
        "is_anonymous": survey.is_anonymous,
        "wording": survey.wording,
        "drivers": await offered(session, survey),
        "keep_days": survey.keep_days,
        "minimum": survey.minimum,
        "digest_comments": survey.digest_comments,
        "opened_by": opened_by,
        "opens_at": opens_at,
        "closes_at": closes_at,
    }
    if not await insert_if_absent(session, Wave, row):
        raise WaveAlreadyOpen(survey.name)
    opened = await current_wave(session, survey.id)
    assert opened is not None  # noqa: S101 - inserted above, in this transaction
    await tell_of(session, survey.workspace_id, Event.WAVE_OPENED, [opened.id], opens_at)
    return opened


async def next_number(session: AsyncSession, survey_id: int) -> int:
    """Return the number that the survey's next wave gets; imported ones do not count."""
    asked = select(func.max(Wave.number)).where(Wave.survey_id == survey_id, col(Wave.label).is_(None))
    return ((await session.exec(asked)).one() or 0) + 1


async def wave(session: AsyncSession, wave_id: int) -> Wave | None:
    return await session.get(Wave, wave_id)


async def names(session: AsyncSession, wave_ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """Return by id the number of each wave, and the name of its survey; a wave that is gone is absent."""
    question = (
        select(Wave.id, Wave.number, Survey.name)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(col(Wave.id).in_(wave_ids))
    )
    return {wave_id: (number, name) for wave_id, number, name in await session.exec(question)}


async def current_wave(session: AsyncSession, survey_id: int) -> Wave | None:
    """Return the survey's open wave: the database allows one."""
    question = select(Wave).where(Wave.survey_id == survey_id, col(Wave.closed_at).is_(None))
    return (await session.exec(question)).one_or_none()


async def open_waves(session: AsyncSession, workspace_id: str | None = None) -> list[Wave]:
    """Return the open waves of one workspace or of all, oldest first."""
    question = select(Wave).where(col(Wave.closed_at).is_(None)).order_by(OLDEST_FIRST)
    if workspace_id is not None:
        question = question.where(Wave.workspace_id == workspace_id)
    return list((await session.exec(question)).all())


async def newest_waves(session: AsyncSession, survey_id: int, limit: int = 2) -> list[Wave]:
    """Return the survey's latest waves: the open one first, then as they closed, asked here or imported."""
    latest_first = col(Wave.closed_at).desc().nulls_first(), col(Wave.number).desc()
    question = select(Wave).where(Wave.survey_id == survey_id).order_by(*latest_first).limit(limit)
    return list((await session.exec(question)).all())


async def newest_waves_of(
    session: AsyncSession, survey_ids: Sequence[int], limit: int
) -> dict[int, list[Wave]]:
    """Return by survey its latest waves, in the order of `newest_waves`."""
    latest_first = col(Wave.closed_at).desc().nulls_first(), col(Wave.number).desc()
    place = func.row_number().over(partition_by=col(Wave.survey_id), order_by=latest_first).label("place")
    ranked = select_columns(col(Wave.id), place).where(col(Wave.survey_id).in_(survey_ids)).subquery()
    question = select(Wave).join(ranked, ranked.c.id == Wave.id).where(ranked.c.place <= limit)
    found: dict[int, list[Wave]] = {}
    for one in await session.exec(question.order_by(col(Wave.survey_id), ranked.c.place)):
        found.setdefault(one.survey_id, []).append(one)
    return found


async def newest_asked(session: AsyncSession, survey_id: int) -> Wave | None:
    """Return the wave that was opened last in Slack; imported ones were not."""
    asked = select(Wave).where(Wave.survey_id == survey_id, col(Wave.label).is_(None))
    return (await session.exec(asked.order_by(col(Wave.number).desc()).limit(1))).one_or_none()


async def newest_imported(session: AsyncSession, survey_id: int) -> Wave | None:
    """Return the wave that closed last of those that were imported."""
    imported = select(Wave).where(Wave.survey_id == survey_id, col(Wave.label).is_not(None))
    latest_first = col(Wave.closed_at).desc(), col(Wave.number).desc()
    return (await session.exec(imported.order_by(*latest_first).limit(1))).one_or_none()


async def closed_waves(
    session: AsyncSession, survey_id: int, limit: int, *, before: Wave | None = None
) -> list[Wave]:
    """Return the survey's waves that closed last, the latest first; with `before` those that closed before that one."""
    question = select(Wave).where(Wave.survey_id == survey_id, col(Wave.closed_at).is_not(None))
    if before is not None and before.closed_at is not None:
        at_once = (col(Wave.closed_at) == before.closed_at) & (col(Wave.number) < before.number)
        question = question.where((col(Wave.closed_at) < before.closed_at) | at_once)
    latest_first = col(Wave.closed_at).desc(), col(Wave.number).desc()
    return list((await session.exec(question.order_by(*latest_first).limit(limit))).all())


async def wave_called(session: AsyncSession, survey_id: int, called: str) -> Wave | None:
    """Return the wave that people call by its number, or an imported one by its label, in any case."""
    known = select(Wave).where(Wave.survey_id == survey_id)
    if called.isascii() and called.isdigit() and len(called) <= len(str(MOST_WAVES)):
        asked = known.where(Wave.number == int(called), col(Wave.label).is_(None))
        if (found := (await session.exec(asked)).one_or_none()) is not None:
            return found
    labelled = (await session.exec(known.where(col(Wave.label).is_not(None)))).all()
    wanted = called.casefold()
    return next((one for one in labelled if one.label and one.label.casefold() == wanted), None)


async def has_asked(session: AsyncSession, survey_id: int) -> bool:
    """Say whether a wave was ever opened in Slack; imported ones were not."""
    asked = select(Wave.id).where(Wave.survey_id == survey_id, col(Wave.label).is_(None)).limit(1)
    return (await session.exec(asked)).one_or_none() is not None


async def pause_wave(session: AsyncSession, wave_id: int, now: datetime, code: str | None = None) -> bool:
    """Send nothing more of an open wave; `code` is Slack's error code when no manager said so. False when it was paused.

    A manager's pause takes over from Slack's, so that no mending ends it.
    """
    running = col(Wave.paused_at).is_(None)
    stoppable = running if code else running | col(Wave.paused_for).is_not(None)
    pausing = (
        update(Wave)
        .where(col(Wave.id) == wave_id, col(Wave.closed_at).is_(None), stoppable)
        .values(paused_at=func.coalesce(col(Wave.paused_at), now), paused_for=code)
    )
    return (await session.exec(pausing)).rowcount == 1


async def resume_wave(session: AsyncSession, wave_id: int) -> bool:
    """Go on sending where it stopped. False when it was not paused."""
    resuming = update(Wave).where(col(Wave.id) == wave_id, col(Wave.paused_at).is_not(None))
    return (await session.exec(resuming.values(paused_at=None, paused_for=None))).rowcount == 1


async def stopped_waves(session: AsyncSession, workspace_id: str) -> list[Wave]:
    """Return the workspace's open waves that an error of Slack's has paused, the longest paused first."""
    question = (
        select(Wave)
        .where(
            Wave.workspace_id == workspace_id,
            col(Wave.closed_at).is_(None),
            col(Wave.paused_for).is_not(None),
        )
        .order_by(col(Wave.paused_at), col(Wave.id))
    )
    return list((await session.exec(question)).all())


async def first_stopped(session: AsyncSession, most: int) -> First[Wave]:
    """Return the first of the open waves of all workspaces that an error of Slack's has paused, oldest first."""
    stopped = col(Wave.closed_at).is_(None), col(Wave.paused_for).is_not(None)
    question = select(Wave, IN_ALL).where(*stopped).order_by(OLDEST_FIRST).limit(most)
    return first_of(await session.exec(question))


async def due_to_close(session: AsyncSession, workspace_id: str, now: datetime) -> list[Wave]:
    """Return the workspace's open waves that are past their closing time, the longest past first; none that is being deleted."""
    deleted = exists(select(Deletion.survey_id).where(Deletion.survey_id == Wave.survey_id))
    question = (
        select(Wave)
        .where(
            Wave.workspace_id == workspace_id, col(Wave.closed_at).is_(None), Wave.closes_at <= now, ~deleted
        )
        .order_by(col(Wave.closes_at), col(Wave.id))
    )
    return list((await session.exec(question)).all())


async def discard_wave(session: AsyncSession, wave_id: int) -> bool:
    """Take away a wave that asks nobody, as if it had never opened. False when it asks somebody, or is closed."""
    asked = exists(select(Invitation.id).where(Invitation.wave_id == wave_id))
    this = select(Wave.survey_id, Wave.opens_at).where(Wave.id == wave_id)
    for survey_id, opened_at in await session.exec(this):
        await set_at_once(session, survey_id, opened_at)  # another may be due in its place
    discarding = delete(Wave).where(col(Wave.id) == wave_id, col(Wave.closed_at).is_(None), ~asked)
    for listed in (PersonLeftOut, Membership, BallotKey):
        await session.exec(delete(listed).where(col(listed.wave_id) == wave_id, ~asked))
    return (await session.exec(discarding)).rowcount == 1


async def invited(session: AsyncSession, wave: Wave) -> int | None:
    """Return how many people the question surely reached; None where anybody in a channel could answer it."""
    return None if await asks_a_channel(session, wave) else await invited_count(session, wave.id)


async def asks_a_channel(session: AsyncSession, wave: Wave) -> bool:
    """Whether anybody in a channel may answer, so that nobody knows how many were asked."""
    return (await session.get_one(Survey, wave.survey_id)).audience.open_channel is not None


async def result(session: AsyncSession, wave_id: int) -> Result | None:
    """Return the frozen result of a closed wave."""
    return await session.get(Result, wave_id)
