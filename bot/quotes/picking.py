"""A manager picks a quote for a channel or the next digest, and thinks better of it."""

from bot.comments import commenting
from bot.comments.rules.typed import WantedComments
from bot.errors import Refused
from bot.kit.people import manager, words_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.logs import log
from bot.message import Json
from bot.privacy import erasing
from bot.quotes.posting import post
from bot.quotes.views import form, notices
from bot.quotes.views.form import QuoteFormFacts
from bot.quotes.withdrawing import tell_to_delete
from storage import quotes
from storage.quotes import Quoted
from storage.words import QuoteState


async def show_form(services: Services, request: Request, quote_id: int, shown: int) -> None:
    """Let the modal ask where the quote is to stand. Raises Refused."""
    somebody = await manager(services, request.who)
    found = await _found(services, request, quote_id)
    facts = QuoteFormFacts(
        quote_id,
        found.survey.name,
        found.comment,
        shown,
        found.quote.user_id if found.quote.with_name else None,
        _digest_channel(found),
    )
    await services.slack.update_view(request.view_id, form.render(facts, words_of(somebody)))


async def pick(
    services: Services, request: Request, quote_id: int, channel_id: str | None, chosen: WantedComments
) -> Json:
    """Let a quote come there, or with the next digest, and return the comments. Raises Refused."""
    await manager(services, request.who)
    found = await _found(services, request, quote_id)
    if channel_id is None and _digest_channel(found) is None:
        raise Refused("no_channel", notices.no_channel)
    async with services.database.writing() as session:
        is_ours = await quotes.pick(session, found.quote, request.who.user_id, channel_id, services.clock())
    if not is_ours:
        raise Refused("picked_already", notices.picked_already)
    log.info("quote.picked", quote=quote_id)
    return await commenting.page_of(services, request.who, found.survey.id, chosen)


async def post_now(services: Services, request: Request, quote_id: int, chosen: WantedComments) -> None:
    """Post a quote that was picked for a channel, and let the comments say where it stands."""
    found = await _found(services, request, quote_id)
    if found.quote.state is QuoteState.PICKED and found.quote.channel_id:
        await post(services, found)
        page = await commenting.page_of(services, request.who, found.survey.id, chosen)
        await services.slack.update_view(request.view_id, page)


async def undo(services: Services, request: Request, quote_id: int, chosen: WantedComments) -> None:
    """Let a quote stand nowhere, and the modal say so. Raises Refused."""
    await manager(services, request.who)
    found = await _found(services, request, quote_id)
    async with services.database.writing() as session:
        if found.quote.state is QuoteState.POSTED:
            is_undone = await quotes.take_down(session, found.quote)
        else:
            is_undone = await quotes.put_back(session, found.quote)
    if not is_undone:
        raise Refused("picked_already", notices.picked_already)
    log.info("quote.undone", quote=quote_id)
    await tell_to_delete(services, found)
    await erasing.redraw_erased(services)
    await services.slack.update_view(
        request.view_id, await commenting.page_of(services, request.who, found.survey.id, chosen)
    )


async def _found(services: Services, request: Request, quote_id: int) -> Quoted:
    async with services.database.reading() as session:
        found = await quotes.quoted(session, quote_id)
    if found is None or found.quote.workspace_id != request.who.workspace_id:
        raise Refused("quote_gone", notices.gone)
    return found


def _digest_channel(found: Quoted) -> str | None:
    return None if found.survey.ended_at else found.survey.digest_channel
