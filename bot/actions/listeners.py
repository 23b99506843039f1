"""A manager looks at what was done about what people said, and adds to it."""

from slack_bolt.async_app import AsyncAck

from bot.actions import editing, listing
from bot.actions.rules.draft import WrongAction, draft
from bot.actions.views import form, saved
from bot.ids import Field
from bot.kit.people import person, words_of
from bot.kit.request import Request
from bot.kit.request.checked import malformed, number
from bot.kit.services import Services
from bot.kit.views import notice_modal

_TYPED = (Field.ACTION_SAID, Field.ACTION_DID)
_CHOSEN = (
    Field.ACTION_DRIVERS,
    Field.ACTION_WAVE,
    Field.ACTION_OWNER,
    Field.ACTION_STATE,
    Field.ACTION_DAY,
    Field.ACTION_DELETE,
)


async def actions_asked(services: Services, request: Request, typed: str) -> None:
    """`/nps actions`."""
    await listing.show_actions(services, request, typed)


async def list_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await listing.show_actions(services, request, "")


async def older_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    survey_id, before = request.clicked_ids
    await ack()
    await listing.turn_to(services, request, survey_id, before)


async def new_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await editing.show_new(services, request, request.clicked_id)


async def new_chosen(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await editing.show_new(services, request, number(request.chosen))


async def change_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await editing.show_change(services, request, request.clicked_id)


async def action_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Store what was filled in; the modal then says what people read of it."""
    written = {field: [request.typed(field)] for field in _TYPED}
    written |= {field: request.selected(field) for field in _CHOSEN}
    somebody = await person(services, request.who)
    words = words_of(somebody)
    try:
        drafted = draft(written, editing.today(services, somebody))
        facts = await editing.save(services, request, drafted)
    except WrongAction as wrong:
        await ack(response_action="errors", errors=form.errors(wrong.errors, words))
        return
    except ValueError:
        raise malformed() from None
    await ack(response_action="update", view=notice_modal.render(saved.render(facts, words), words))
