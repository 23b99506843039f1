"""A manager writes back to somebody who allowed it, without learning who that is, and ends the conversation."""

from functools import partial

from bot.comments import commenting
from bot.comments.conversing import ending_told, letters_told
from bot.comments.rules.place import Place, read
from bot.errors import Refused
from bot.kit.finding import survey_with_id
from bot.kit.people import manager, words_of
from bot.kit.request import Request
from bot.kit.request.checked import malformed
from bot.kit.services import Services
from bot.logs import log
from bot.message import Json
from bot.reports.anonymous import waves_with_comments
from bot.threads.timing import drawn_hour
from bot.threads.views import conversation, notices
from bot.threads.views.conversation import ConversationFacts
from storage import threads
from storage.tables import Person
from storage.threads import Conversation, FoundThread, LetterWritten
from storage.words import LETTER_LENGTH, ThreadEnding


async def show(services: Services, request: Request) -> None:
    """Let the window of comments show one conversation. Raises Refused."""
    somebody, found, place = await _found(services, request, request.value)
    async with services.database.reading() as session:
        letters = (await threads.letters_of(session, [place.key])).get(place.key, [])
    told = letters_told(Conversation(found.thread, letters), services.clock())
    facts = ConversationFacts(
        place.key,
        found.survey.name,
        found.comment,
        told[-conversation.SHOWN :],
        ending_told(found.thread),
        (place.after[0], place.after[1].hex()) if place.after else None,
        has_earlier=len(told) > conversation.SHOWN,
    )
    await services.slack.update_view(request.view_id, conversation.render(facts, words_of(somebody)))


async def write(services: Services, request: Request, text: str) -> Json:
    """Let a letter wait for its hour, and return the comments. Raises Refused."""
    somebody, found, place = await _found(services, request, request.written)
    if not text:
        raise Refused("empty_letter", notices.empty)
    due_at = await drawn_hour(services, somebody.user_id)
    async with services.database.writing() as session:
        outcome = await threads.write(session, place.key, text[:LETTER_LENGTH], due_at, somebody.user_id)
    require(outcome)
    log.info("letter.written")
    return await _comments(services, request, somebody, found, place)


async def stop(services: Services, request: Request) -> None:
    """End a conversation for the team, and let the window show the comments. Raises Refused."""
    somebody, found, place = await _found(services, request, request.value)
    async with services.database.writing() as session:
        is_done = await threads.end(session, found.thread, ThreadEnding.TEAM, services.clock(), None)
    if is_done:
        log.info("thread.ended", by="team")
    comments = await _comments(services, request, somebody, found, place)
    await services.slack.update_view(request.view_id, comments)


def require(outcome: LetterWritten) -> None:
    """Raise Refused where a letter was not taken."""
    if outcome is LetterWritten.OVER:
        raise Refused("thread_over", notices.over)
    if outcome is LetterWritten.TOO_MANY:
        raise Refused("their_turn", partial(notices.their_turn, most=threads.MOST_IN_A_ROW))


async def _found(services: Services, request: Request, written: str) -> tuple[Person, FoundThread, Place]:
    """Return a conversation about a comment which the gate lets managers read. Raises Refused."""
    somebody = await manager(services, request.who)
    if (place := read(written)) is None:
        raise malformed()
    async with services.database.reading() as session:
        found = await threads.found(session, request.who.workspace_id, place.key)
        shown = {one.id for one in await waves_with_comments(session, found.survey)} if found else set()
    if found is None or found.wave.id not in shown:
        raise Refused("thread_gone", notices.gone)
    return somebody, found, place


async def _comments(
    services: Services, request: Request, somebody: Person, found: FoundThread, place: Place
) -> Json:
    survey = await survey_with_id(services, request.who, found.survey.id)
    return await commenting.anonymous_comments(services, survey, somebody, place.after)
