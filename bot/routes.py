"""Every id that Slack hands back → its listener, in the order of the journeys."""

import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.flows.services import Services
from bot.ids import COMMAND, Action, Callback
from bot.listeners import answering, commands, home, reporting, surveying
from bot.listeners.body import Body, malformed
from bot.listeners.refusing import refused
from bot.logs import log

Listener = Callable[[Services, AsyncAck, Body], Awaitable[None]]
Bound = Callable[[AsyncAck, Body, AsyncBoltContext], Awaitable[None]]

_AT_WORK = "listener_at_work"
# What Bolt raises over a body that is not as Slack's are, before any listener of ours has seen it.
_UNREADABLE = (BoltUnhandledRequestError, AttributeError, LookupError, TypeError, ValueError)


def register(bolt: AsyncApp, services: Services) -> None:
    def bound(listener: Listener) -> Bound:
        return _bound(services, listener)

    # Everything begins with a word.
    bolt.command(COMMAND)(bound(commands.nps_typed))

    # Ask
    bolt.action(Action.NEW_SURVEY)(bound(surveying.new_survey_clicked))
    bolt.view(Callback.SURVEY_FORM)(bound(surveying.survey_sent))
    bolt.view(Callback.SURVEY_PREVIEW)(bound(surveying.preview_sent))
    bolt.action(Action.OPEN_WAVE)(bound(surveying.open_clicked))

    # Answer
    bolt.action(re.compile(rf"^{re.escape(Action.SCORE)}\."))(bound(answering.score_clicked))
    bolt.action(Action.CHANGE)(bound(answering.change_clicked))
    bolt.action(Action.REASON)(bound(answering.reason_clicked))
    bolt.view(Callback.REASON)(bound(answering.reason_sent))
    bolt.event("app_home_opened")(bound(home.home_opened))

    # Read
    bolt.action(Action.SHARE)(bound(reporting.share_clicked))

    # Every no that comes before the acknowledgement, and requests that nobody above expects.
    @bolt.error
    async def not_acknowledged(
        error: Exception, body: Body, context: AsyncBoltContext
    ) -> BoltResponse | None:
        if _AT_WORK in context and isinstance(error, BoltUnhandledRequestError):
            # Slack's three seconds are over and nothing is stored yet: this is no yes. The listener still works, and
            # what becomes of it the person will read.
            log.warning("request.slow")
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        if _AT_WORK not in context and isinstance(error, _UNREADABLE):
            error = malformed()
        return await refused(services, error, body, acknowledged=False)


def _bound(services: Services, listener: Listener) -> Bound:
    async def run(ack: AsyncAck, body: Body, context: AsyncBoltContext) -> None:
        context[_AT_WORK] = True
        try:
            await listener(services, ack, body)
        except Exception as error:
            # Bolt forgets an acknowledgement when its listener fails within ten milliseconds after it, and Slack
            # would then wait in vain: after the acknowledgement, no error leaves this function.
            if ack.response is None:
                raise
            await refused(services, error, body, acknowledged=True)

    return run
