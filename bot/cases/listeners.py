"""Somebody follows up: a case is taken, contacted, handed over, closed; or its person ends it."""

from slack_bolt.async_app import AsyncAck

from bot.cases import ending, handling, listing
from bot.cases.drawing import draw
from bot.ids import Field
from bot.kit.request import Request
from bot.kit.request.checked import malformed, number
from bot.kit.services import Services
from storage.words import NOTE_LENGTH, CaseCause, CaseEnding, CaseSort


async def cases_asked(services: Services, request: Request, typed: str) -> None:
    """`/nps cases`."""
    await listing.show_cases(services, request, typed)


async def list_turned(services: Services, ack: AsyncAck, request: Request) -> None:
    sort, _, rest = request.value.partition(":")
    before, _, survey = rest.partition(":")
    if sort not in set(CaseSort):
        raise malformed()
    last, of_survey = (number(one) if one else None for one in (before, survey))
    await ack()
    await listing.turn_to(services, request, CaseSort(sort), last, of_survey)


async def take_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await handling.take(services, request, request.clicked_id)
    await listing.redraw_list(services, request)


async def contacted_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await handling.say_contacted(services, request, request.clicked_id)
    await listing.redraw_list(services, request)


async def close_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await handling.show_closing(services, request, request.clicked_id)


async def close_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Commit the note before the modal closes; the card follows."""
    chosen = request.selected(Field.CASE_CAUSE)
    if not set(chosen) <= set(CaseCause):
        raise malformed()
    note = request.typed(Field.CASE_NOTE)[:NOTE_LENGTH]
    await handling.close(services, request, request.about, note, CaseCause(chosen[0]) if chosen else None)
    await ack()
    await draw(services, request.about)


async def reopen_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await handling.reopen(services, request, request.clicked_id)
    await listing.redraw_list(services, request)


async def hand_over_chosen(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    case_id = number(request.block_id.removeprefix("case."))
    await handling.hand_over(services, request, case_id, request.chosen_person)


async def settled_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await ending.end(services, request, request.clicked_id, CaseEnding.SETTLED)


async def withdraw_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await ending.end(services, request, request.clicked_id, CaseEnding.WITHDRAWN)
