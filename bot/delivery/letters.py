"""A letter is one message that waits for one person: it is claimed, spoken and recorded, in this order.

Claim and record are each given a transaction; what is spoken stands between the two.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.answers.question import AskedQuestion, question, reminder
from bot.delivery.rules.reminder_times import SPACING, reminder_times
from bot.kit.rules.working_hours import WorkingTime
from bot.slack.client import Slack
from bot.slack.objects import Posted
from storage import delivery
from storage.delivery import Letters, invitations, reminders
from storage.kit import claims
from storage.kit.people import KnownPerson
from storage.privacy import erased_messages
from storage.tables import Invitation, Reminder


class End(StrEnum):
    """How it went: the word that the log gets."""

    DELIVERED = "delivered"
    FAILED = "failed"  # Slack refused this one
    UNCERTAIN = "uncertain"  # Slack's reply never came
    WAITS = "waits"  # Slack took nothing: it goes another time


@dataclass(frozen=True)
class Spoken:
    """What came of speaking: where the message stands when it was delivered, Slack's code otherwise."""

    end: End
    posted: Posted | None = None
    code: str | None = None


@dataclass(frozen=True)
class QuestionLetter(ABC):
    """What is asked, who is asked, and when they may be spoken to."""

    asked: AskedQuestion
    somebody: KnownPerson
    working: WorkingTime

    name: ClassVar[str]
    table: ClassVar[Letters]

    @property
    @abstractmethod
    def row(self) -> Invitation | Reminder:
        """The row that is claimed, and that says what came of it."""

    @abstractmethod
    async def claim(self, session: AsyncSession, now: datetime) -> bool:
        """Take it in order to send it; False when another process has it, or it may not go any more."""

    @abstractmethod
    async def speak(self, slack: Slack, now: datetime) -> Posted:
        """Send it, once. Raises SlackError."""

    async def record(self, session: AsyncSession, spoken: Spoken, now: datetime) -> None:
        """Write down what came of it. Where its person was erased meanwhile, it comes to say so."""
        if spoken.posted:
            if not await self._record_delivered(session, spoken.posted, now):
                place = (spoken.posted.channel_id, spoken.posted.ts)
                who = self.somebody
                await erased_messages.note(session, who.workspace_id, [place], who.locale, now)
        elif spoken.end is End.FAILED:
            await delivery.record_failed(session, self.table, self.row.id, str(spoken.code))
        elif spoken.end is End.UNCERTAIN:
            await delivery.record_uncertain(session, self.table, self.row.id)
        else:
            await delivery.put_back(session, self.table, self.row.id)

    @abstractmethod
    async def _record_delivered(self, session: AsyncSession, posted: Posted, now: datetime) -> bool: ...


@dataclass(frozen=True)
class InvitationLetter(QuestionLetter):
    """The question, for the first time."""

    name = "invitation"
    table = Invitation

    @property
    def row(self) -> Invitation:
        return self.asked.invitation

    async def claim(self, session: AsyncSession, now: datetime) -> bool:
        """Take it, and plan its reminders with it: whatever becomes of it, these reach the person."""
        if not await claims.claim_invitation(session, self.row.id, now):
            return False
        wave, survey = self.asked.wave, self.asked.survey
        times = reminder_times(survey.reminders, now, wave.closes_at, self.somebody.time_zone, self.working)
        await reminders.plan_reminders(session, self.row, times)
        return True

    async def speak(self, slack: Slack, now: datetime) -> Posted:
        return await slack.post(self.somebody.user_id, question(self.asked, self.somebody, now, self.working))

    async def _record_delivered(self, session: AsyncSession, posted: Posted, now: datetime) -> bool:
        return await invitations.record_delivered(session, self.row.id, posted.channel_id, posted.ts, now)


@dataclass(frozen=True)
class ReminderLetter(QuestionLetter):
    """The question once more."""

    reminder: Reminder

    name = "reminder"
    table = Reminder

    @property
    def row(self) -> Reminder:
        return self.reminder

    async def claim(self, session: AsyncSession, now: datetime) -> bool:
        return await claims.claim_reminder(session, self.reminder, now, SPACING)

    async def speak(self, slack: Slack, now: datetime) -> Posted:
        """Say it below the first message; where nobody knows whether that arrived, as a message of its own."""
        asked = self.asked.invitation
        message = reminder(self.asked, self.somebody, now, self.working, number=self.reminder.number)
        return await slack.post(
            asked.channel_id or self.somebody.user_id, message, thread_ts=asked.message_ts
        )

    async def _record_delivered(self, session: AsyncSession, posted: Posted, now: datetime) -> bool:
        return await reminders.record_delivered(session, self.row.id, posted.channel_id, posted.ts, now)
