"""A person answers: the tap is stored, then we ask why, then the message says what was chosen."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.answers.question import (
    AskedQuestion,
    asked_of,
    places,
    places_of,
    question,
    refused,
    said,
    with_acted,
)
from bot.answers.rules.contact import contact
from bot.answers.rules.quoting import Quoting, is_promoter
from bot.answers.views import answered, reason
from bot.answers.views.answered import AnsweredFacts
from bot.answers.views.reason import ReasonFacts
from bot.errors import Refused, Replayed
from bot.kit.people import Somebody, Who, person, refreshed, words_of, zone_of
from bot.kit.request import Clicked, Request
from bot.kit.rules.first_contact import contact_due
from bot.kit.rules.working_hours import WorkingTime
from bot.kit.services import Services
from bot.kit.speaking import show
from bot.kit.views import notices
from bot.kit.workplace import working_time
from bot.logs import log
from bot.slack.errors import SlackError
from bot.slack.objects import Posted
from storage import answers, quotes
from storage.answers import AnswerRefusal, Tap
from storage.answers.stored import StoredTap
from storage.cases import consenting
from storage.kit import people
from storage.surveys import links
from storage.tables import Person
from storage.waves import messages, open_question


async def tap(services: Services, request: Request, invitation_id: int, score: int) -> StoredTap:
    """Store a tap: when this returns, it is committed. Raises Refused, and Replayed."""
    who = request.who
    outcome = await services.taps.do(Tap(invitation_id, who.workspace_id, who.user_id, score, request.seen))
    if outcome is AnswerRefusal.REPLAYED:
        raise Replayed
    if isinstance(outcome, AnswerRefusal):
        raise refused(outcome)
    return outcome


async def show_choice(services: Services, request: Request, stored: StoredTap, clicked: Clicked) -> None:
    """Ask why, and let the message say what was chosen. The score is safe already: Slack's refusal is only logged."""
    async with services.showing.of(stored.invitation_id):
        somebody = await refreshed(services, request.who, stored.addressee)
        facts = await _choice(services, stored, somebody)
        await _ask_why(services, facts, somebody, request.trigger_id, clicked)
        await services.afterwards.begin()  # others' modals come before it
        also = await _places(services, stored)
        await show(services, clicked, answered.render(facts, words_of(somebody)), *also)


async def _places(services: Services, stored: StoredTap) -> list[Posted]:
    """Return where the question stands: the tap's own statement says whether the database need be asked for more."""
    if stored.may_stand_elsewhere:
        return await places(services, stored.invitation_id, stored.channel_id, stored.message_ts)
    if stored.channel_id is None or stored.message_ts is None:
        return []
    return [Posted(stored.channel_id, stored.message_ts)]


async def ask_why(services: Services, request: Request, invitation_id: int) -> None:
    """Open the reason's modal, with what the person said before."""
    somebody, asked = await _open(services, request, invitation_id)
    await _ask_why(services, said(asked, somebody), somebody, request.trigger_id, request.clicked)


async def offer_change(services: Services, request: Request, invitation_id: int) -> None:
    """Show the eleven buttons again, with what stands now."""
    async with services.showing.of(invitation_id):
        somebody, asked = await _open(services, request, invitation_id)
        asked = await with_acted(services, asked)
        message = question(asked, somebody, services.clock(), await working_time(services))
        await show(services, request.clicked, message, *await places_of(services, asked.invitation))


async def give_reason(  # noqa: PLR0913 - whose answer it is, and what a person may say of it
    services: Services,
    who: Who,
    invitation_id: int,
    comment: str | None,
    ticked: Collection[str],
    *,
    may_contact: bool | None,
    quoting: Quoting | None = None,
) -> None:
    """Store the comment and, of what was ticked, what the wave offers, in place of those that stood.

    Whether somebody may contact or quote the person is stored too; None where they were not asked that. Raises Refused.
    """
    working = await working_time(services)
    asked = await asked_of(services, await person(services, who), invitation_id)
    drivers = [one.key for one in asked.question.ticked(ticked)]
    async with services.database.writing() as session:
        stored = await answers.record_reason(
            session, invitation_id, who.workspace_id, who.user_id, comment, drivers, services.clock()
        )
        if stored is True and may_contact is not None:
            await _consent(session, invitation_id, services.clock(), working, may_contact=may_contact)
        if stored is True and quoting is not None:
            await _let_quote(session, invitation_id, services.clock(), quoting)
    if isinstance(stored, AnswerRefusal):
        raise refused(stored)
    if not stored:  # no score stands that the reason could explain
        raise refused(AnswerRefusal.UNKNOWN_INVITATION)
    log.info("answer.explained", invitation=invitation_id)


async def _consent(
    session: AsyncSession, invitation_id: int, now: datetime, working: WorkingTime, *, may_contact: bool
) -> None:
    if not may_contact:
        await consenting.withdraw(session, invitation_id, now)
        return
    zone = await consenting.zone_of_survey(session, invitation_id)
    await consenting.consent(session, invitation_id, now, contact_due(now, zone, working))


async def _let_quote(session: AsyncSession, invitation_id: int, now: datetime, quoting: Quoting) -> None:
    if quoting is Quoting.NO:
        await quotes.take_back(session, invitation_id)
    else:
        await quotes.allow(session, invitation_id, now, with_name=quoting is Quoting.NAMED)


async def show_reason(services: Services, who: Who, invitation_id: int, clicked: Clicked) -> None:
    """Let the message say what the person said, and the one where they clicked."""
    async with services.showing.of(invitation_id):
        somebody, asked = await _asked(services, who, invitation_id)
        facts = replace(said(asked, somebody), is_closed=not asked.is_open(services.clock()))
        message = answered.render(facts, words_of(somebody))
        await show(services, clicked, message, *await places_of(services, asked.invitation))


async def _asked(services: Services, who: Who, invitation_id: int) -> tuple[Person, AskedQuestion]:
    somebody = await person(services, who)
    return somebody, await asked_of(services, somebody, invitation_id)


async def _open(services: Services, request: Request, invitation_id: int) -> tuple[Person, AskedQuestion]:
    """Return what may still be changed. Where it may not, the message loses its buttons. Raises Refused."""
    somebody, asked = await _asked(services, request.who, invitation_id)
    if asked.is_open(services.clock()):
        return somebody, asked
    facts = replace(said(asked, somebody), is_closed=True)
    message = answered.render(facts, words_of(somebody))
    await show(services, request.clicked, message, *await places_of(services, asked.invitation))
    raise Refused("wave_closed", partial(notices.wave_closed, score=facts.score))


async def _choice(services: Services, stored: StoredTap, somebody: Somebody) -> AnsweredFacts:
    """Return what the message of a stored tap says."""
    if await _offers_links(services, stored, somebody) or stored.previous_score is not None:
        stands = said(await asked_of(services, somebody, stored.invitation_id), somebody)
        return replace(stands, quoted_no_more=stored.quoted_no_more)
    # A first answer has no reason yet, so nothing of it needs to be read again.
    return AnsweredFacts(
        invitation_id=stored.invitation_id,
        asked=stored.question,
        score=stored.score,
        closes_at=stored.closes_at.astimezone(zone_of(somebody)),
        contact=contact(stored.follow_up.channel_id, stored.follow_up.with_whom, stored.score)
        if stored.follow_up
        else None,
        may_be_quoted=stored.may_be_quoted,
    )


async def _offers_links(services: Services, stored: StoredTap, somebody: Somebody) -> bool:
    """Offer a promoter the survey's links, once a quarantine over all surveys."""
    if not (stored.has_links and is_promoter(stored.score)):
        return False
    now = services.clock()
    async with services.database.writing() as session:
        days = await people.quarantine_days(session, somebody.workspace_id)
        return await links.claim_offer(
            session,
            stored.invitation_id,
            somebody.workspace_id,
            somebody.user_id,
            now,
            now - timedelta(days=days),
        )


async def count_opened(services: Services, request: Request, link_id: int) -> None:
    """Count that somebody opened a link. Who did so is written nowhere."""
    async with services.database.writing() as session:
        await links.count_opened(session, request.who.workspace_id, link_id)


async def _ask_why(
    services: Services, facts: AnsweredFacts, somebody: Somebody, trigger_id: str, clicked: Clicked
) -> None:
    about = ReasonFacts(
        facts.invitation_id,
        facts.score,
        facts.asked.drivers,
        facts.comment,
        facts.drivers,
        clicked.written,
        facts.contact,
        facts.may_be_quoted,
        _quoted_as(facts),
    )
    try:
        await services.slack.open_view(trigger_id, reason.render(about, words_of(somebody)))
    except SlackError as error:
        log.warning("reason.not_asked", invitation=facts.invitation_id, code=error.code)


def _quoted_as(facts: AnsweredFacts) -> Quoting | None:
    if facts.quote is None:
        return None
    return Quoting.NAMED if facts.quote.with_name else Quoting.UNNAMED


async def tap_open(services: Services, request: Request, wave_id: int, score: int) -> StoredTap:
    """Store what somebody in the channel chose: when this returns, it is committed. Raises Refused.

    Where they clicked is where the question stands: it is learnt from that, where Slack never confirmed it.
    """
    who, place = request.who, request.clicked.place
    async with services.database.writing() as session:
        invitation_id = await open_question.join(
            session, who.workspace_id, wave_id, who.user_id, services.clock()
        )
        if invitation_id and place:
            await messages.record_question(session, wave_id, place.channel_id, place.ts)
    if invitation_id is None:
        raise refused(AnswerRefusal.WAVE_CLOSED)
    return await tap(services, request, invitation_id, score)
