"""The person who said it wants to be quoted no more: their words stand nowhere from then on."""

from bot.answers import answering
from bot.kit.noticing import notify
from bot.kit.people import Who, person, words_of
from bot.kit.request import Request
from bot.kit.request.checked import malformed
from bot.kit.services import Services
from bot.logs import log
from bot.privacy import erasing
from bot.quotes.views import notices
from storage import quotes
from storage.quotes import Quoted
from storage.words import QuoteState


async def take_back(services: Services, request: Request, invitation_id: int) -> None:
    """End the consent, and let every message say so: what was posted, and their own. Raises Refused."""
    who = request.who
    async with services.database.writing() as session:
        quote = await quotes.of_invitation(session, invitation_id)
        if quote and (quote.workspace_id, quote.user_id) != (who.workspace_id, who.user_id):
            raise malformed()
        found = await quotes.quoted(session, quote.id) if quote else None
        is_ended = await quotes.take_back(session, invitation_id)
    if is_ended:
        log.info("quote.taken_back", invitation=invitation_id)
    if found:
        await tell_to_delete(services, found)
    await answering.show_reason(services, who, invitation_id, request.clicked)
    await erasing.redraw_erased(services)


async def tell_to_delete(services: Services, found: Quoted) -> None:
    """Ask who posted it to delete a quote of which Slack never said where it stands."""
    quote = found.quote
    if quote.state is not QuoteState.POSTED or quote.message_ts or not (quote.channel_id and quote.picked_by):
        return
    somebody = await person(services, Who(quote.workspace_id, quote.picked_by))
    message = notices.delete_it(
        words_of(somebody), survey_name=found.survey.name, channel_id=quote.channel_id
    )
    await notify(services, quote.picked_by, f"quote:{quote.id}:{quote.picked_at}:delete", message)
