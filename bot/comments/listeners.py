"""A manager reads what people wrote."""

from functools import partial

from slack_bolt.async_app import AsyncAck

from bot.comments import commenting
from bot.comments.rules.typed import WantedComments
from bot.comments.views import comments
from bot.ids import Field
from bot.kit.in_time import answered, show_in_time
from bot.kit.request import Request
from bot.kit.request.checked import malformed
from bot.kit.services import Services
from scoring.scale import Category
from storage.words import DRIVER_KEY


async def comments_asked(services: Services, request: Request, typed: str) -> None:
    """`/nps comments`, with a survey's name, a category, a driver and a text behind it, each if wanted."""
    await commenting.show_comments(services, request, typed)


async def comments_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await commenting.show_comments(services, request, request.clicked_id)


async def comments_chosen(services: Services, ack: AsyncAck, request: Request) -> None:
    """Show the newest comments of what the menus of the modal say now."""
    await ack()
    page = await commenting.turn_page(services, request, _wanted(request))
    await services.slack.update_view(request.view_id, page)


async def comments_searched(services: Services, ack: AsyncAck, request: Request) -> None:
    found = commenting.turn_page(services, request, _wanted(request))
    searching = partial(commenting.searching, services, request)
    await show_in_time(services, answered(ack, request), found, searching)


async def older_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    page = await commenting.turn_page(services, request, _wanted(request), request.clicked_id)
    await services.slack.update_view(request.view_id, page)


async def newer_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    page = await commenting.turn_page(services, request, _wanted(request), request.clicked_id, is_newer=True)
    await services.slack.update_view(request.view_id, page)


async def anonymous_onwards_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    page = await commenting.turn_anonymous_page(services, request, request.value)
    await services.slack.update_view(request.view_id, page)


def _wanted(request: Request) -> WantedComments:
    """Read the menus and the text of the modal."""
    [category] = request.selected(Field.COMMENT_CATEGORY) or [comments.ANY]
    [driver] = request.selected(Field.COMMENT_DRIVER) or [comments.ANY]
    if category != comments.ANY and category not in set(Category):
        raise malformed()
    return WantedComments(
        None if category == comments.ANY else Category(category),
        "" if driver == comments.ANY else driver[:DRIVER_KEY],
        request.typed(Field.COMMENT_TEXT)[: comments.TEXT_LENGTH],
    )
