"""A manager asks for the settings of the workspace, or sends them."""

from slack_bolt.async_app import AsyncAck

from bot.ids import Field
from bot.kit.people import person, words_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.views import notice_modal
from bot.workspace import changing
from bot.workspace.rules.wishes import WrongWishes, wishes
from bot.workspace.views import settings, settings_changed

_CHOSEN = (
    Field.WORKING_DAYS,
    Field.OPENS,
    Field.CLOSES,
    Field.HOLIDAYS,
    Field.MANAGERS,
    Field.MANAGER_GROUPS,
    Field.BACK,
)
_TYPED = (Field.QUARANTINE, Field.REGIONS)


async def settings_asked(services: Services, request: Request) -> None:
    """`/nps settings`."""
    await changing.show_settings(services, request)


async def settings_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await changing.show_settings(services, request)


async def settings_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Store what was chosen; the modal then says what changed."""
    written = {field: request.selected(field) for field in _CHOSEN}
    written |= {field: [request.typed(field)] for field in _TYPED}
    words = words_of(await person(services, request.who))
    try:
        changed = await changing.change(services, request.who, wishes(written))
    except WrongWishes as wrong:
        await ack(response_action="errors", errors=settings.errors(wrong.errors, words))
        return
    said = notice_modal.render(settings_changed.render(changed, words), words)
    await ack(response_action="update", view=said)
