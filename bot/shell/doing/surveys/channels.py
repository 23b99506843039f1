"""Channels and user groups as an operator writes them: an id, or a name."""

from collections.abc import Collection

from bot.kit.views.remedy import remedy
from bot.shell.kit.sentences import WrongInput
from bot.shell.kit.terminal import WORDS, NotDone
from bot.slack.client import Slack
from bot.slack.errors import SlackError


async def channel_ids(slack: Slack, written: Collection[str]) -> dict[str, str]:
    """Give the id of each channel. Slack is asked only when one is written as #name. Raises WrongInput, NotDone."""
    known: dict[str, str] = {}
    if any(one.startswith("#") for one in written):
        try:
            known = {f"#{channel.name}": channel.id async for channel in slack.channels()}
        except SlackError as error:
            message = (
                f"Slack did not list its channels ({error.code}): give the channel's id instead of its name."
            )
            raise NotDone(message) from None
    for one in written:
        if one.startswith("#") and one not in known:
            message = (
                f"I see no channel {one}. If it is private, invite the app there, or give the channel's id."
            )
            raise WrongInput(message)
    return {one: known.get(one, one) for one in written}


async def user_group_ids(slack: Slack, written: Collection[str], option: str = "--user-group") -> list[str]:
    """Give the id of each user group that the workspace has. Raises WrongInput, NotDone."""
    if not written:
        return []
    try:
        groups = await slack.user_groups()
    except SlackError as error:
        message = f"Slack did not list its user groups. {remedy(error.code, WORDS)}"
        raise NotDone(message) from None
    known = {name.casefold(): group.id for group in groups for name in (group.id, group.name)}
    for one in written:
        if one.casefold() not in known:
            named = ", ".join(group.name for group in groups) or "none"
            message = f"{option}: I know no user group “{one}”. This workspace has: {named}."
            raise WrongInput(message)
    return [known[one.casefold()] for one in written]
