"""Socket Mode is tried with its app token before anything waits for it: with a wrong one that would be for ever."""

from bot.errors import NotReadyError
from bot.slack.client import Slack
from bot.slack.errors import SlackRefused


async def socket_address(slack: Slack, app_token: str) -> str:
    """Return where Slack lets this app listen. Raises NotReadyError when Slack refuses the token, SlackError otherwise."""
    try:
        return await slack.socket_address(app_token)
    except SlackRefused as error:
        message = (
            f"Slack does not take SLACK_APP_TOKEN ({error.code}). Make one with connections:write under "
            "Basic Information, App-Level Tokens, and turn Socket Mode on."
        )
        raise NotReadyError(message) from None
