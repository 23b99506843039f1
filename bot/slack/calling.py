"""One call of Slack's Web API: every way in which it can go wrong becomes one of the three errors."""

from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.metrics.counting import counted
from bot.slack.codes import (
    CANNOT_CONNECT,
    NO_REPLY,
    PROXY_REFUSED,
    RATE_LIMITED,
    UNREADABLE_REPLY,
    Scope,
    meaning,
)
from bot.slack.errors import SlackBusy, SlackError, SlackRefused, SlackUnsure

_PAGE = 999
"""What Slack gives at most; of people it likes to give fewer."""


@counted()
async def tried(call: Callable[..., Awaitable[AsyncSlackResponse]], **arguments: Any) -> AsyncSlackResponse:  # noqa: ANN401 - Slack's own arguments
    try:
        return await call(**arguments)
    except SlackApiError as error:
        raise _outcome(error) from None
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise SlackBusy(CANNOT_CONNECT) from error
    except aiohttp.ClientHttpProxyError as error:  # no tunnel was opened
        raise SlackBusy(PROXY_REFUSED) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise SlackUnsure(NO_REPLY) from error
    except (AttributeError, ValueError) as error:  # the SDK's own, over a reply that it takes for another
        raise SlackUnsure(UNREADABLE_REPLY) from error


def _outcome(error: SlackApiError) -> SlackError:
    reply = error.response
    if isinstance(reply, AsyncSlackResponse):
        said = reply.data.get("error") if isinstance(reply.data, dict) else None
        return _unsaid(reply.status_code, reply) if said is None else _said(str(said), reply)
    return _unsaid(getattr(reply, "status", 0), None)  # a body that was no JSON


def _unsaid(status: int, reply: AsyncSlackResponse | None) -> SlackError:
    """Tell what a reply means that is none of Slack's, but of something on the way to it."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return SlackBusy(RATE_LIMITED, _seconds(reply) if reply else None)
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:  # so it let nothing through
        return SlackBusy(PROXY_REFUSED)
    return SlackUnsure(UNREADABLE_REPLY)


def _said(code: str, reply: AsyncSlackResponse) -> SlackError:
    """Tell what Slack's own word means."""
    scope = meaning(code).scope
    if reply.status_code == HTTPStatus.TOO_MANY_REQUESTS or scope is Scope.PASSING:
        return SlackBusy(code, _seconds(reply))
    if reply.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or scope is Scope.UNSURE:
        return SlackUnsure(code)
    return SlackRefused(code)


def _seconds(reply: AsyncSlackResponse) -> float | None:
    """Read how long to wait, when the reply says it in seconds."""
    wait = {name.lower(): value for name, value in reply.headers.items()}.get("retry-after", "")
    return float(wait) if wait.isascii() and wait.isdigit() else None


async def pages(
    call: Callable[..., Awaitable[AsyncSlackResponse]],
    **arguments: Any,  # noqa: ANN401 - Slack's own arguments
) -> AsyncIterator[AsyncSlackResponse]:
    cursor = ""
    while True:
        page = await tried(call, limit=_PAGE, cursor=cursor or None, **arguments)
        yield page
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
