"""Somebody erases what is kept about them; the messages that showed it, and the files that held it, follow."""

from datetime import timedelta
from functools import partial

from bot.ballots.linking import forget_links
from bot.kit.outage import is_stopped, spoken
from bot.kit.people import Who
from bot.kit.services import Services
from bot.logs import log
from bot.privacy.views import erased
from bot.slack.errors import SlackBusy, SlackError, SlackUnsure
from bot.slack.objects import Posted
from bot.wording import words_for
from storage.kit import preferences
from storage.privacy import erased_messages
from storage.privacy.emptied import settle_emptied, take_emptied
from storage.privacy.erasing import Held, erase_person
from storage.privacy.scrubbing import is_large, scrub
from storage.tables import ErasedMessage

# As with questions that are closed: Slack takes fifty changes a minute, and those that people wait for come first.
AT_ONCE = 8
LEASE = timedelta(minutes=5)


async def erase(services: Services, who: Who, *, wants_none: bool = False) -> Held:
    """Erase what is kept about a person; with `wants_none` nothing is asked of them any more. Returns what went."""
    now = services.clock()
    async with services.database.writing() as session:
        held = await erase_person(session, who.workspace_id, who.user_id, now)
        await forget_links(session, services.secret, who.workspace_id, who.user_id)
        if wants_none:
            await preferences.opt_out(session, who.workspace_id, who.user_id, now)
    log.info("person.erased", questions=held.questions)
    return held


async def redraw_erased(services: Services) -> None:
    """Let the next few messages that show what was erased say so. One that is drawn twice looks the same."""
    now = services.clock()
    async with services.database.reading() as session:
        waiting = await erased_messages.next_messages(session, services.workspace_id, now, LEASE, AT_ONCE)
    if not waiting or await is_stopped(services):
        return
    for message in waiting:
        async with services.database.writing() as session:
            is_ours = await erased_messages.take_message(session, message, now, LEASE)
        if is_ours and not await _redrawn(services, message):
            return


async def _redrawn(services: Services, message: ErasedMessage) -> bool:
    """Draw one; False when Slack takes nothing now."""
    place = Posted(message.channel_id, message.message_ts)
    words, is_theirs = words_for(message.locale), message.channel_id.startswith("D")
    if message.is_quote:
        says = erased.quote(words)
    else:
        says = (erased.message if is_theirs else erased.elsewhere)(words)
    try:
        await spoken(services, partial(services.slack.update, place, says))
    except SlackBusy:
        async with services.database.writing() as session:
            await erased_messages.put_back_message(session, message)
        return False
    except SlackUnsure:  # changed, or not: it is tried again once this claim is old
        return True
    except SlackError as error:  # gone
        log.info("message.not_updated", code=error.code)
    async with services.database.writing() as session:
        await erased_messages.forget_message(session, message)
    return True


async def scrub_emptied(services: Services) -> None:
    """Let what was erased go from the database's files. A large SQLite file waits for `nps-bot scrub`."""
    url = services.database.url
    if is_large(url):
        return
    now = services.clock()
    async with services.database.writing() as session:
        since = await take_emptied(session, services.workspace_id, now, LEASE)
    if since is None:
        return
    is_done = await scrub(url)
    async with services.database.writing() as session:
        await settle_emptied(session, services.workspace_id, since, is_done=is_done)
    log.info("database.scrubbed", done=is_done)
