"""What Slack took and what the database says, put side by side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, func, select

from bot.digests.posting import WEEKLY_DIGEST
from bot.sandbox.failures.limits import POST
from bot.sandbox.workspace import Sandbox
from storage.database.engine import Database
from storage.tables import Invitation, Reminder, Run
from storage.words import InvitationState, ReminderState, RunState
from tests.journeys.stored import stored_scores

NAGGING = "You have not answered yet."
Taps = Mapping[str, Sequence[tuple[int, bool]]]
"""Each person's, in order: the score, and whether it was acknowledged."""


@dataclass(frozen=True)
class Books:
    """One moment: how many questions and reminders Slack took for each person, and where everything stands."""

    questions: Counter[str]
    reminders: Counter[str]
    invitations: dict[str, Invitation]
    scores: dict[str, int]
    digests: list[Run]

    def in_state(self, *states: InvitationState) -> set[str]:
        return {person for person, one in self.invitations.items() if one.state in states}


async def read(database: Database, slack: Sandbox) -> Books:
    taken = [call for call in slack.requests if call.method == POST and call.error is None]
    nagged = [call.arguments["text"].startswith(NAGGING) for call in taken]
    places = [str(call.arguments["channel"]) for call in taken]
    to_whom = [slack.direct[place].user if place in slack.direct else place for place in places]
    async with database.reading() as session:
        invitations = {one.user_id: one for one in await session.exec(select(Invitation))}
        digests = list(await session.exec(select(Run).where(Run.job == WEEKLY_DIGEST)))
    return Books(
        Counter(one for one, again in zip(to_whom, nagged, strict=True) if one in invitations and not again),
        Counter(one for one, again in zip(to_whom, nagged, strict=True) if again),
        invitations,
        await stored_scores(database),
        digests,
    )


async def is_everyone_asked(database: Database, digests: int) -> bool:
    """Whether the wave is planned and sent, and so many digests are settled."""
    async with database.reading() as session:
        asked = (await session.exec(select(func.count()).select_from(Invitation))).one()
        waits = col(Invitation.state).in_([InvitationState.PLANNED, InvitationState.CLAIMED])
        waiting = (await session.exec(select(func.count()).select_from(Invitation).where(waits))).one()
        settled = select(func.count()).where(Run.job == WEEKLY_DIGEST, Run.state != RunState.CLAIMED)
        return asked > 0 and waiting == 0 and (await session.exec(settled)).one() == digests


async def is_everyone_reminded(database: Database, digests: int) -> bool:
    """Whether no reminder waits that is to be sent, and so many digests are settled."""
    async with database.reading() as session:
        waiting = (
            select(func.count())
            .select_from(Reminder)
            .join(Invitation, col(Invitation.id) == Reminder.invitation_id)
            .where(
                col(Reminder.state).in_([ReminderState.PLANNED, ReminderState.CLAIMED]),
                col(Invitation.state).in_([InvitationState.DELIVERED, InvitationState.UNCERTAIN]),
            )
        )
        if (await session.exec(waiting)).one():
            return False
    return await is_everyone_asked(database, digests)


def lost_answers(scores: Mapping[str, int], taps: Taps) -> dict[str, object]:
    """Return by person each answer that is neither the last acknowledged nor one tried after it."""
    lost: dict[str, object] = {}
    for person, made in taps.items():
        may_be: set[int | None] = {None}
        for score, acknowledged in made:
            may_be = {score} if acknowledged else may_be | {score}
        if scores.get(person) not in may_be:
            lost[person] = (scores.get(person), made)
    return lost
