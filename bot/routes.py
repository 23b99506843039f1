"""Every id that Slack hands back → its listener, in the order of the journeys."""

import asyncio
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.actions import listeners as actions
from bot.answers import listeners as answers
from bot.api import listeners as api
from bot.ballots import listeners as ballots
from bot.cases import listeners as cases
from bot.comments import listeners as comments
from bot.errors import Replayed
from bot.exporting import listeners as exporting
from bot.home import listeners as home
from bot.home.listeners import Listener, redrawing, redrawing_after
from bot.ids import COMMAND, ActionId, Callback, Field, WorkflowStep
from bot.kit.concurrency.afterwards import Afterwards
from bot.kit.request import Request
from bot.kit.request.admitting import SEEN, let_come_again
from bot.kit.request.checked import Body, malformed
from bot.kit.request.refusing import refused
from bot.kit.services import Services
from bot.logs import log
from bot.metrics.counting import Bound, timed
from bot.privacy import listeners as privacy
from bot.quotes import listeners as quotes
from bot.reports import listeners as reports
from bot.slash_command import nps_typed
from bot.surveys import listeners as surveys
from bot.surveys.rules.steps import CHOICES
from bot.threads import listeners as threads
from bot.waves import listeners as waves
from bot.workspace import listeners as workspace

PATIENCE = 3
"""Seconds that Slack waits for an acknowledgement."""

_REQUEST = "request_at_work"
# What Bolt raises over a body that is not as Slack's are, before any listener of ours has seen it.
_UNREADABLE = (BoltUnhandledRequestError, AttributeError, LookupError, TypeError, ValueError)


def register(bolt: AsyncApp, services: Services) -> None:
    def bound(listener: Listener, *, admits: bool = True) -> Bound:
        return bind(services, listener, admits=admits)

    # Bolt tries one after the other: first comes what many people do at once.
    bolt.action(re.compile(rf"^{re.escape(ActionId.SCORE)}\."))(
        bound(redrawing(answers.score_clicked), admits=False)
    )

    bolt.action(re.compile(rf"^{re.escape(ActionId.OPEN_SCORE)}\."))(
        bound(answers.open_score_clicked, admits=False)
    )

    bolt.action(re.compile(rf"^{re.escape(ActionId.BALLOT_SCORE)}\."))(bound(ballots.ballot_score_clicked))
    bolt.view(Callback.BALLOT)(bound(redrawing(ballots.ballot_sent), admits=False))

    # Everything begins with a word.
    bolt.command(COMMAND)(bound(nps_typed))

    # Ask
    bolt.action(ActionId.NEW_SURVEY)(bound(surveys.new_survey_clicked))
    _register_form(bolt, bound)
    bolt.view(Callback.SURVEY_PREVIEW)(bound(surveys.preview_sent))
    bolt.action(ActionId.EDIT_SURVEY)(bound(surveys.edit_chosen))
    bolt.view(Callback.SURVEY_DELETE)(bound(surveys.delete_sent))
    bolt.action(ActionId.SETTINGS)(bound(workspace.settings_clicked))
    bolt.view(Callback.SETTINGS)(bound(workspace.settings_sent))
    bolt.action(ActionId.EXPORT)(bound(exporting.export_clicked))
    bolt.action(ActionId.OPEN_WAVE)(bound(waves.open_clicked))

    # Answer
    bolt.action(ActionId.CHANGE)(bound(answers.change_clicked))
    bolt.action(ActionId.REASON)(bound(answers.reason_clicked))
    bolt.action(re.compile(rf"^{re.escape(ActionId.LINK)}\."))(bound(answers.link_clicked))
    bolt.view(Callback.REASON)(bound(answers.reason_sent))
    bolt.event("app_home_opened")(bound(home.home_opened))

    # Not now
    bolt.action(ActionId.LATER)(bound(redrawing(answers.later_chosen)))
    bolt.action(ActionId.ASK_NOW)(bound(answers.now_clicked))
    bolt.action(ActionId.STOP_ASKING)(bound(redrawing(answers.stop_clicked)))
    bolt.action(ActionId.ASK_AGAIN)(bound(redrawing(answers.again_clicked)))

    # Watch and steer
    bolt.action(ActionId.WAVES)(bound(waves.waves_clicked))
    bolt.action(ActionId.PAUSE)(bound(waves.pause_clicked))
    bolt.action(ActionId.RESUME)(bound(waves.resume_clicked))
    bolt.action(ActionId.RESEND)(bound(waves.resend_clicked))
    bolt.action(ActionId.CLOSE_WAVE)(bound(waves.close_clicked))
    bolt.action(ActionId.AGREED_OPEN)(bound(waves.open_agreed))
    bolt.action(ActionId.AGREED_CLOSE)(bound(waves.close_agreed))
    bolt.action(ActionId.AGREED_REOPEN)(bound(waves.reopen_agreed))
    bolt.action(ActionId.AGREED_END)(bound(waves.end_agreed))
    bolt.action(ActionId.NOT_NOW)(bound(waves.not_now_clicked))

    _register_followers_up(bolt, bound)
    _register_readers(bolt, bound)

    # A workflow asks
    bolt.function(WorkflowStep.ASK)(bound(api.step_ran))

    # Every no that comes before the acknowledgement, and requests that nobody above expects.
    @bolt.error
    async def not_acknowledged(
        error: Exception, body: Body, context: AsyncBoltContext
    ) -> BoltResponse | None:
        request = context.get(_REQUEST)
        if isinstance(error, Replayed):
            log.warning("request.turned_away", reason="replay")
            return BoltResponse(status=HTTPStatus.UNAUTHORIZED)
        if request is None and isinstance(error, _UNREADABLE):
            error = malformed()
        answer = await refused(
            services, error, request or Request(body, services.installation), acknowledged=False
        )
        if answer and answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR and request and request.seen:
            await let_come_again(services, request.seen)
        return answer


def _register_followers_up(bolt: AsyncApp, bound: Callable[[Listener], Bound]) -> None:
    # Follow up
    bolt.action(re.compile(rf"^{re.escape(ActionId.CASE_LIST)}\."))(bound(cases.list_turned))
    bolt.action(ActionId.CASE_TAKE)(bound(cases.take_clicked))
    bolt.action(ActionId.CASE_CONTACTED)(bound(cases.contacted_clicked))
    bolt.action(ActionId.CASE_HAND_OVER)(bound(cases.hand_over_chosen))
    bolt.action(ActionId.CASE_CLOSE)(bound(cases.close_clicked))
    bolt.view(Callback.CASE_CLOSE)(bound(cases.close_sent))
    bolt.action(ActionId.CASE_REOPEN)(bound(cases.reopen_clicked))
    bolt.action(ActionId.CASE_SETTLED)(bound(redrawing(cases.settled_clicked)))
    bolt.action(ActionId.CASE_WITHDRAW)(bound(redrawing(cases.withdraw_clicked)))

    # Quote
    bolt.action(ActionId.QUOTE)(bound(quotes.quote_clicked))
    bolt.view(Callback.QUOTE)(bound(quotes.quote_sent))
    bolt.action(ActionId.QUOTE_UNDO)(bound(quotes.undo_clicked))
    bolt.action(ActionId.QUOTE_TAKE_BACK)(bound(redrawing(quotes.take_back_clicked)))
    bolt.action(ActionId.QUOTE_TAKE_BACK_HERE)(bound(redrawing(quotes.take_back_here_clicked)))

    # Write back
    bolt.action(ActionId.THREAD_WRITE)(bound(threads.write_clicked))
    bolt.view(Callback.THREAD_WRITE)(bound(threads.letter_sent))
    bolt.action(ActionId.THREAD_STOP)(bound(threads.stop_clicked))
    bolt.action(ActionId.THREAD_ANSWER)(bound(threads.answer_clicked))
    bolt.view(Callback.THREAD_ANSWER)(bound(threads.answer_sent))
    bolt.action(ActionId.THREAD_END)(bound(threads.end_clicked))

    # Tell what was done
    bolt.action(ActionId.ACTIONS)(bound(actions.list_clicked))
    bolt.action(ActionId.ACTIONS_OLDER)(bound(actions.older_clicked))
    bolt.action(ActionId.ACTION_NEW)(bound(actions.new_clicked))
    bolt.action(ActionId.ACTION_NEW_FOR)(bound(actions.new_chosen))
    bolt.action(ActionId.ACTION_CHANGE)(bound(actions.change_clicked))
    bolt.view(Callback.ACTION)(bound(redrawing(actions.action_sent)))


def _register_form(bolt: AsyncApp, bound: Callable[[Listener], Bound]) -> None:
    """Register what people use within the form of a survey."""
    bolt.view(Callback.SURVEY_FORM)(bound(surveys.form_sent))
    for choice in CHOICES:
        bolt.action(choice)(bound(surveys.form_changed))
    bolt.action(ActionId.FORM_BACK)(bound(surveys.back_clicked))
    bolt.action(ActionId.SAVE_FOR_LATER)(bound(surveys.save_for_later_clicked))


def _register_readers(bolt: AsyncApp, bound: Callable[[Listener], Bound]) -> None:
    # Read
    bolt.action(ActionId.SHARE)(bound(reports.share_clicked))
    bolt.action(ActionId.TREND)(bound(reports.trend_clicked))
    bolt.action(ActionId.DRIVERS)(bound(reports.drivers_clicked))
    bolt.action(ActionId.SEGMENTS)(bound(reports.segments_clicked))
    bolt.action(ActionId.COMMENTS)(bound(comments.comments_clicked))
    bolt.action(ActionId.WHO)(bound(reports.who_clicked))
    bolt.action(Field.COMMENT_CATEGORY)(bound(comments.comments_chosen))
    bolt.action(Field.COMMENT_DRIVER)(bound(comments.comments_chosen))
    bolt.view(Callback.COMMENTS)(bound(comments.comments_searched))
    bolt.action(re.compile(rf"^{re.escape(ActionId.BALLOT_COMMENTS)}"))(
        bound(comments.anonymous_onwards_clicked)
    )
    bolt.action(ActionId.COMMENTS_OLDER)(bound(comments.older_clicked))
    bolt.action(ActionId.COMMENTS_NEWER)(bound(comments.newer_clicked))
    bolt.action(Field.WHO)(bound(reports.who_chosen))
    bolt.action(ActionId.WHO_ONWARDS)(bound(reports.onwards_clicked))
    bolt.action(ActionId.WHO_BACK)(bound(reports.back_clicked))

    # What is kept about somebody
    bolt.action(ActionId.ABOUT_ME)(bound(privacy.me_clicked))
    bolt.action(ActionId.PRIVACY)(bound(privacy.notice_clicked))
    bolt.action(ActionId.MY_FILE)(bound(privacy.file_clicked))
    bolt.action(ActionId.ERASE_ME)(bound(privacy.erase_clicked))
    bolt.event("app_uninstalled")(bound(privacy.app_removed))
    bolt.event("tokens_revoked")(bound(privacy.tokens_revoked))
    bolt.view(Callback.ERASE_ME)(bound(redrawing_after(privacy.erase_sent)))


def bind(services: Services, listener: Listener, *, admits: bool = True) -> Bound:
    """Make of a listener what Bolt awaits: it returns at the acknowledgement, and the listener works on by itself.

    Each request is admitted once, before its listener; with `admits` False the listener does so itself, in the
    transaction that stores what it brought.
    """
    at_work: set[asyncio.Task[None]] = set()

    async def run(body: Body, context: AsyncBoltContext) -> BoltResponse:
        request = context[_REQUEST] = Request(body, services.installation, context.get(SEEN))
        ack = _Ack(services.afterwards)
        work = asyncio.create_task(
            _work(services, listener, ack, request, admits=admits), name=f"listener {listener.__name__}"
        )
        at_work.add(work)  # asyncio itself forgets a task that nobody holds
        work.add_done_callback(at_work.discard)
        try:
            async with asyncio.timeout(PATIENCE):
                return await ack.given
        except TimeoutError:
            # Slack's patience is over and nothing is stored yet: this is no yes. The listener still works, and what
            # becomes of it the person will read.
            log.warning("request.slow")
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)

    return timed(listener.__name__, run)


class _Ack(AsyncAck):
    """Bolt's own, which also tells when it is called: Bolt itself would look every 10 ms.

    It returns when what follows may begin.
    """

    def __init__(self, afterwards: Afterwards) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._afterwards = afterwards
        self.given: asyncio.Future[BoltResponse] = asyncio.get_running_loop().create_future()

    async def __call__(self, *said: Any, **named: Any) -> BoltResponse:  # noqa: ANN401 - whatever Bolt's takes
        response = await super().__call__(*said, **named)
        if not self.given.done():
            self.given.set_result(response)
        await self._afterwards.begin()
        return response


async def _work(services: Services, listener: Listener, ack: _Ack, request: Request, *, admits: bool) -> None:
    try:
        if admits and request.seen and not await services.admissions.do(request.seen):
            raise Replayed  # noqa: TRY301 - answered like every other no before the acknowledgement
        await listener(services, ack, request)
    except Exception as error:  # noqa: BLE001 - before the acknowledgement it is Bolt's to hand on, afterwards ours
        if ack.given.done():
            await refused(services, error, request, acknowledged=True)
        else:
            ack.given.set_exception(error)
