"""`/nps comments`: what people wrote, for managers, in a modal that only they see."""

from collections.abc import Sequence
from functools import partial

from bot.comments.conversing import below_a_comment
from bot.comments.rules import place
from bot.comments.rules.typed import WantedComments, category_typed, wanted
from bot.comments.views import anonymous_comments as anonymous_view
from bot.comments.views import comments as view
from bot.comments.views import searching as searching_view
from bot.comments.views.anonymous_comments import (
    AnonymousCommentFacts,
    AnonymousCommentsFacts,
    ThreadFacts,
)
from bot.comments.views.comments import CommentFacts, CommentQuoteFacts, CommentsFacts
from bot.comments.views.searching import SearchingFacts
from bot.errors import Refused
from bot.kit.finding import survey_with_id
from bot.kit.in_time import opened, show_in_time
from bot.kit.people import Who, manager, words_of, zone_of
from bot.kit.request import Request
from bot.kit.request.checked import malformed, number
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.views import anonymous_notices
from bot.message import Json
from bot.reports.anonymous import details_from, waves_with_comments
from bot.reports.naming import survey_named_first
from bot.reports.views.drivers import driver_name
from bot.wording import Words
from storage import comments, quotes, threads
from storage.ballots import counting as ballots
from storage.comments import CommentFilter
from storage.database.text import storable
from storage.question import Offered
from storage.surveys import drivers as own
from storage.tables import Person, Quote, Survey


async def show_comments(services: Services, request: Request, typed: str | int) -> None:
    """Open the modal with the newest comments of those that are meant: in words, or by a survey's id. Raises Refused."""
    somebody = await manager(services, request.who)
    if isinstance(typed, int):
        survey, rest = await survey_with_id(services, request.who, typed), list[str]()
    else:
        said = typed.split()
        in_part = not (said and category_typed(said[0]))
        survey, rest = await survey_named_first(services, somebody, said, Verb.COMMENTS, in_part=in_part)
    if survey.is_anonymous:
        view_of_all = await anonymous_comments(services, survey, somebody)
        await services.slack.open_view(request.trigger_id, view_of_all)
        return
    chosen = await _typed(services, survey, somebody, rest) if rest else WantedComments()
    looked_at, found = services.clock(), _page(services, survey, somebody, chosen)
    await show_in_time(services, opened(services, request), found, partial(_searching, survey, somebody))
    if chosen == WantedComments():
        async with services.database.writing() as session:
            await comments.mark_read(session, survey.id, looked_at)


async def anonymous_comments(
    services: Services, survey: Survey, somebody: Person, after: tuple[int, bytes] | None = None
) -> Json:
    """Make the modal of an anonymous survey's comments, those after one of them or from the beginning. Raises Refused.

    There is nothing to search by: what few share would point at them.
    """
    async with services.database.reading() as session:
        told = {wave.id: wave.number for wave in await waves_with_comments(session, survey)}
        page = await ballots.comments_of(session, list(told), anonymous_view.PAGE + 1, after) if told else []
        fewest = await details_from(session, survey)
        talks = await threads.of_ballots(session, [key for _, key, _ in page])
    if not page and after is None:
        nothing = partial(anonymous_notices.no_anonymous_comments, name=survey.name, fewest=fewest)
        raise Refused("no_anonymous_comments", nothing)
    shown = page[: anonymous_view.PAGE]
    here = (after[0], after[1].hex()) if after else None

    def thread(key: bytes) -> ThreadFacts | None:
        talk = talks.get(key)
        return talk and below_a_comment(talk, services.clock(), place.written_as(talk.thread.key, here))

    facts = AnonymousCommentsFacts(
        survey.id,
        survey.name,
        tuple(AnonymousCommentFacts(told[wave_id], comment, thread(key)) for wave_id, key, comment in shown),
        goes_on_after=(shown[-1][0], shown[-1][1].hex()) if len(page) > len(shown) else None,
        is_first=after is None,
    )
    return anonymous_view.render(facts, words_of(somebody))


async def turn_anonymous_page(services: Services, request: Request, about: str) -> Json:
    """Make the modal of an anonymous survey's comments go on where the button says. Raises Refused."""
    somebody = await manager(services, request.who)
    survey_id, _, place = about.partition(":")
    wave_id, _, key = place.partition(":")
    survey = await survey_with_id(services, request.who, number(survey_id))
    try:
        after = (number(wave_id), bytes.fromhex(key)) if place else None
    except ValueError:
        raise malformed() from None
    if not survey.is_anonymous:
        raise malformed()
    return await anonymous_comments(services, survey, somebody, after)


async def turn_page(
    services: Services,
    request: Request,
    chosen: WantedComments,
    beside: int | None = None,
    *,
    is_newer: bool = False,
) -> Json:
    """Make the modal again, with what is now wanted, beside one answer or from the newest on. Raises Refused."""
    return await page_of(services, request.who, request.about, chosen, beside, is_newer=is_newer)


async def page_of(  # noqa: PLR0913 - who reads, and which comments
    services: Services,
    who: Who,
    survey_id: int,
    chosen: WantedComments,
    beside: int | None = None,
    *,
    is_newer: bool = False,
) -> Json:
    """Make the modal of a survey's comments for a manager. Raises Refused."""
    somebody = await manager(services, who)
    survey = await survey_with_id(services, who, survey_id)
    return await _page(services, survey, somebody, chosen, beside, is_newer=is_newer)


async def searching(services: Services, request: Request) -> Json:
    """Make what stands in the modal while very many comments are looked through. Raises Refused."""
    somebody = await manager(services, request.who)
    return await _searching(await survey_with_id(services, request.who, request.about), somebody)


async def _searching(survey: Survey, somebody: Person) -> Json:
    return searching_view.render(SearchingFacts(survey.name), words_of(somebody))


async def _typed(
    services: Services, survey: Survey, somebody: Person, typed: Sequence[str]
) -> WantedComments:
    async with services.database.reading() as session:
        drivers = await comments.drivers_ticked(session, survey.id)
        named = await own.named(session, survey.id)
    return wanted(typed, _names(drivers, words_of(somebody), named))


def _names(drivers: list[str], words: Words, named: Sequence[Offered]) -> dict[str, str]:
    """Pair what people may type with the driver: its own word, and its name in their language."""
    in_their_language = {driver_name(driver, words, named): driver for driver in drivers}
    return {driver: driver for driver in drivers} | in_their_language


async def _page(  # noqa: PLR0913 - whose survey, who reads, which comments
    services: Services,
    survey: Survey,
    somebody: Person,
    chosen: WantedComments,
    beside: int | None = None,
    *,
    is_newer: bool = False,
) -> Json:
    kept = CommentFilter(chosen.scores, storable(chosen.driver), chosen.text)
    async with services.database.reading() as session:
        page = await comments.page_of_comments(session, survey.id, kept, view.PAGE, beside, is_newer=is_newer)
        quotable = await quotes.of_answers(session, [one.answer_id for one in page.comments])
        drivers = await comments.drivers_ticked(session, survey.id)
        named = await own.named(session, survey.id)
    zone = zone_of(somebody)
    facts = CommentsFacts(
        survey_id=survey.id,
        survey_name=survey.name,
        wanted=chosen,
        drivers=tuple(drivers),
        comments=tuple(
            CommentFacts(
                answer_id=one.answer_id,
                wave=one.wave,
                score=one.score,
                comment=one.comment,
                drivers=one.drivers,
                day=one.answered_at.astimezone(zone).date(),
                user_id=one.user_id,
                quote=_quote(quotable.get(one.answer_id)),
            )
            for one in page.comments
        ),
        has_newer=page.has_newer,
        has_older=page.has_older,
        named=named,
    )
    return view.render(facts, words_of(somebody))


def _quote(one: Quote | None) -> CommentQuoteFacts | None:
    return CommentQuoteFacts(one.id, one.with_name, one.state, one.channel_id) if one else None
