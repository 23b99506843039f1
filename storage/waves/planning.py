"""A wave's invitations, planned batch by batch: killed at any moment, it goes on and counts nobody twice.

Each person of the audience becomes one row at most, an invitation or, for as long as the planning lasts, one of those
left out. Unique keys hold that, so a batch may come again, or come from two processes at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.upsert import insert_absent, insert_if_absent
from storage.delivery import opted_out
from storage.kit.preferences import OPTED_OUT
from storage.privacy.marks import erased_among
from storage.tables import Invitation, Membership, PersonLeftOut, Survey, Wave, Workspace
from storage.waves import left_out
from storage.waves.order import OLDEST_FIRST
from storage.words import InvitationState, LeftOutBecause


@dataclass(frozen=True, slots=True)
class Planned:
    """One person to ask. `send_after` is the beginning of the hours of their own day in which to ask them.

    People are asked in this order, since hours that began first end first. So give the beginning, even if past.
    """

    user_id: str
    time_zone: str
    send_after: datetime


async def unplanned_waves(session: AsyncSession, workspace_id: str) -> list[tuple[Wave, Survey]]:
    """Return the workspace's open waves that are not planned to the end, oldest first; not those paused or being closed."""
    question = (
        select(Wave, Survey)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(
            Wave.workspace_id == workspace_id,
            col(Wave.closed_at).is_(None),
            col(Wave.planned_at).is_(None),
            col(Wave.was_to_close_at).is_(None),
            col(Wave.paused_at).is_(None),
        )
        .order_by(OLDEST_FIRST)
    )
    return [(row[0], row[1]) for row in await session.exec(question)]


async def empty_waves(session: AsyncSession, workspace_id: str) -> list[tuple[Wave, Survey]]:
    """Return the workspace's open waves that were planned and ask nobody; not those that anybody in a channel may answer."""
    asked = exists(select(Invitation.id).where(Invitation.wave_id == Wave.id))
    question = (
        select(Wave, Survey)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(
            Wave.workspace_id == workspace_id,
            col(Wave.closed_at).is_(None),
            col(Wave.planned_at).is_not(None),
            ~asked,
        )
        .order_by(OLDEST_FIRST)
    )
    found = [(row[0], row[1]) for row in await session.exec(question)]
    return [(wave, survey) for wave, survey in found if not survey.audience.open_channel]


async def planned_count(session: AsyncSession, wave_id: int) -> int:
    """Return how many people the wave asks."""
    return (await session.exec(select(func.count()).where(Invitation.wave_id == wave_id))).one()


async def claim_planning(session: AsyncSession, wave_id: int, now: datetime, lease: timedelta) -> bool:
    """Take the planning of a wave that is not closing; False while another process has worked on it within the lease."""
    free = col(Wave.planning_at).is_(None) | (col(Wave.planning_at) <= now - lease)
    claiming = update(Wave).where(
        col(Wave.id) == wave_id,
        col(Wave.closed_at).is_(None),
        col(Wave.was_to_close_at).is_(None),
        col(Wave.planned_at).is_(None),
        free,
    )
    return (await session.exec(claiming.values(planning_at=now, left_out={}))).rowcount == 1


async def keep_planning(session: AsyncSession, wave_id: int, now: datetime | None) -> None:
    """Say that this process is at work on it still; None gives it back."""
    await session.exec(update(Wave).where(col(Wave.id) == wave_id).values(planning_at=now))


async def hold_quarantine(session: AsyncSession, workspace_id: str) -> None:
    """Let nobody else plan until this transaction ends.

    So who was judged to be free of every other survey is so still when their invitation is stored.
    """
    # PostgreSQL: taps go on, since they hold the workspace in another way. SQLite has one writer at a time.
    holding = select(Workspace.id).where(Workspace.id == workspace_id)
    await session.exec(holding.with_for_update(key_share=True))


async def plan_batch(
    session: AsyncSession,
    wave: Wave,
    planned: Iterable[Planned],
    left_out: Mapping[str, LeftOutBecause],
    part: str | None = None,
) -> bool:
    """Plan an invitation for some people, and note by user id why others are left out; a thousand in all are a good batch.

    `part` is the channel or user group that all of them are in, where that is to be kept. A person who has an invitation
    keeps it as it is; one who has erased themselves since the wave opened gets none. False when the wave is closed or being closed, or its planning
    finished: then nothing was done, and nothing is left to do.
    """
    unfinished = (
        select(Wave.id)
        .where(
            Wave.id == wave.id,
            col(Wave.closed_at).is_(None),
            col(Wave.was_to_close_at).is_(None),
            col(Wave.planned_at).is_(None),
        )
        # PostgreSQL: who finishes or closes waits for this batch. Taps hold the wave in the same way, and so go on.
        .with_for_update(read=True)
    )
    if (await session.exec(unfinished)).one_or_none() is None:
        return False
    of_wave = {"workspace_id": wave.workspace_id, "wave_id": wave.id}
    invited = {one.user_id: _row(wave, one) for one in planned}
    for user_id in await erased_among(session, wave.id, invited):
        del invited[user_id]
    # In one order always, so that two who plan the same people do not wait in a ring.
    await insert_absent(session, Invitation, [invited[user_id] for user_id in sorted(invited)])
    await insert_absent(
        session,
        PersonLeftOut,
        [{**of_wave, "user_id": one, "because": left_out[one]} for one in sorted(left_out)],
    )
    # Those left out too: they may be so because they were invited through another channel a moment ago.
    inside = sorted({*invited, *left_out}) if part else []
    await insert_absent(session, Membership, [{**of_wave, "user_id": one, "part": part} for one in inside])
    return True


async def plan_one(session: AsyncSession, wave: Wave, planned: Planned) -> Invitation | None:
    """Ask one person more in a wave that is planned and open; None where it has closed, or asks them already."""
    is_open = (
        select(Wave.id)
        .where(Wave.id == wave.id, col(Wave.closed_at).is_(None), col(Wave.was_to_close_at).is_(None))
        .with_for_update(read=True)  # PostgreSQL: who closes it waits
    )
    if (await session.exec(is_open)).one_or_none() is None:
        return None
    if await erased_among(session, wave.id, [planned.user_id]):
        return None
    if not await insert_if_absent(session, Invitation, _row(wave, planned)):
        return None
    return await invitation_of(session, wave.id, planned.user_id)


def _row(wave: Wave, one: Planned) -> dict[str, object]:
    return {
        "workspace_id": wave.workspace_id,
        "wave_id": wave.id,
        "user_id": one.user_id,
        "time_zone": one.time_zone,
        "send_after": one.send_after,
    }


async def invitation_of(session: AsyncSession, wave_id: int, user_id: str) -> Invitation | None:
    """Return a person's invitation in a wave."""
    question = select(Invitation).where(Invitation.wave_id == wave_id, Invitation.user_id == user_id)
    return (await session.exec(question)).one_or_none()


async def finish_planning(
    session: AsyncSession, wave_id: int, now: datetime
) -> dict[LeftOutBecause, int] | None:
    """Say that the whole audience is planned; return how many are left out and why, or None if it was said.

    With many people this takes long, unless those left out are counted and forgotten before; see `left_out`.
    """
    finishing = (
        update(Wave).where(col(Wave.id) == wave_id, col(Wave.planned_at).is_(None)).values(planned_at=now)
    )
    if (await session.exec(finishing)).rowcount == 0:
        return None
    noted = (await session.exec(select(Wave.left_out).where(Wave.id == wave_id))).one()
    counts = noted or await left_out.count(session, wave_id)
    await session.exec(update(Wave).where(col(Wave.id) == wave_id).values(left_out=counts))
    for listed in (PersonLeftOut, Membership):
        await left_out.forget_all(session, listed, wave_id)
    # A person may have opted out just while their batch was planned.
    await session.exec(
        update(Invitation)
        .where(
            col(Invitation.wave_id) == wave_id,
            col(Invitation.state) == InvitationState.PLANNED,
            opted_out(),
        )
        .values(state=InvitationState.EXPIRED, code=OPTED_OUT)
    )
    return dict(counts)
