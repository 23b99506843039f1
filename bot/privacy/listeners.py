"""Somebody asks what is kept about them, takes it with them, or erases it."""

from slack_bolt.async_app import AsyncAck

from bot.ids import Field
from bot.kit.people import person, words_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.views import notice_modal
from bot.privacy import erasing, leaving, noticing, telling
from bot.privacy.views import erased
from bot.privacy.views.before_erasing import NO_MORE


async def me_asked(services: Services, request: Request) -> None:
    """`/nps me`."""
    await telling.show_about_me(services, request)


async def me_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await telling.show_about_me(services, request)


async def notice_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await noticing.show_notice(services, request)


async def file_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await telling.send_file(services, request)


async def erase_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await telling.show_before_erasing(services, request)


async def erase_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Erase before the modal says so. Who they are is read first: afterwards nobody knows."""
    words = words_of(await person(services, request.who))
    held = await erasing.erase(
        services, request.who, wants_none=NO_MORE in request.selected(Field.FROM_NOW_ON)
    )
    wants_none = held.wants_none or NO_MORE in request.selected(Field.FROM_NOW_ON)
    modal = notice_modal.render(erased.done(words, wants_none=wants_none), words)
    await ack(response_action="update", view=modal)
    await erasing.redraw_erased(services)


async def app_removed(services: Services, ack: AsyncAck, request: Request) -> None:
    """Stop where it is our installation that was removed; other companies may have the same app."""
    await ack()
    if request.is_ours:
        await leaving.stop_sending(services)


async def tokens_revoked(services: Services, ack: AsyncAck, request: Request) -> None:
    """Stop where it was the app's own token; those of people are none of ours."""
    await ack()
    if request.is_ours and request.has_revoked_bot:
        await leaving.stop_sending(services)
