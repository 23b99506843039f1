"""Somebody asks what is kept about them, and takes it with them."""

from collections.abc import Sequence
from io import BytesIO

from bot.answers.question import own_quote
from bot.ballots.linking import own_threads
from bot.errors import Refused
from bot.kit.people import Who, person, words_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.logs import log
from bot.privacy.kept_file import as_file
from bot.privacy.views import about_me, before_erasing, my_file
from bot.privacy.views.about_me import AboutMeFacts
from bot.slack.errors import SlackError
from storage import quotes
from storage.privacy.erasing import Held, holds
from storage.privacy.keeping import kept_about
from storage.quotes import Quoted


async def show_about_me(services: Services, request: Request) -> None:
    """Open the modal that says how much is kept."""
    somebody = await person(services, request.who)
    facts = await _about(services, request.who)
    await services.slack.open_view(request.trigger_id, about_me.render(facts, words_of(somebody)))


async def redraw_about_me(services: Services, request: Request) -> None:
    """Let the modal say how much is kept now."""
    somebody = await person(services, request.who)
    facts = await _about(services, request.who)
    await services.slack.update_view(request.view_id, about_me.render(facts, words_of(somebody)))


async def show_before_erasing(services: Services, request: Request) -> None:
    """Let the modal say what erasing does."""
    somebody = await person(services, request.who)
    facts = await _about(services, request.who)
    await services.slack.update_view(request.view_id, before_erasing.render(facts, words_of(somebody)))


async def send_file(services: Services, request: Request) -> None:
    """Send all that is kept as a file to the person alone. Raises Refused."""
    who = request.who
    somebody = await person(services, who)
    async with services.database.reading() as session:
        kept = await kept_about(session, who.workspace_id, who.user_id)
        threads = await own_threads(session, services.secret, who.workspace_id, who.user_id)
    file = BytesIO(as_file(kept, who.user_id, services.clock(), threads))
    words = words_of(somebody)
    try:
        await services.slack.send_file(who.user_id, my_file.NAME, file, my_file.caption(words))
    except SlackError as error:
        log.warning("person.file_not_sent", code=error.code)
        raise Refused("file_not_sent", my_file.not_sent) from error
    log.info("person.told_what_is_kept")
    facts = await _about(services, who, sent=True)
    await services.slack.update_view(request.view_id, about_me.render(facts, words))


def facts_of(held: Held, quoted: Sequence[Quoted], *, sent: bool = False) -> AboutMeFacts:
    return AboutMeFacts(
        questions=held.questions,
        open_answers=held.open_answers,
        closed_answers=held.closed_answers,
        comments=held.comments,
        imported=held.imported,
        manages=held.manages,
        wants_none=held.wants_none,
        asked_by_deleted=held.asked_by_deleted,
        sent=sent,
        quotes=tuple(own_quote(*one) for one in quoted),
    )


async def _about(services: Services, who: Who, *, sent: bool = False) -> AboutMeFacts:
    async with services.database.reading() as session:
        held = await holds(session, who.workspace_id, who.user_id)
        quoted = await quotes.of_person(session, who.workspace_id, who.user_id, about_me.QUOTES_SHOWN)
    return facts_of(held, quoted, sent=sent)
