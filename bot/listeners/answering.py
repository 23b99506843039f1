"""A score is tapped, a change wished, a reason sent."""

from slack_bolt.async_app import AsyncAck

from bot.errors import Refused
from bot.flows import answering
from bot.flows.asking import known_drivers
from bot.flows.home import refresh_home
from bot.flows.open_question import tap_open
from bot.flows.services import Services
from bot.flows.speaking import Clicked
from bot.ids import Field
from bot.listeners.body import (
    Body,
    about,
    clicked_value,
    inputs,
    is_at_home,
    number,
    response_url,
    selected,
    trigger,
    typed,
    where_clicked,
    where_opened,
    who,
)
from bot.views import notices
from scoring.scale import HIGHEST, LOWEST

_SCORES = {str(score): score for score in range(LOWEST, HIGHEST + 1)}


async def score_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    """Commit the score before Slack is answered: all that follows may fail without losing it."""
    person = who(body)
    invitation_id, score = _chosen(body)
    stored = await answering.tap(services, person, invitation_id, score)
    await ack()
    await answering.show_choice(services, person, stored, trigger(body), where_clicked(body))
    if is_at_home(body):
        await refresh_home(services, person)


async def open_score_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    """Commit the score of somebody in the channel, and answer where only they see it."""
    person = who(body)
    wave_id, score = _chosen(body)
    stored = await tap_open(services, person, wave_id, score, where_clicked(body).place)
    await ack()
    below = Clicked(response_url=response_url(body))
    await answering.show_choice(services, person, stored, trigger(body), below)


async def change_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await answering.offer_change(services, who(body), number(clicked_value(body)), where_clicked(body))


async def reason_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    invitation_id = number(clicked_value(body))
    await answering.ask_why(services, who(body), invitation_id, trigger(body), where_clicked(body))


async def reason_sent(services: Services, ack: AsyncAck, body: Body) -> None:
    """Commit the reason before the modal closes."""
    person, given = who(body), inputs(body)
    invitation_id = about(body)
    drivers = known_drivers(selected(given, Field.DRIVERS))
    await answering.give_reason(services, person, invitation_id, typed(given, Field.COMMENT) or None, drivers)
    await ack()
    await answering.show_reason(services, person, invitation_id, where_opened(body))


def _chosen(body: Body) -> tuple[int, int]:
    """Read what was answered and the score. Raises Refused."""
    about_what, _, chosen = clicked_value(body).partition(":")
    if chosen not in _SCORES:
        raise Refused("bad_score", notices.bad_score)
    return number(about_what), _SCORES[chosen]
