"""The team and somebody whose name they do not know write to each other."""

from slack_bolt.async_app import AsyncAck

from bot.ids import Field
from bot.kit.request import Request
from bot.kit.services import Services
from bot.threads import answering, writing


async def write_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await writing.show(services, request)


async def letter_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Commit the letter before the window shows the comments again."""
    comments = await writing.write(services, request, request.typed(Field.LETTER))
    await ack(response_action="update", view=comments)


async def stop_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await writing.stop(services, request)


async def answer_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await answering.show_window(services, request)


async def answer_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Commit the answer before the window says that it is on its way."""
    said = await answering.answer(services, request, request.typed(Field.LETTER))
    await ack(response_action="update", view=said)


async def end_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await answering.end(services, request)
