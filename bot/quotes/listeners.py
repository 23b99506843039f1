"""Somebody is quoted, by a manager; or wants to be quoted no more."""

from slack_bolt.async_app import AsyncAck

from bot.comments.rules.typed import WantedComments
from bot.ids import Field
from bot.kit.request import Request
from bot.kit.request.checked import malformed
from bot.kit.services import Services
from bot.privacy import telling
from bot.quotes import picking, withdrawing
from scoring.scale import Category

_SHOWN = (None, *Category)
"""What the comments are shown of: a modal remembers it as a number."""


async def quote_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await picking.show_form(services, request, request.clicked_id, _SHOWN.index(_category(request)))


async def quote_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Commit what was picked before the modal shows the comments again; a channel has it a moment later."""
    quote_id, shown = request.about_all
    if shown >= len(_SHOWN):
        raise malformed()
    channel_id = next(iter(request.selected(Field.QUOTE_CHANNEL)), None)
    chosen = WantedComments(_SHOWN[shown])
    page = await picking.pick(services, request, quote_id, channel_id, chosen)
    await ack(response_action="update", view=page)
    await picking.post_now(services, request, quote_id, chosen)


async def undo_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await picking.undo(services, request, request.clicked_id, WantedComments(_category(request)))


async def take_back_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await withdrawing.take_back(services, request, request.clicked_id)


async def take_back_here_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await withdrawing.take_back(services, request, request.clicked_id)
    await telling.redraw_about_me(services, request)


def _category(request: Request) -> Category | None:
    """Read which comments the modal shows."""
    chosen = request.selected(Field.COMMENT_CATEGORY)
    return Category(chosen[0]) if chosen and chosen[0] in set(Category) else None
