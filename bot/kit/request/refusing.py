"""Every no, in one place: the person reads a sentence in their language, the log gets one line, nobody a traceback."""

from functools import partial
from http import HTTPStatus
from typing import Any

from slack_bolt.response import BoltResponse

from bot.errors import Refused
from bot.kit.people import person, words_of
from bot.kit.request import ANOTHER_WORKSPACE, Request
from bot.kit.services import Services
from bot.kit.speaking import database_is_away, reply
from bot.kit.views import notice_modal, notices
from bot.logs import fault, log, whereabouts
from bot.message import Message
from bot.slack.codes import Scope, meaning
from bot.slack.errors import SlackBusy, SlackError, SlackUnsure
from bot.wording import words_for
from storage.errors import DatabaseBusy

_FOR_ALL = {Scope.WORKSPACE, Scope.POSTING, Scope.ASK, Scope.PASSING}
"""What Slack refuses whatever is asked of it: trying again in a minute mends none of it."""


async def refused(
    services: Services, error: Exception, request: Request, *, acknowledged: bool
) -> BoltResponse | None:
    """Tell the person what is wrong, and return what Slack is told, when it still waits to be told.

    What a person did wrong is answered with 200; what is our fault with 500 or 503, so that Slack shows a warning
    beside the button (and sends an event again) and nobody believes that something was stored.
    """
    notice, status = _meaning(error, request)
    answer = None if acknowledged else BoltResponse(status=status)
    try:
        asker = request.who
    except Refused as refusal:
        if refusal.word == ANOTHER_WORKSPACE and request.response_url:
            # Nothing is asked about somebody who is not ours: they read English.
            await _tell(services, request.response_url, refusal.notice(words_for(None)))
        return answer
    words = words_of(await person(services, asker))
    message = notice(words)
    if request.is_modal and not acknowledged:
        field = request.last_input
        if status == HTTPStatus.OK or field is None:
            modal = notice_modal.render(message, words)
            return BoltResponse(status=HTTPStatus.OK, body={"response_action": "update", "view": modal})
        # Nothing that was typed is lost: the modal stays, and can be sent again.
        return BoltResponse(
            status=HTTPStatus.OK, body={"response_action": "errors", "errors": {field: message.text}}
        )
    if not request.is_event:
        try:
            await reply(services, request, message)
        except SlackError as unheard:
            log.warning("person.not_told", code=unheard.code)
    return answer


async def _tell(services: Services, response_url: str, message: Message) -> None:
    try:
        await services.slack.respond(response_url, message)
    except SlackError as unheard:
        log.warning("person.not_told", code=unheard.code)


def _meaning(error: Exception, request: Request) -> tuple[Any, HTTPStatus]:
    if isinstance(error, Refused):
        log.info("request.refused", word=error.word)
        return error.notice, HTTPStatus.OK
    if isinstance(error, DatabaseBusy):
        log.warning("database.busy")
        return notices.busy, HTTPStatus.SERVICE_UNAVAILABLE
    if database_is_away(error):
        log.error("database.away")
        notice = notices.database_away if request.is_answer else notices.something_went_wrong
        return notice, HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, SlackError):
        log.error("slack.refused", code=error.code, kind=fault(error))
        # An event is sent again by Slack. A person clicks again, or not.
        comes_again = request.is_event and isinstance(error, SlackBusy | SlackUnsure)
        status = HTTPStatus.SERVICE_UNAVAILABLE if comes_again else HTTPStatus.OK
        if meaning(error.code).scope in _FOR_ALL:
            return partial(notices.slack_said_no, error=error.code), status
        return notices.something_went_wrong, status
    log.error("request.failed", kind=fault(error), at=whereabouts(error))
    return notices.something_went_wrong, HTTPStatus.INTERNAL_SERVER_ERROR
