"""Somebody wants to be asked later, or never again; and may think better of it."""

from bot.answers.question import (
    AskedQuestion,
    asked_below,
    asked_of,
    older_place,
    places_of,
    question,
    refused,
    with_acted,
)
from bot.answers.rules.snoozing import Later, snoozed_until
from bot.answers.views import opted_out, snoozed
from bot.answers.views.opted_out import OptedOutFacts
from bot.answers.views.snoozed import SnoozedFacts
from bot.errors import Refused
from bot.kit.people import Who, person, words_of, zone_of
from bot.kit.request import Clicked, Request
from bot.kit.services import Services
from bot.kit.speaking import show
from bot.kit.views import notices
from bot.kit.workplace import working_time
from bot.logs import log
from bot.slack.objects import Posted
from storage.answers import AnswerRefusal
from storage.delivery import invitations
from storage.kit import people, preferences
from storage.tables import Person
from storage.words import InvitationState


async def ask_later(services: Services, request: Request, invitation_id: int, later: Later) -> None:
    """Put the question off, and let the message say until when. Raises Refused."""
    somebody, asked = await _open(services, request, invitation_id)
    if asked.invitation.state is InvitationState.ANSWERED:
        raise Refused("already_answered", notices.already_answered)
    now = services.clock()
    until = snoozed_until(later, now, somebody.time_zone, asked.wave.closes_at, await working_time(services))
    if until is None:
        raise Refused("snooze_too_late", notices.snooze_too_late)
    async with services.database.writing() as session:
        if await preferences.opted_out_among(session, somebody.workspace_id, [somebody.user_id]):
            raise Refused("snooze_unwanted", notices.snooze_unwanted)
        if not await invitations.snooze(session, invitation_id, until, now):
            raise Refused("nothing_to_put_off", notices.nothing_to_put_off)
    log.info("invitation.snoozed", invitation=invitation_id)
    facts = SnoozedFacts(asked.id, asked.question, until.astimezone(zone_of(somebody)))
    also = await places_of(services, asked.invitation)  # chosen in App Home, the message follows
    await show(services, request.clicked, snoozed.render(facts, words_of(somebody)), *also)


async def ask_now(services: Services, request: Request, invitation_id: int) -> None:
    """Show the question again where it was put off; until it is answered, it still comes at its time. Raises Refused."""
    somebody, asked = await _open(services, request, invitation_id)
    asked, working = await with_acted(services, asked), await working_time(services)
    await show(services, request.clicked, question(asked, somebody, services.clock(), working))


async def stop_asking(services: Services, request: Request) -> None:
    """Ask this person nothing from now on, and let the message say so."""
    who = request.who
    async with services.database.writing() as session:
        await preferences.opt_out(session, who.workspace_id, who.user_id, services.clock())
    log.info("person.opted_out")
    somebody = await person(services, who)
    message = opted_out.render(OptedOutFacts(), words_of(somebody))
    places = [place for asked in await _unanswered(services, who) for place in await _places(services, asked)]
    await show(services, request.clicked, message, *places)


async def ask_again(services: Services, request: Request) -> None:
    """Ask this person as before, and let the message say so."""
    who = request.who
    async with services.database.writing() as session:
        await preferences.undo_opt_out(session, who.workspace_id, who.user_id)
        days = await people.quarantine_days(session, who.workspace_id)
    log.info("person.opted_in")
    somebody, now, working = await person(services, who), services.clock(), await working_time(services)
    facts = OptedOutFacts(asked_again=True, quarantine_days=days)
    await show(services, request.clicked, opted_out.render(facts, words_of(somebody)))
    for asked in await _unanswered(services, who):
        older = older_place(asked.invitation)
        shown = {request.clicked.place, older}
        places = [one for one in await _places(services, asked) if one not in shown]
        again = question(await with_acted(services, asked), somebody, now, working)
        await show(services, Clicked(), again, *places)
        if older and older != request.clicked.place:
            await show(services, Clicked(), asked_below(asked, somebody), older)


async def _open(services: Services, request: Request, invitation_id: int) -> tuple[Person, AskedQuestion]:
    somebody = await person(services, request.who)
    asked = await asked_of(services, somebody, invitation_id)
    if not asked.is_open(services.clock()):
        raise refused(AnswerRefusal.WAVE_CLOSED)
    return somebody, asked


async def _unanswered(services: Services, who: Who) -> list[AskedQuestion]:
    """Return the open questions that this person has not answered."""
    async with services.database.reading() as session:
        rows = await invitations.open_invitations_of(session, who.workspace_id, who.user_id)
    return [
        asked
        for row in rows
        if (asked := AskedQuestion(*row)).answer is None and asked.is_open(services.clock())
    ]


async def _places(services: Services, asked: AskedQuestion) -> list[Posted]:
    return await places_of(services, asked.invitation)
