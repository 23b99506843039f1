from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Invitation
from storage.words import InvitationState, LeftOutBecause

_LEFT_OUT = frozenset(LeftOutBecause) - {LeftOutBecause.OPTED_OUT}
"""The codes of invitations that were never sent; a person who opted out may come back to the wave."""


@dataclass(frozen=True)
class Progress:
    """How many of a wave's invitations stand where; each is counted once, but for `reached_by_reminder`.

    `snoozed` wait because their person said so. `failed` is by Slack's error code, most first.
    `left_out` counts, by why, people that Slack named, when their message was due, as not to be asked; they are
    among no others. `reached_by_reminder` counts the people who surely got a reminder, while nobody knows whether the question itself
    arrived.
    """

    planned: int
    snoozed: int
    claimed: int
    delivered: int
    answered: int
    expired: int
    uncertain: int
    failed: dict[str, int]
    reached_by_reminder: int
    left_out: dict[LeftOutBecause, int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """How many have an invitation."""
        stands = self.planned + self.snoozed + self.claimed + self.delivered + self.answered
        return stands + self.expired + self.uncertain + sum(self.failed.values())


async def progress(session: AsyncSession, wave_id: int) -> Progress:
    """Return how far a wave has come."""
    state, code = col(Invitation.state), col(Invitation.code)
    is_snoozed = col(Invitation.snoozed_until).is_not(None)
    # Who tapped an open question was sent nothing.
    was_sent = col(Invitation.claimed_at).is_not(None)
    by_reminder = was_sent & col(Invitation.delivered_at).is_not(None) & col(Invitation.message_ts).is_(None)
    question = (
        select(state, code, is_snoozed, by_reminder, func.count())
        .where(col(Invitation.wave_id) == wave_id)
        .group_by(state, code, is_snoozed, by_reminder)
    )
    states, failed, snoozed, reached = Counter[InvitationState](), Counter[str](), 0, 0
    left_out = Counter[LeftOutBecause]()
    for stands, said, waits, only_reminded, count in await (await session.connection()).execute(question):
        if stands is InvitationState.EXPIRED and said in _LEFT_OUT:
            left_out[LeftOutBecause(said)] += count
            continue
        states[stands] += count
        failed[str(said)] += count if stands is InvitationState.FAILED else 0
        snoozed += count if stands is InvitationState.PLANNED and waits else 0
        reached += count if only_reminded else 0
    return Progress(
        planned=states[InvitationState.PLANNED] - snoozed,
        snoozed=snoozed,
        claimed=states[InvitationState.CLAIMED],
        delivered=states[InvitationState.DELIVERED],
        answered=states[InvitationState.ANSWERED],
        expired=states[InvitationState.EXPIRED],
        uncertain=states[InvitationState.UNCERTAIN],
        failed=dict((+failed).most_common()),
        reached_by_reminder=reached,
        left_out=dict(left_out),
    )
