"""What waits is told in the hours of whom it is for: invitations, and reminders of those who have not answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.answers.question import Asked, question, reminder
from bot.delivery.rules.reminder_times import SPACING, reminder_times
from bot.delivery.sending import Waiting, send
from bot.kit.directory import Directory
from bot.kit.rules.working_hours import is_inside, window
from bot.kit.services import Services
from bot.logs import log
from bot.slack import Posted, SlackError
from storage import claims, invitations, people, reminders
from storage.tables import Invitation, Person, Reminder, Survey, Wave

BATCH = 100
# Longer than any call to Slack may take: a claim older than this belongs to a process that is gone.
LEASE = timedelta(minutes=5)


async def deliver_waiting(services: Services) -> None:
    """Send every planned invitation and due reminder once, each in its person's hours."""
    now = services.clock()
    async with services.database.writing() as session:
        lost = {
            "invitations.uncertain": await invitations.mark_abandoned(session, now - LEASE),
            "reminders.uncertain": await reminders.mark_abandoned(session, now - LEASE),
        }
        await reminders.drop_needless(session, now)
    for event, count in lost.items():
        if count:
            log.warning(event, count=count)
    await send(services, partial(_next_batch, services))


@dataclass(frozen=True)
class _Letter:
    """An invitation that waits, or one whose reminder does, with all that stands around it."""

    invitation: Invitation
    wave: Wave
    survey: Survey
    reminder: Reminder | None = None

    @property
    def send_after(self) -> datetime:
        return (self.reminder or self.invitation).send_after


async def _next_batch(services: Services) -> Sequence[Waiting]:
    """Return what may go now; whoever's hours are over meanwhile waits for the next ones."""
    now = services.clock()
    while letters := await _letters(services, now):
        known = await _known(services, sorted({letter.invitation.user_id for letter in letters}))
        going, late = list[Waiting](), list[tuple[_Letter, datetime]]()
        for letter in letters:
            somebody = known[letter.invitation.user_id]
            if is_inside(now, somebody.time_zone):
                going.append(_waiting(services, letter, somebody))
            else:
                late.append((letter, window(now, somebody.time_zone).opens_at))
        if late:
            await _postpone(services, late)
        if going:
            return going
    return ()


async def _letters(services: Services, now: datetime) -> list[_Letter]:
    async with services.database.reading() as session:
        asked = await invitations.waiting(session, services.workspace_id, now, BATCH)
        due = await reminders.due_reminders(session, services.workspace_id, now, BATCH)
        around = await invitations.with_waves(
            session, [one.id for one in asked] + [one.invitation_id for one in due]
        )
    letters = [_Letter(*around[one.id]) for one in asked]
    letters += [_Letter(*around[one.invitation_id], reminder=one) for one in due]
    return sorted(letters, key=lambda letter: letter.send_after)[:BATCH]


async def _known(services: Services, user_ids: Sequence[str]) -> dict[str, Person]:
    """Return what is known of the people; of whom Slack tells nothing, they speak English and live in UTC."""
    try:
        found = await Directory(services).look_up(user_ids)
    except SlackError as error:
        log.warning("people.not_asked", code=error.code)
        async with services.database.reading() as session:
            found = await people.people_of(session, services.workspace_id, user_ids)
    return {
        user_id: found.get(user_id)
        or Person(workspace_id=services.workspace_id, user_id=user_id, refreshed_at=services.clock())
        for user_id in user_ids
    }


async def _postpone(services: Services, late: Sequence[tuple[_Letter, datetime]]) -> None:
    asked = {one.invitation.id: when for one, when in late if not one.reminder}
    reminded = {one.reminder.id: when for one, when in late if one.reminder}
    async with services.database.writing() as session:
        await invitations.postpone(session, asked)
        await reminders.postpone(session, reminded)


def _waiting(services: Services, letter: _Letter, somebody: Person) -> Waiting:
    if letter.reminder:
        return Waiting(
            letter.reminder.id,
            "reminder",
            reminders,
            partial(_claim_reminder, services, letter.reminder),
            partial(_remind, services, letter, letter.reminder, somebody),
        )
    return Waiting(
        letter.invitation.id,
        "invitation",
        invitations,
        partial(_claim, services, letter, somebody),
        partial(_ask, services, letter, somebody),
    )


async def _claim(services: Services, letter: _Letter, somebody: Person, session: AsyncSession) -> bool:
    """Take an invitation, and plan its reminders with it: whatever becomes of it, these reach the person."""
    now = services.clock()
    if not await claims.claim_invitation(session, letter.invitation.id, now):
        return False
    times = reminder_times(letter.survey.reminders, now, letter.wave.closes_at, somebody.time_zone)
    await reminders.plan_reminders(session, letter.invitation, times)
    return True


async def _claim_reminder(services: Services, due: Reminder, session: AsyncSession) -> bool:
    return await claims.claim_reminder(session, due, services.clock(), SPACING)


async def _ask(services: Services, letter: _Letter, somebody: Person) -> Posted:
    asked = Asked(letter.invitation, letter.wave, letter.survey)
    return await services.slack.post(somebody.user_id, question(asked, somebody, services.clock()))


async def _remind(services: Services, letter: _Letter, due: Reminder, somebody: Person) -> Posted:
    """Say it again below the first message; where nobody knows whether that arrived, as a message of its own."""
    asked = Asked(letter.invitation, letter.wave, letter.survey)
    place = letter.invitation.channel_id or somebody.user_id
    message = reminder(asked, somebody, services.clock(), number=due.number)
    return await services.slack.post(place, message, thread_ts=letter.invitation.message_ts)
