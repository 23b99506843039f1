"""A score is tapped, a change wished, a reason sent; or somebody wants to be asked later, or not again."""

from slack_bolt.async_app import AsyncAck

from bot.answers import answering, declining
from bot.answers.rules.quoting import Quoting
from bot.answers.rules.snoozing import Later
from bot.errors import Refused
from bot.ids import Field
from bot.kit.request import Request
from bot.kit.request.checked import malformed, number
from bot.kit.services import Services
from bot.kit.views import notices
from scoring.scale import HIGHEST, LOWEST

_SCORES = {str(score): score for score in range(LOWEST, HIGHEST + 1)}


async def score_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    """Commit the score before Slack is answered: all that follows may fail without losing it."""
    invitation_id, score = score_chosen(request)
    stored = await answering.tap(services, request, invitation_id, score)
    await ack()
    await answering.show_choice(services, request, stored, request.clicked)


async def open_score_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    """Commit the score of somebody in the channel, and answer where only they see it."""
    wave_id, score = score_chosen(request)
    stored = await answering.tap_open(services, request, wave_id, score)
    await ack()
    await answering.show_choice(services, request, stored, request.below)


async def change_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await answering.offer_change(services, request, request.clicked_id)


async def reason_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await answering.ask_why(services, request, request.clicked_id)


async def reason_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Commit the reason before the modal closes."""
    comment = request.typed(Field.COMMENT) or None
    drivers = request.selected(Field.DRIVERS)
    may_contact = bool(request.selected(Field.CONTACT)) if request.asks(Field.CONTACT) else None
    await answering.give_reason(
        services,
        request.who,
        request.about,
        comment,
        drivers,
        may_contact=may_contact,
        quoting=_quoting(request),
    )
    await ack()
    await answering.show_reason(services, request.who, request.about, request.opened_from)


async def link_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    """Slack has opened the link already."""
    await ack()
    await answering.count_opened(services, request, request.clicked_id)


def _quoting(request: Request) -> Quoting | None:
    """Read whether they may be quoted; None where they were not asked. Who chose nothing has said no."""
    if not request.asks(Field.QUOTE):
        return None
    [chosen] = request.selected(Field.QUOTE) or [Quoting.NO]
    if chosen not in set(Quoting):
        raise malformed()
    return Quoting(chosen)


def score_chosen(request: Request) -> tuple[int, int]:
    """Read what was answered and the score. Raises Refused."""
    about_what, _, chosen = request.value.partition(":")
    if chosen not in _SCORES:
        raise Refused("bad_score", notices.bad_score)
    return number(about_what), _SCORES[chosen]


async def later_chosen(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    invitation, _, later = request.chosen.partition(":")
    if later not in set(Later):
        raise malformed()
    await declining.ask_later(services, request, number(invitation), Later(later))


async def now_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await declining.ask_now(services, request, request.clicked_id)


async def stop_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await declining.stop_asking(services, request)


async def again_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await declining.ask_again(services, request)
