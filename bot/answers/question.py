"""One invitation with all that stands around it, and how it is shown to the person it belongs to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Self

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.answers.rules.contact import contact
from bot.answers.rules.quoting import is_promoter
from bot.answers.rules.snoozing import Later, snoozed_until
from bot.answers.views import answered, invitation, took_part
from bot.answers.views import asked_below as below_view
from bot.answers.views import reminder as reminder_view
from bot.answers.views.addressed import ANYBODY, addressed
from bot.answers.views.asked_below import AskedBelowFacts
from bot.answers.views.reminder import ReminderFacts
from bot.answers.views.took_part import TookPartFacts
from bot.errors import Refused
from bot.kit.acted import as_told
from bot.kit.people import Somebody, words_of, zone_of
from bot.kit.rules.working_hours import WorkingTime
from bot.kit.services import Services
from bot.kit.views import anonymous_notices, notices
from bot.kit.views.own_quote import OwnQuoteFacts
from bot.message import Message
from bot.slack.objects import Posted
from bot.wording import Words
from storage import actions, cases, quotes
from storage.answers import AnswerRefusal, reading
from storage.delivery import invitations, reminders
from storage.question import Offered, Question
from storage.surveys import links
from storage.tables import Action, Answer, Invitation, Link, Quote, Survey, Wave
from storage.words import InvitationState

_REFUSALS = {
    AnswerRefusal.UNKNOWN_INVITATION: notices.invitation_unknown,
    AnswerRefusal.SOMEONE_ELSES: notices.not_your_invitation,
    AnswerRefusal.WAVE_CLOSED: notices.wave_closed,
    AnswerRefusal.ALREADY_ANSWERED: anonymous_notices.ballot_cast,
}


def refused(refusal: AnswerRefusal) -> Refused:
    return Refused(refusal.name.lower(), _REFUSALS[refusal])


@dataclass(frozen=True)
class AskedQuestion:
    """An invitation, its wave and survey, what its person said, and what was done about what people said before."""

    invitation: Invitation
    wave: Wave
    survey: Survey
    answer: Answer | None = None
    drivers: tuple[Offered, ...] = ()
    may_contact: bool = False
    quote: Quote | None = None
    links: Sequence[Link] = ()
    acted: Action | None = None

    @property
    def id(self) -> int:
        return self.invitation.id

    @property
    def question(self) -> Question:
        """What the wave asks; what its survey says since does not count."""
        return self.wave.question(self.survey)

    @property
    def may_be_quoted(self) -> bool:
        """Whether its person was told that the digest may quote comments."""
        return self.wave.digest_comments and not self.wave.is_anonymous

    def with_answer(self, answer: Answer, ticked: Collection[str]) -> Self:
        """Add what its person said; of the drivers those that the wave offers."""
        return replace(self, answer=answer, drivers=self.question.ticked(ticked))

    @property
    def has_taken_part(self) -> bool:
        """Whether its person has cast a ballot; what it says, nobody knows."""
        return self.wave.is_anonymous and self.invitation.state is InvitationState.ANSWERED

    def is_open(self, now: datetime) -> bool:
        return self.wave.closed_at is None and now < self.wave.closes_at


async def asked_of(services: Services, somebody: Somebody, invitation_id: int) -> AskedQuestion:
    """Read an invitation of this person. Raises Refused when there is none or it is someone else's."""
    async with services.database.reading() as session:
        found = await invitations.invitation_with_wave(session, invitation_id)
        asked = await with_what_was_said(session, AskedQuestion(*found)) if found else None
    if asked is None or asked.invitation.workspace_id != somebody.workspace_id:
        raise refused(AnswerRefusal.UNKNOWN_INVITATION)
    if asked.invitation.user_id != somebody.user_id:
        raise refused(AnswerRefusal.SOMEONE_ELSES)
    return asked


async def with_what_was_said(session: AsyncSession, asked: AskedQuestion) -> AskedQuestion:
    """Add what its person answered, and whether they may be contacted and quoted."""
    found = await reading.answer_of(session, asked.id)
    if found is None:
        return asked
    asked = replace(asked.with_answer(*found), may_contact=await cases.consents(session, asked.id))
    if not is_promoter(found[0].score):
        return asked
    offered = asked.invitation.links_offered_at is not None
    return replace(
        asked,
        quote=await quotes.of_invitation(session, asked.id),
        links=await links.links_of(session, asked.survey.id) if offered else (),
    )


async def with_acted(services: Services, asked: AskedQuestion) -> AskedQuestion:
    """Add what came last of what people said, which stands above a question that is shown again."""
    async with services.database.reading() as session:
        latest = await actions.latest_of(session, {asked.survey.id})
    return replace(asked, acted=latest.get(asked.survey.id))


def asked_below(asked: AskedQuestion, somebody: Somebody) -> Message:
    """Render what an older message says when a newer one asks."""
    return below_view.render(AskedBelowFacts(asked.question), words_of(somebody))


def older_place(one: Invitation) -> Posted | None:
    """Return where a question stood first, when it has come again since: there it asks no more."""
    return (
        Posted(one.channel_id, one.message_ts) if one.channel_id and one.message_ts and one.again_ts else None
    )


async def places_of(services: Services, one: Invitation) -> list[Posted]:
    """Return where a question stands: its message, the one that came again, and its reminders."""
    return await places(services, one.id, one.channel_id, one.message_ts)


async def places(
    services: Services, invitation_id: int, channel_id: str | None, message_ts: str | None
) -> list[Posted]:
    """Return where a question stands, when its invitation was read before."""
    async with services.database.reading() as session:
        reminded = await reminders.messages_of(session, invitation_id)
    return [Posted(channel_id, ts) for ts in (message_ts, *reminded) if channel_id and ts]


def question(asked: AskedQuestion, somebody: Somebody, now: datetime, working: WorkingTime) -> Message:
    """Render the eleven buttons, with the score that stands; thanks to somebody who has cast a ballot."""
    if asked.has_taken_part:
        return took_part.render(took_part_facts(asked, somebody), words_of(somebody))
    facts = _anybodys(question_facts(asked, somebody, now, working))
    return addressed(_question(facts, words_of(somebody), somebody.time_zone), asked.id)


def reminder(
    asked: AskedQuestion, somebody: Somebody, now: datetime, working: WorkingTime, *, number: int
) -> Message:
    """Render the question once more, for a person who has not answered."""
    facts = _anybodys(question_facts(asked, somebody, now, working))
    again = ReminderFacts(facts, number, is_last=number >= asked.survey.reminders)
    return addressed(_reminder(again, words_of(somebody), somebody.time_zone), asked.id)


def _anybodys(facts: invitation.InvitationFacts) -> invitation.InvitationFacts:
    return replace(facts, invitation_id=ANYBODY)


# Most questions of a wave differ in the person alone, so one rendering serves many of them. The zone is part of the
# key: two times of one instant are equal, but people in two zones read them differently.
@lru_cache(maxsize=64)
def _question(facts: invitation.InvitationFacts, words: Words, _zone: str) -> Message:
    return invitation.render(facts, words)


@lru_cache(maxsize=64)
def _reminder(facts: ReminderFacts, words: Words, _zone: str) -> Message:
    return reminder_view.render(facts, words)


def question_facts(
    asked: AskedQuestion, somebody: Somebody, now: datetime, working: WorkingTime
) -> invitation.InvitationFacts:
    zone = zone_of(somebody)
    now = now.replace(second=0, microsecond=0)  # whole minutes: "in an hour" is then the same for many
    choices = {
        later: snoozed_until(later, now, somebody.time_zone, asked.wave.closes_at, working) for later in Later
    }
    return invitation.InvitationFacts(
        invitation_id=asked.id,
        asked=asked.question,
        closes_at=asked.wave.closes_at.astimezone(zone),
        chosen=asked.answer.score if asked.answer else None,
        keep_days=asked.wave.keep_days,
        minimum=asked.wave.minimum,
        may_be_quoted=asked.may_be_quoted,
        later=tuple((later, until.astimezone(zone)) for later, until in choices.items() if until),
        is_anonymous=asked.wave.is_anonymous,
        has_taken_part=asked.has_taken_part,
        follows_up=asked.survey.follow_up_channel is not None and not asked.wave.is_anonymous,
        acted=as_told(asked.acted) if asked.acted else None,
    )


def took_part_facts(asked: AskedQuestion, somebody: Somebody) -> TookPartFacts:
    closes_at = (asked.wave.closed_at or asked.wave.closes_at).astimezone(zone_of(somebody))
    return TookPartFacts(asked.question, closes_at, is_closed=asked.wave.closed_at is not None)


def said(asked: AskedQuestion, somebody: Somebody) -> answered.AnsweredFacts:
    """Return what somebody answered. Raises Refused when they have not."""
    if asked.answer is None:
        raise refused(AnswerRefusal.UNKNOWN_INVITATION)
    return answered.AnsweredFacts(
        invitation_id=asked.id,
        asked=asked.question,
        score=asked.answer.score,
        closes_at=(asked.wave.closed_at or asked.wave.closes_at).astimezone(zone_of(somebody)),
        comment=asked.answer.comment or "",
        drivers=asked.drivers,
        contact=contact(
            asked.survey.follow_up_channel,
            asked.survey.follow_up_with,
            asked.answer.score,
            may=asked.may_contact,
        ),
        may_be_quoted=asked.may_be_quoted,
        links=tuple((one.id, Offered(one.url, one.names)) for one in asked.links),
        quote=own_quote(asked.quote, asked.survey, asked.answer.comment, asked.id) if asked.quote else None,
    )


def own_quote(quote: Quote, survey: Survey, comment: str | None, invitation_id: int) -> OwnQuoteFacts:
    """Say how a quote stands, to the person who said it."""
    return OwnQuoteFacts(
        invitation_id, survey.name, comment or "", quote.with_name, quote.state, quote.channel_id
    )
