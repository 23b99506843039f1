"""What happens next in the demo, and when: so that time can jump from one event to the next."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.rules.calendar import next_due
from bot.kit.rules.rhythm import next_opening
from bot.kit.services import Services
from bot.kit.workplace import Workplace, workplace
from bot.waves.audience import schedule_of
from storage import surveys, waves
from storage.tables import Invitation, Reminder, Survey, Wave
from storage.words import InvitationState, ReminderState


class ClockEvent(StrEnum):
    """Something that the clock does by itself."""

    QUESTION = "question"
    REMINDER = "reminder"
    OPENING = "opening"
    CLOSING = "closing"
    DIGEST = "digest"


MESSAGES = frozenset({ClockEvent.QUESTION, ClockEvent.REMINDER})


async def events_ahead(services: Services, now: datetime) -> dict[ClockEvent, datetime]:
    """Return when each kind of event comes next after `now`. What was due by then is none: the clock did it, or cannot."""
    async with services.database.reading() as session:
        known = await surveys.list_surveys(session, services.workspace_id)
        wishes = await workplace(session, services.workspace_id)
        moments = [
            *((ClockEvent.DIGEST, _digest(survey, wishes, now)) for survey in known),
            *[(ClockEvent.OPENING, await _opening(session, survey, now)) for survey in known],
            *[(ClockEvent.QUESTION, await _open_question(session, survey, wishes, now)) for survey in known],
            *((ClockEvent.CLOSING, wave.closes_at) for wave in await waves.open_waves(session)),
            (ClockEvent.QUESTION, await _first_invitation(session, now)),
            (ClockEvent.REMINDER, await _first_reminder(session, now)),
        ]
    ahead: dict[ClockEvent, datetime] = {}
    for event, moment in moments:
        if moment and moment > now:
            ahead[event] = min(moment, ahead.get(event, moment))
    return ahead


def _digest(survey: Survey, wishes: Workplace, now: datetime) -> datetime:
    due = next_due(survey.digest_weekday, survey.digest_hour, survey.time_zone, now)
    return wishes.working.off_holidays(due, survey.time_zone)


async def _opening(session: AsyncSession, survey: Survey, now: datetime) -> datetime | None:
    has_begun = survey.paused_at is None and await waves.has_asked(session, survey.id)
    return next_opening(schedule_of(survey), now) if has_begun else None


async def _open_question(
    session: AsyncSession, survey: Survey, wishes: Workplace, now: datetime
) -> datetime | None:
    wave = await waves.current_wave(session, survey.id) if survey.audience.open_channel else None
    waits = wave and wave.paused_at is None and wave.question_ts is None
    return wishes.working.next_window(now, survey.time_zone) if waits else None


async def _first_invitation(session: AsyncSession, now: datetime) -> datetime | None:
    earliest = (
        select(func.min(Invitation.send_after))
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .where(
            col(Wave.closed_at).is_(None),
            col(Wave.paused_at).is_(None),
            col(Invitation.state) == InvitationState.PLANNED,
            col(Invitation.send_after) > now,
        )
    )
    return (await session.exec(earliest)).one()


async def _first_reminder(session: AsyncSession, now: datetime) -> datetime | None:
    waiting = [InvitationState.DELIVERED, InvitationState.UNCERTAIN]
    earliest = (
        select(func.min(Reminder.send_after))
        .join(Wave, col(Wave.id) == Reminder.wave_id)
        .join(Invitation, col(Invitation.id) == Reminder.invitation_id)
        .where(
            col(Wave.closed_at).is_(None),
            col(Wave.paused_at).is_(None),
            col(Invitation.state).in_(waiting),
            col(Reminder.state) == ReminderState.PLANNED,
            col(Reminder.send_after) > now,
        )
    )
    return (await session.exec(earliest)).one()
