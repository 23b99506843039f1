"""A person answers the team, or ends the conversation. No row and no log line says who it was."""

from datetime import datetime

from bot.ballots.sealing import WrongSecret, open_link
from bot.comments.rules.place import read
from bot.errors import Refused
from bot.kit.people import Who, glimpsed, words_of
from bot.kit.request import Request
from bot.kit.request.checked import malformed
from bot.kit.services import Services
from bot.kit.speaking import show
from bot.kit.views import notice_modal
from bot.logs import log
from bot.message import Json
from bot.threads.timing import drawn_hour
from bot.threads.views import answer as view
from bot.threads.views import letter, notices
from bot.threads.views.answer import ThreadAnswerFacts
from bot.threads.writing import require
from storage import threads
from storage.threads import FoundThread
from storage.words import LETTER_LENGTH, ThreadEnding


async def show_window(services: Services, request: Request) -> None:
    """Open the window for an answer. Raises Refused."""
    found = await _mine(services, request.who, request.value)
    somebody = await glimpsed(services, request.who)
    await services.slack.open_view(
        request.trigger_id, view.render(ThreadAnswerFacts(found.thread.key), words_of(somebody))
    )


async def answer(services: Services, request: Request, text: str) -> Json:
    """Let an answer wait for its hour, and return the window that says so. Raises Refused."""
    found = await _mine(services, request.who, request.written)
    if not text:
        raise Refused("empty_letter", notices.empty)
    due_at = await _drawn(services, found)
    async with services.database.writing() as session:
        outcome = await threads.write(session, found.thread.key, text[:LETTER_LENGTH], due_at)
    require(outcome)
    log.info("letter.answered")
    words = words_of(await glimpsed(services, request.who))
    return notice_modal.render(notices.on_its_way(words), words)


async def end(services: Services, request: Request) -> None:
    """Destroy what joins the conversation to the person; managers read some hours later that it is over. Raises Refused."""
    found = await _mine(services, request.who, request.value)
    shown_at = await _drawn(services, found)
    async with services.database.writing() as session:
        is_done = await threads.end(session, found.thread, ThreadEnding.PERSON, services.clock(), shown_at)
    if is_done:
        log.info("thread.ended", by="person")
    words = words_of(await glimpsed(services, request.who))
    await show(services, request.clicked, letter.ended(words, survey_name=found.survey.name))


async def _mine(services: Services, who: Who, written: str) -> FoundThread:
    """Return an open conversation of this person's. Raises Refused."""
    place = read(written)
    if place is None or place.after is not None:
        raise malformed()
    async with services.database.reading() as session:
        found = await threads.found(session, who.workspace_id, place.key)
    if found is None or found.thread.sealed is None:
        raise Refused("thread_over", notices.over)
    try:
        is_theirs = open_link(services.secret, found.thread.sealed) == who.user_id
    except WrongSecret:
        log.error("threads.stay_sealed")
        raise Refused("thread_sealed", notices.sealed) from None
    if not is_theirs:
        raise Refused("not_their_thread", notices.not_yours)
    return found


async def _drawn(services: Services, found: FoundThread) -> datetime:
    async with services.database.reading() as session:
        manager_id = await threads.last_author(session, found.thread.key)
    return await drawn_hour(services, manager_id)
