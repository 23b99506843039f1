"""A score is tapped, a change wished, a reason sent."""

from slack_bolt.async_app import AsyncAck

from bot.errors import Refused
from bot.flows import answering
from bot.flows.asking import known_drivers
from bot.flows.home import refresh_home
from bot.flows.services import Services
from bot.ids import Field
from bot.listeners.body import Body, about, clicked_value, inputs, number, part, selected, trigger, typed, who
from bot.views import notices
from scoring.scale import HIGHEST, LOWEST

_SCORES = {str(score): score for score in range(LOWEST, HIGHEST + 1)}


async def score_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    """Commit the score before Slack is answered: all that follows may fail without losing it."""
    person = who(body)
    invitation, _, chosen = clicked_value(body).partition(":")
    invitation_id = number(invitation)
    if chosen not in _SCORES:
        raise Refused("bad_score", notices.bad_score)
    stored = await answering.tap(services, person, invitation_id, _SCORES[chosen])
    await ack()
    await answering.show_choice(services, person, stored, trigger(body))
    if part(body, "container").get("type") == "view":
        await refresh_home(services, person)


async def change_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await answering.offer_change(services, who(body), number(clicked_value(body)))


async def reason_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await answering.ask_why(services, who(body), number(clicked_value(body)), trigger(body))


async def reason_sent(services: Services, ack: AsyncAck, body: Body) -> None:
    """Commit the reason before the modal closes."""
    person, given = who(body), inputs(body)
    invitation_id = about(body)
    drivers = known_drivers(selected(given, Field.DRIVERS))
    await answering.give_reason(services, person, invitation_id, typed(given, Field.COMMENT) or None, drivers)
    await ack()
    await answering.show_reason(services, person, invitation_id)
