"""Commands that work with the real database and the real Slack."""

import asyncio
from collections.abc import Awaitable, Callable

from bot import logs, settings
from bot.app import App, app_for
from bot.errors import Refused
from bot.shell.kit.sentences import Output
from bot.shell.kit.terminal import WORDS, NotDone, plain
from bot.slack.errors import SlackError


def run(work: Callable[[App], Awaitable[Output]]) -> Output:
    """Do the work from a command, and wait until it is done. Raises NpsBotError."""
    return asyncio.run(at_work(work))


async def at_work(work: Callable[[App], Awaitable[Output]]) -> Output:
    """Open the app, do the work, and close the app. Raises NpsBotError."""
    logs.silence()
    async with app_for(settings.load()) as app:
        try:
            return await work(app)
        except Refused as refusal:
            raise NotDone(plain(refusal.notice(WORDS))) from None
        except SlackError as error:
            message = (
                f"Slack did not do what it was asked ({error.code}). Run nps-bot doctor to see what to do."
            )
            raise NotDone(message) from None
