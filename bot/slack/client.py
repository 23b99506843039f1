"""What we need of Slack, a method each."""

import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from os import SEEK_END
from typing import Any, BinaryIO

import aiohttp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import log
from bot.message import Message
from bot.metrics.counting import counted
from bot.slack.calling import pages, tried
from bot.slack.codes import NO_REPLY, UPLOAD_NOT_TAKEN, Scope, meaning
from bot.slack.errors import SlackBusy, SlackRefused, SlackUnsure
from bot.slack.http import host_of, is_slacks, origin, proxy_for
from bot.slack.objects import Channel, Identity, Posted, Profile, UserGroup

# Unless its logger has a level of its own, the SDK writes out each request and each answer for a line that nobody reads.
_SDK_LOG = logging.getLogger("slack_sdk.web")
_SDK_LOG.setLevel(logging.WARNING)

_UPLOAD_TIMEOUT = aiohttp.ClientTimeout(total=300)


def _moment(header: str) -> datetime | None:
    try:
        return parsedate_to_datetime(header)
    except ValueError:
        return None


class Slack:
    """Slack's Web API, as this app uses it. Each method raises one of the three `errors`, and no other."""

    def __init__(self, token: str, base_url: str, http: aiohttp.ClientSession) -> None:
        self._http = http
        self._base_url = base_url
        self.web = AsyncWebClient(
            token=token, base_url=base_url, session=http, retry_handlers=[], logger=_SDK_LOG
        )
        self._asking = AsyncWebClient(
            token=token,
            base_url=base_url,
            session=http,
            logger=_SDK_LOG,
            retry_handlers=[
                AsyncConnectionErrorRetryHandler(),
                AsyncRateLimitErrorRetryHandler(max_retry_count=3),
            ],
        )
        # Looking through the environment takes longer than a call.
        self._proxy_for = lru_cache(maxsize=16)(proxy_for)
        for one in (self.web, self._asking):
            one.proxy = proxy_for(base_url)  # the SDK's own reading of the environment knows no NO_PROXY

    async def identity(self) -> Identity:
        reply = await tried(self._asking.auth_test)
        headers = {name.lower(): value for name, value in reply.headers.items()}
        return Identity(
            workspace_id=reply["team_id"],
            workspace_name=reply["team"],
            url=reply.get("url") or "",
            bot_user_id=reply["user_id"],
            enterprise_id=reply.get("enterprise_id") or None,
            is_org_wide=bool(reply.get("is_enterprise_install")),
            scopes=frozenset(
                scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",") if scope.strip()
            ),
            told_at=_moment(headers.get("date", "")),
        )

    async def socket_address(self, app_token: str) -> str:
        """Ask where this app may listen in Socket Mode: the app token asks, not the bot's."""
        reply = await tried(self._asking.apps_connections_open, app_token=app_token)
        return str(reply["url"])

    async def profile(self, user_id: str) -> Profile:
        reply = await tried(self._asking.users_info, user=user_id, include_locale=True)
        return _profile(reply["user"])

    async def profiles(self) -> AsyncGenerator[list[Profile], None]:
        """Read everybody in the workspace, page by page."""
        async for page in pages(self._asking.users_list, include_locale=True):
            yield [_profile(user, is_listed=True) for user in page["members"]]

    async def email_addresses(self) -> AsyncIterator[dict[str, str]]:
        """Read who has which e-mail address, in lower case, page by page; nobody's without the scope users:read.email."""
        async for page in pages(self._asking.users_list):
            yield {
                address.casefold(): user["id"]
                for user in page["members"]
                if (address := (user.get("profile") or {}).get("email")) and not user.get("is_bot")
            }

    async def can_see(self, channel_id: str) -> bool:
        """Whether the app may read and write in this channel: a private one it was not invited to is as if it were not."""
        try:
            await tried(self.web.conversations_info, channel=channel_id)
        except SlackRefused as refusal:
            if meaning(refusal.code).scope is not Scope.PLACE:
                raise
            return False
        return True

    async def members(self, channel_id: str) -> AsyncIterator[list[str]]:
        """Read the user ids in a channel, page by page."""
        async for page in pages(self._asking.conversations_members, channel=channel_id):
            yield page["members"]

    async def channels(self) -> AsyncIterator[Channel]:
        """Read the channels that the app can see, without those that are archived."""
        kinds = "public_channel,private_channel"
        async for page in pages(self.web.conversations_list, types=kinds, exclude_archived=True):
            for channel in page["channels"]:
                yield Channel(channel["id"], channel["name"])

    async def user_groups(self) -> list[UserGroup]:
        """Read the workspace's user groups, by name."""
        reply = await tried(self._asking.usergroups_list)
        groups = [UserGroup(group["id"], group["name"]) for group in reply["usergroups"]]
        return sorted(groups, key=lambda group: (group.name.casefold(), group.id))

    async def group_members(self, group_id: str) -> list[str]:
        """Read the user ids of a user group; Slack gives them all at once."""
        reply = await tried(self._asking.usergroups_users_list, usergroup=group_id)
        return list(reply["users"])

    async def post(self, channel_id: str, message: Message, *, thread_ts: str | None = None) -> Posted:
        """Post once, under the message `thread_ts` if given. `channel_id` may be a person's id: a direct message."""
        reply = await tried(
            self.web.chat_postMessage,
            channel=channel_id,
            text=message.text,
            blocks=message.blocks,
            thread_ts=thread_ts,
            unfurl_links=False,
        )
        return Posted(reply["channel"], reply["ts"])

    async def update(self, posted: Posted, message: Message) -> None:
        await tried(
            self._asking.chat_update,
            channel=posted.channel_id,
            ts=posted.ts,
            text=message.text,
            blocks=message.blocks,
        )

    @counted("response_url")
    async def respond(
        self, response_url: str, message: Message, *, in_channel: bool = False, replace: bool = False
    ) -> None:
        """Answer a command or click by the address it came with (five times, within thirty minutes).

        With `replace` the answer takes the place of the message that was clicked, for all who see it. An address that is not Slack's is
        refused: even somebody who knows the signing secret cannot send us elsewhere.
        """
        if not is_slacks(response_url, self._base_url):
            log.warning("response_url.refused", host=host_of(response_url))
            raise SlackRefused("not_slacks_address")
        body = {
            "text": message.text,
            "blocks": message.blocks,
            "unfurl_links": False,
            "replace_original": replace,
        }
        if not replace:
            body["response_type"] = "in_channel" if in_channel else "ephemeral"
        try:
            async with self._http.post(
                response_url, json=body, allow_redirects=False, proxy=self._proxy_for(origin(response_url))
            ) as reply:
                said = (await reply.text()).strip()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SlackUnsure(NO_REPLY) from error
        # Slack says no in words, in JSON, and that with any status.
        refused = re.fullmatch(r'(?:\{.*"error":\s*")?(\w+)(?:".*\})?', said, re.DOTALL)
        if reply.status != HTTPStatus.OK or (refused and refused[1] != "ok"):
            raise SlackRefused(refused[1] if refused else f"http_{reply.status}")

    async def send_file(self, user_id: str, name: str, file: BinaryIO, comment: str) -> None:
        """Send a file once as a direct message, `comment` (mrkdwn) above it; the file is streamed and may be closed.

        Nothing stands in Slack before the last call, so whatever fails earlier is no uncertainty.
        """
        # Unlike a message, a file goes to no person: the direct message must be opened for it.
        direct = await tried(self._asking.conversations_open, users=user_id)
        place = await tried(
            self._asking.files_getUploadURLExternal, filename=name, length=file.seek(0, SEEK_END)
        )
        file.seek(0)
        await self._upload(place["upload_url"], file)
        await tried(
            self.web.files_completeUploadExternal,
            files=[{"id": place["file_id"], "title": name}],
            channel_id=direct["channel"]["id"],
            initial_comment=comment,
        )

    @counted("upload")
    async def _upload(self, url: str, file: BinaryIO) -> None:
        try:
            async with self._http.post(
                url, data=file, timeout=_UPLOAD_TIMEOUT, proxy=proxy_for(url)
            ) as reply:
                status = reply.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SlackBusy(UPLOAD_NOT_TAKEN) from error
        if status != HTTPStatus.OK:
            code = f"upload_{status}"
            raise SlackRefused(code)

    async def open_view(self, trigger_id: str, view: dict[str, Any]) -> str:
        """Open a modal, and return Slack's id of it."""
        reply = await tried(self.web.views_open, trigger_id=trigger_id, view=view)
        return str(reply["view"]["id"])

    async def update_view(self, view_id: str, view: dict[str, Any], seen: str | None = None) -> None:
        """Draw a view again; not if it has changed since it was `seen`, which its hash tells."""
        last = {"hash": seen} if seen else {}
        await tried(self._asking.views_update, view_id=view_id, view=view, **last)

    async def complete_step(
        self, execution_id: str, outputs: dict[str, Any], token: str | None = None
    ) -> None:
        """Tell a workflow that its step is done. `token` is the one that Slack made for this run of it."""
        own = {"token": token} if token else {}
        await tried(
            self._asking.functions_completeSuccess,
            function_execution_id=execution_id,
            outputs=outputs,
            **own,
        )

    async def fail_step(self, execution_id: str, error: str, token: str | None = None) -> None:
        """Tell a workflow that its step was not done; Slack shows `error` to people."""
        own = {"token": token} if token else {}
        await tried(
            self._asking.functions_completeError, function_execution_id=execution_id, error=error, **own
        )

    async def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        await tried(self._asking.views_publish, user_id=user_id, view=view)


async def with_or_without_chart(
    speak: Callable[[Message], Awaitable[Any]], render: Callable[[bool], Message]
) -> Any:  # noqa: ANN401 - whatever `speak` returns
    """Say it with its chart; where Slack does not know charts yet, say the same facts without."""
    try:
        return await speak(render(True))
    except SlackRefused as refusal:
        if meaning(refusal.code).scope is not Scope.DRAWING:
            raise
        return await speak(render(False))


def _profile(user: dict[str, Any], *, is_listed: bool = False) -> Profile:
    in_grid = user.get("enterprise_user") or {}
    workspaces = {user.get("team_id"), *(in_grid.get("teams") or ())}
    is_invited = user.get("is_invited_user", False if is_listed else None)
    return Profile(
        user_id=user["id"],
        locale=user.get("locale") or "en-US",
        time_zone=user.get("tz") or "UTC",
        # Slackbot is a person by its own account.
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_deactivated=bool(user.get("deleted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        workspaces=frozenset(filter(None, workspaces)),
        enterprise_id=in_grid.get("enterprise_id"),
        is_stranger=bool(user.get("is_stranger")),
        has_never_signed_in=None if is_invited is None else bool(is_invited),
    )
