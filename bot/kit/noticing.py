"""Managers are told: what they are to hear is written down, and said once, as soon as Slack takes it."""

from bot.kit.outage import is_stopped, spoken
from bot.kit.services import Services
from bot.logs import log
from bot.message import Message, sentence
from bot.slack.errors import SlackBusy, SlackError, SlackRefused
from storage.kit import notices
from storage.tables import Notice

_BATCH = 50


async def notify(services: Services, user_id: str, about: str, message: Message) -> None:
    """Tell somebody once about a matter: now, or when Slack takes messages again."""
    async with services.database.writing() as session:
        await notices.write(session, services.workspace_id, user_id, about, message.text, services.clock())
    await say_notices(services)


async def say_notices(services: Services) -> None:
    """Say whatever waits to be said to managers, unless Slack takes nothing."""
    async with services.database.reading() as session:
        waiting = await notices.waiting(session, services.workspace_id, _BATCH)
    for notice in waiting:
        if await is_stopped(services):
            return
        await say(services, notice)


async def say(services: Services, notice: Notice) -> bool | None:
    """Say one notice; whether Slack answered, and None when another process has it."""
    async with services.database.writing() as session:
        if not await notices.claim(session, notice.id, services.clock()):
            return None
    code, is_answered = None, True
    try:
        await spoken(services, lambda: services.slack.post(notice.user_id, sentence(notice.text)))
    except SlackBusy:
        async with services.database.writing() as session:
            await notices.put_back(session, notice.id)
        return False
    except SlackError as error:
        log.warning("manager.not_told", notice=notice.id, code=error.code)
        code, is_answered = error.code, isinstance(error, SlackRefused)
    async with services.database.writing() as session:
        await notices.settle(session, notice.id, services.clock(), code)
    return is_answered
