"""Send what waits, in each person's own hours: invitations first, then reminders to those who have not answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.answers.question import AskedQuestion
from bot.delivery.leaving_out import leave_out
from bot.delivery.letters import InvitationLetter, QuestionLetter, ReminderLetter
from bot.delivery.sending import send
from bot.kit.outage import is_stopped
from bot.kit.people.directory import Directory
from bot.kit.rules.working_hours import WorkingTime
from bot.kit.services import Services
from bot.kit.workplace import working_time
from bot.logs import log
from bot.slack.errors import SlackError
from storage import actions, delivery
from storage.delivery import invitations, reminders
from storage.kit import people
from storage.kit.people import KnownPerson
from storage.tables import Invitation, Reminder

BATCH = 100
# Longer than any call to Slack may take: a claim older than this belongs to a process that is gone.
LEASE = timedelta(minutes=5)
_KINDS = (InvitationLetter, ReminderLetter)


async def deliver_waiting(services: Services) -> None:
    """Send every planned invitation and due reminder once, each in its person's hours."""
    now = services.clock()
    async with services.database.writing() as session:
        lost = {kind: await delivery.mark_abandoned(session, kind.table, now - LEASE) for kind in _KINDS}
        await reminders.drop_needless(session, now)
    for kind, count in lost.items():
        if count:
            log.warning(f"{kind.name}s.uncertain", count=count)
    if await is_stopped(services):
        return
    await send(services, next_batch)


async def next_batch(services: Services) -> Sequence[QuestionLetter]:
    """Return the letters that may go now; where the person's hours are over meanwhile, they wait for the next ones."""
    now = services.clock()
    while waiting := await _waiting(services, now):
        letters = await leave_out(services, waiting)
        going = [one for one in letters if one.working.is_inside(now, one.somebody.time_zone)]
        if len(going) < len(letters):
            late = [one for one in letters if not one.working.is_inside(now, one.somebody.time_zone)]
            await _postpone(services, late, now)
        if going:
            return going
    return ()


async def _waiting(services: Services, now: datetime) -> list[QuestionLetter]:
    """Read the letters that are due, the longest due first."""
    async with services.database.reading() as session:
        planned = await invitations.waiting(session, services.workspace_id, now, BATCH)
        due = await reminders.due_reminders(session, services.workspace_id, now, BATCH)
        rows: list[Invitation | Reminder] = [*planned, *due]
        first = sorted(rows, key=lambda row: row.send_after)[:BATCH]
        found = await invitations.with_waves(session, [_invitation_id(row) for row in first])
        acted = await actions.latest_of(session, {survey.id for _, _, survey in found.values()})
    if not first:
        return []
    asked = {
        invitation_id: AskedQuestion(invitation, wave, survey, acted=acted.get(survey.id))
        for invitation_id, (invitation, wave, survey) in found.items()
    }
    known = await _known(services, sorted({one.invitation.user_id for one in asked.values()}))
    working = await working_time(services)
    return [_letter(row, asked[_invitation_id(row)], known, working) for row in first]


def _invitation_id(row: Invitation | Reminder) -> int:
    return row.invitation_id if isinstance(row, Reminder) else row.id


def _letter(
    row: Invitation | Reminder, asked: AskedQuestion, known: Mapping[str, KnownPerson], working: WorkingTime
) -> QuestionLetter:
    somebody = known[asked.invitation.user_id]
    return (
        ReminderLetter(asked, somebody, working, row)
        if isinstance(row, Reminder)
        else InvitationLetter(asked, somebody, working)
    )


async def _known(services: Services, user_ids: Sequence[str]) -> dict[str, KnownPerson]:
    """Return what is known of the people. Where Slack tells nothing, English and UTC are assumed."""
    try:
        found = await Directory(services).look_up_before_sending(user_ids)
    except SlackError as error:
        log.warning("people.not_asked", code=error.code)
        async with services.database.reading() as session:
            found = await people.people_of(session, services.workspace_id, user_ids)
    return {
        user_id: found.get(user_id) or KnownPerson(services.workspace_id, user_id, services.clock())
        for user_id in user_ids
    }


async def _postpone(services: Services, late: Sequence[QuestionLetter], now: datetime) -> None:
    """Let the letters wait for the next hours of their people."""
    async with services.database.writing() as session:
        for kind in _KINDS:
            waits = {
                letter.row.id: letter.working.window(now, letter.somebody.time_zone).opens_at
                for letter in late
                if isinstance(letter, kind)
            }
            await delivery.postpone(session, kind.table, waits)
