"""A quote that a manager has picked is posted: once, in a channel of its own or right after the digest."""

from functools import partial

from bot.digests.posting import WEEKLY_DIGEST
from bot.kit.noticing import notify
from bot.kit.once import DueRun, once
from bot.kit.people import Who, person, words_of
from bot.kit.services import Services
from bot.logs import log
from bot.quotes.views import notices, quote
from bot.quotes.views.quote import QuoteFacts
from storage import quotes
from storage.quotes import Quoted
from storage.words import QuoteState, RunState

QUOTE_POSTED = "quote_posted"
AT_ONCE = 8


async def post_quotes(services: Services) -> None:
    """Post the quotes that are due, and settle those of which Slack never said whether they stand."""
    async with services.database.reading() as session:
        due = await quotes.to_post(session, services.workspace_id, WEEKLY_DIGEST, QUOTE_POSTED, AT_ONCE)
        doubtful = await quotes.in_doubt(session, services.workspace_id, QUOTE_POSTED, AT_ONCE)
    for one in due:
        await post(services, one)
    for one in doubtful:
        await _settle(services, one)


async def post(services: Services, picked: Quoted) -> None:
    """Post one quote, once. Where Slack refuses, it is free to be picked again, and who picked it is told."""
    channel_id, picked_at = _channel(picked), picked.quote.picked_at
    if channel_id is None or picked_at is None or picked.survey.paused_at:
        return
    outcome = await once(
        services,
        DueRun(picked.quote.workspace_id, QUOTE_POSTED, picked.quote.id, picked_at),
        partial(_as_it_stands, services, picked),
        partial(_say, services, channel_id),
        may_try_again=True,
    )
    if outcome is None or outcome.state is RunState.DONE:
        return
    if outcome.state is RunState.UNCERTAIN:
        await _settle(services, picked)
        return
    async with services.database.writing() as session:
        await quotes.put_back(session, picked.quote)
    await _tell(services, picked, channel_id, outcome.code)


def _channel(picked: Quoted) -> str | None:
    return picked.quote.channel_id or picked.survey.digest_channel


async def _as_it_stands(services: Services, picked: Quoted) -> Quoted | None:
    """Read it again; None where its person, or a manager, has thought better of it."""
    async with services.database.reading() as session:
        now = await quotes.quoted(session, picked.quote.id)
    if (
        now is None
        or now.quote.state is not QuoteState.PICKED
        or now.quote.picked_at != picked.quote.picked_at
    ):
        return None
    return now


async def _say(services: Services, channel_id: str, stands: Quoted) -> None:
    # A channel has no language of its own: it hears the survey's maker.
    author = await person(services, Who(stands.survey.workspace_id, stands.survey.created_by))
    facts = QuoteFacts(
        stands.survey.name, stands.comment, stands.quote.user_id if stands.quote.with_name else None
    )
    posted = await services.slack.post(channel_id, quote.render(facts, words_of(author)))
    async with services.database.writing() as session:
        await quotes.record_posted(session, stands.quote, posted.channel_id, posted.ts)
    log.info("quote.posted", quote=stands.quote.id)


async def _settle(services: Services, picked: Quoted) -> None:
    """Take it for posted, where nobody knows: it is never posted a second time."""
    if channel_id := _channel(picked):
        async with services.database.writing() as session:
            await quotes.record_posted(session, picked.quote, channel_id, None)
        await _tell(services, picked, channel_id, None)


async def _tell(services: Services, picked: Quoted, channel_id: str, error: str | None) -> None:
    if (user_id := picked.quote.picked_by) is None:
        return
    somebody = await person(services, Who(picked.quote.workspace_id, user_id))
    message = notices.not_posted(
        words_of(somebody), survey_name=picked.survey.name, channel_id=channel_id, error=error
    )
    about = f"quote:{picked.quote.id}:{picked.quote.picked_at}:{error or 'uncertain'}"
    await notify(services, user_id, about, message)
