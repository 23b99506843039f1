from collections import Counter
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import counts
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
    """Return how far a wave has come, as it is kept counted."""
    states, failed, snoozed, reached = Counter[InvitationState](), Counter[str](), 0, 0
    left_out = Counter[LeftOutBecause]()
    for one, count in (await counts.standing(session, [wave_id]))[wave_id].items():
        if one.state is InvitationState.EXPIRED and one.code in _LEFT_OUT:
            left_out[LeftOutBecause(one.code)] += count
            continue
        states[one.state] += count
        failed[one.code] += count if one.state is InvitationState.FAILED else 0
        snoozed += count if one.is_snoozed else 0
        reached += count if one.by_reminder else 0
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
