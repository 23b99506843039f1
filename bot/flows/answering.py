"""A person answers: the tap is stored, then we ask why, then the message says what was chosen."""

from bot.flows.asking import Asked, asked_of, chosen, question, reason_form, refused
from bot.flows.people import Who, person, words_of
from bot.flows.services import Services
from bot.ids import Driver
from bot.logs import log
from bot.slack import Posted, SlackError
from bot.views.message import Message
from storage import answers
from storage.answers import Refusal, Tap
from storage.tables import Person


async def tap(services: Services, who: Who, invitation_id: int, score: int) -> None:
    """Store a tap: when this returns, it is committed. Raises Refused."""
    outcome = await services.taps.store(Tap(invitation_id, who.workspace_id, who.user_id, score))
    if isinstance(outcome, Refusal):
        raise refused(outcome)
    log.info("answer.stored", invitation=invitation_id)


async def show_choice(services: Services, who: Who, invitation_id: int, trigger_id: str) -> None:
    """Ask why, and let the message say what was chosen. The score is safe already: Slack's refusal is only logged."""
    async with services.showing.of(invitation_id):
        somebody, asked = await _asked(services, who, invitation_id)
        await _ask_why(services, asked, somebody, trigger_id)
        await _show(services, asked, chosen(asked, somebody))


async def ask_why(services: Services, who: Who, invitation_id: int, trigger_id: str) -> None:
    """Open the reason's modal, with what the person said before."""
    somebody, asked = await _asked(services, who, invitation_id)
    asked.require_open(services.clock())
    await _ask_why(services, asked, somebody, trigger_id)


async def offer_change(services: Services, who: Who, invitation_id: int) -> None:
    """Show the eleven buttons again, with what stands now."""
    async with services.showing.of(invitation_id):
        somebody, asked = await _asked(services, who, invitation_id)
        asked.require_open(services.clock())
        await _show(services, asked, question(asked, somebody))


async def give_reason(
    services: Services, who: Who, invitation_id: int, comment: str | None, drivers: tuple[Driver, ...]
) -> None:
    """Store the comment and the drivers in place of those that stood. Raises Refused."""
    async with services.database.writing() as session:
        stored = await answers.record_reason(
            session, invitation_id, who.workspace_id, who.user_id, comment, drivers, services.clock()
        )
    if isinstance(stored, Refusal):
        raise refused(stored)
    if not stored:  # no score stands that the reason could explain
        raise refused(Refusal.UNKNOWN_INVITATION)
    log.info("answer.explained", invitation=invitation_id)


async def show_reason(services: Services, who: Who, invitation_id: int) -> None:
    """Let the message say what the person said."""
    async with services.showing.of(invitation_id):
        somebody, asked = await _asked(services, who, invitation_id)
        await _show(services, asked, chosen(asked, somebody))


async def _asked(services: Services, who: Who, invitation_id: int) -> tuple[Person, Asked]:
    somebody = await person(services, who)
    return somebody, await asked_of(services, somebody, invitation_id)


async def _ask_why(services: Services, asked: Asked, somebody: Person, trigger_id: str) -> None:
    form = reason_form(asked, words_of(somebody))
    try:
        await services.slack.open_view(trigger_id, form)
    except SlackError as error:
        log.warning("reason.not_asked", invitation=asked.id, code=error.code)


async def _show(services: Services, asked: Asked, message: Message) -> None:
    at = asked.invitation
    if not (at.channel_id and at.message_ts):
        return  # its delivery is uncertain, and the tap came from App Home
    try:
        await services.slack.update(Posted(at.channel_id, at.message_ts), message)
    except SlackError as error:
        log.warning("message.not_updated", invitation=asked.id, code=error.code)
