"""The first message to each person of a wave: which may go now, what became of it, and who was reached."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, String, Update, bindparam, case, func, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped, aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import delivery
from storage.database.among import each_of
from storage.database.states import in_state
from storage.database.upsert import table_of
from storage.delivery import is_open, of_wave, opted_out
from storage.tables import Answer, Invitation, Survey, Wave
from storage.words import NOBODY, InvitationState


async def waiting(session: AsyncSession, workspace_id: str, now: datetime, limit: int) -> list[Invitation]:
    """Return the planned invitations that may be sent now. Hours that began first end first, so they come first.

    Whether their hours are over meanwhile, the caller must know: then `delivery.postpone` them.
    """
    found: list[Invitation] = []
    for wave_id in await delivery.sending_waves(session, workspace_id, Invitation, now):
        question = (
            select(Invitation)
            .where(Invitation.wave_id == wave_id, _may_go(now))
            .order_by(col(Invitation.send_after), col(Invitation.id))
            .limit(limit)
        )
        found += (await session.exec(question)).all()
    return sorted(found, key=lambda one: (one.send_after, one.id))[:limit]


async def is_any_due(session: AsyncSession, wave_id: int, before: datetime) -> bool:
    """Say whether the wave has an invitation to send before that time."""
    due = in_state(Invitation.state, InvitationState.PLANNED) & (col(Invitation.send_after) < before)
    question = select(Invitation.id).where(Invitation.wave_id == wave_id, due).limit(1)
    return (await session.exec(question)).one_or_none() is not None


async def snooze(session: AsyncSession, invitation_id: int, until: datetime, now: datetime) -> bool:
    """Let the person be asked again at `until`; planned reminders wait for that, and begin again with it.

    False when they have answered, when nothing is sent to them any more, or the wave closes before.
    """
    may_wait = [
        InvitationState.PLANNED,
        InvitationState.FAILED,
        InvitationState.CLAIMED,
        InvitationState.DELIVERED,
        InvitationState.UNCERTAIN,
    ]
    waits = {"send_after": until, "snoozed_until": until, "code": None}
    open_until_then = of_wave(is_open(max(until, now)))
    return await delivery.move(
        session, Invitation, invitation_id, may_wait, InvitationState.PLANNED, waits, open_until_then
    )


async def record_delivered(
    session: AsyncSession, invitation_id: int, channel_id: str, message_ts: str, now: datetime
) -> bool:
    """Record where the message stands, the first one if there were several. Somebody who answered meanwhile stays answered.

    False where its person was erased meanwhile: the place would name them.
    """
    reached = {"one": invitation_id, "place": channel_id, "ts": message_ts, "now": now}
    return (await session.exec(_delivering(), params=reached)).rowcount == 1


# Made once, as what claims an invitation is.
@cache
def _delivering() -> Update:
    state = col(Invitation.state)
    reached = case(
        (state.in_([InvitationState.CLAIMED, InvitationState.UNCERTAIN]), InvitationState.DELIVERED),
        else_=state,
    )
    return (
        update(table_of(Invitation))
        .where(col(Invitation.id) == bindparam("one"), ~col(Invitation.user_id).startswith(NOBODY))
        .values(
            state=reached,
            channel_id=func.coalesce(col(Invitation.channel_id), bindparam("place", type_=String)),
            message_ts=func.coalesce(col(Invitation.message_ts), bindparam("ts", type_=String)),
            again_ts=case(
                (col(Invitation.message_ts).is_not(None), bindparam("ts", type_=String)),
                else_=col(Invitation.again_ts),
            ),
            delivered_at=bindparam("now"),
        )
    )


async def resend_failed(session: AsyncSession, wave_id: int, now: datetime) -> int:
    """Let those that Slack refused wait again, after mending; return how many. None does once the wave is closed.

    They are due now: what another survey then plans for the same people counts from today. Hold the quarantine.
    """
    resending = (
        update(Invitation)
        .where(
            col(Invitation.wave_id) == wave_id,
            col(Invitation.state) == InvitationState.FAILED,
            of_wave(is_open(now)),
        )
        .values(state=InvitationState.PLANNED, code=None, claimed_at=None, send_after=now)
    )
    return (await session.exec(resending)).rowcount


UNANSWERED = (
    InvitationState.PLANNED,
    InvitationState.CLAIMED,
    InvitationState.DELIVERED,
    InvitationState.UNCERTAIN,
)
"""What expires when its wave closes; a refusal by Slack stays on record."""


async def expire_invitations(session: AsyncSession, wave_id: int) -> None:
    """Expire what was not answered."""
    await session.exec(
        update(Invitation)
        .where(col(Invitation.wave_id) == wave_id, col(Invitation.state).in_(UNANSWERED))
        .values(state=InvitationState.EXPIRED)
    )


async def invitation_with_wave(
    session: AsyncSession, invitation_id: int
) -> tuple[Invitation, Wave, Survey] | None:
    return (await with_waves(session, [invitation_id])).get(invitation_id)


async def with_waves(
    session: AsyncSession, invitation_ids: Sequence[int]
) -> dict[int, tuple[Invitation, Wave, Survey]]:
    """Return several invitations by id, each with its wave and survey."""
    question = (
        select(Invitation, Wave, Survey)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .where(col(Invitation.id).in_(invitation_ids))
    )
    return {row[0].id: (row[0], row[1], row[2]) for row in await session.exec(question)}


async def open_invitations_of(
    session: AsyncSession, workspace_id: str, user_id: str
) -> list[tuple[Invitation, Wave, Survey, Answer | None]]:
    """Return what one person is asked in open waves, the newest wave first, with the answer given so far."""
    question = (
        select(Invitation, Wave, Survey, Answer)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .join(Survey, col(Survey.id) == Wave.survey_id)
        .outerjoin(Answer, col(Answer.invitation_id) == Invitation.id)
        .where(
            Invitation.workspace_id == workspace_id,
            Invitation.user_id == user_id,
            col(Wave.closed_at).is_(None),
        )
        .order_by(col(Wave.id).desc())
    )
    return [(row[0], row[1], row[2], row[3]) for row in await session.exec(question)]


def reached() -> ColumnElement[bool]:
    """Whether the question surely reached somebody: it was delivered, or they answered it."""
    return col(Invitation.delivered_at).is_not(None) | (col(Invitation.state) == InvitationState.ANSWERED)


async def invited_count(session: AsyncSession, wave_id: int) -> int:
    """Return how many people the question surely reached."""
    return (await session.exec(select(func.count()).where(Invitation.wave_id == wave_id, reached()))).one()


async def last_delivered(
    session: AsyncSession, workspace_id: str, user_ids: Sequence[str]
) -> dict[str, datetime]:
    """Return when a question of any survey last reached each person. People that none ever reached are left out."""
    delivered_at = col(Invitation.delivered_at)
    return await latest(session, workspace_id, user_ids, delivered_at, delivered_at.is_not(None))


async def under_way(session: AsyncSession, workspace_id: str, user_ids: Sequence[str]) -> dict[str, datetime]:
    """Return when a question will be sent to each of the people, or was sent or answered without Slack's word on it.

    People without a waiting message, and people it surely reached, are left out. What was uncertain when its wave closed still counts.
    """
    planned = col(Invitation.state) == InvitationState.PLANNED
    due = case((planned, col(Invitation.send_after)), else_=asked_at())
    not_known = col(Invitation.delivered_at).is_(None)
    return await latest(session, workspace_id, user_ids, due, not_known, planned | _is_in_doubt())


async def last_spoken(
    session: AsyncSession, invitation_ids: Sequence[int], *which: ColumnElement[bool]
) -> dict[int, datetime]:
    """Return by invitation when another question last went to its person, also one of which Slack never said what became.

    `which` may say more of that one. The invitation's own message does not count: another process may just be sending it,
    and give it back.
    """
    own = aliased(Invitation)
    of_same_person = (col(own.workspace_id) == Invitation.workspace_id) & (own.user_id == Invitation.user_id)
    question = (
        select(own.id, func.max(asked_at()))
        .join(Invitation, of_same_person & (col(own.id) != Invitation.id))
        .where(col(own.id).in_(invitation_ids), was_asked(), *which)
        .group_by(col(own.id))
    )
    return {own_id: at for own_id, at in await session.exec(question) if at}


async def first_to_go(
    session: AsyncSession,
    workspace_id: str,
    user_ids: Sequence[str],
    now: datetime,
    *which: ColumnElement[bool],
) -> dict[str, int]:
    """Return the id of the question that each person gets first, of those that may go to them now. `which` may say more of its wave."""
    question = (
        select(Invitation.user_id, Invitation.id)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .where(
            Invitation.workspace_id == workspace_id,
            col(Invitation.user_id).in_(user_ids),
            col(Invitation.state) == InvitationState.PLANNED,
            col(Invitation.send_after) <= now,
            delivery.is_sending(now),
            *which,
        )
        .order_by(col(Invitation.send_after).desc(), col(Invitation.id).desc())
    )
    return dict(list(await session.exec(question)))


def was_asked() -> ColumnElement[bool]:
    """Say of an invitation that its question reached its person, or may have."""
    return col(Invitation.delivered_at).is_not(None) | _is_in_doubt()


def _is_in_doubt() -> ColumnElement[bool]:
    """Say of an invitation that it was sent, or is just being sent, and that Slack may never say whether it arrived.

    What its person answered did arrive, although Slack never confirmed it, or it was never sent: App Home asks sooner.
    """
    state = col(Invitation.state)
    maybe = state.in_([InvitationState.CLAIMED, InvitationState.UNCERTAIN, InvitationState.ANSWERED])
    return maybe | ((state == InvitationState.EXPIRED) & col(Invitation.claimed_at).is_not(None))


def asked_at() -> ColumnElement[datetime]:
    """Give when a question reached its person, or else went out; or was to, where it was answered in App Home before."""
    return func.coalesce(col(Invitation.delivered_at), col(Invitation.claimed_at), col(Invitation.send_after))


async def latest(
    session: AsyncSession,
    workspace_id: str,
    user_ids: Sequence[str],
    when: ColumnElement[datetime] | Mapped[datetime | None],
    *conditions: ColumnElement[bool],
) -> dict[str, datetime]:
    """Return the latest time of each person's invitations that are so; a person without any is left out."""
    somebody = each_of(col(Invitation.user_id), "user_ids")
    theirs = select(func.max(when)).where(
        Invitation.workspace_id == workspace_id, Invitation.user_id == somebody.c.value, *conditions
    )
    each = select_columns(somebody.c.value, theirs.correlate(somebody).scalar_subquery().label("at"))
    # With an OFFSET the subquery stays one: else the database would ask for each of them twice.
    each_once = each.offset(0).subquery("each_once").c
    question = select_columns(each_once.value, each_once.at).where(each_once.at.is_not(None))
    found = await (await session.connection()).execute(question, {"user_ids": user_ids})
    return {one.value: one.at for one in found}


def _may_go(now: datetime) -> ColumnElement[bool]:
    planned = in_state(Invitation.state, InvitationState.PLANNED)
    return planned & (col(Invitation.send_after) <= now) & ~opted_out()
