"""A score of an anonymous question is tapped, and its ballot sent."""

from slack_bolt.async_app import AsyncAck

from bot.answers.listeners import score_chosen
from bot.ballots import casting
from bot.errors import Refused
from bot.ids import Field
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.views import notices
from scoring.scale import HIGHEST, LOWEST

_SCORES = {str(score): score for score in range(LOWEST, HIGHEST + 1)}


async def ballot_score_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    invitation_id, tapped = score_chosen(request)
    await casting.offer_ballot(services, request, invitation_id, tapped)


async def ballot_sent(services: Services, ack: AsyncAck, request: Request) -> None:
    """Commit the ballot before the modal closes."""
    await store_ballot(services, request)
    await ack()
    await casting.show_thanks(services, request, request.opened_from)


async def store_ballot(services: Services, request: Request) -> None:
    """Read what was sent, and commit it. Raises Refused."""
    [chosen] = request.selected(Field.SCORE) or [""]
    if chosen not in _SCORES:
        raise Refused("bad_score", notices.bad_score)
    comment = request.typed(Field.COMMENT) or None
    ticked, may_write_back = request.selected(Field.DRIVERS), bool(request.selected(Field.WRITE_BACK))
    await casting.cast(services, request, _SCORES[chosen], comment, ticked, may_write_back=may_write_back)
