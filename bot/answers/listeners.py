"""A score is tapped, a change wished, a reason sent; or somebody wants to be asked later, or not again."""

from slack_bolt.async_app import AsyncAck

from bot.answers import answering, declining
from bot.answers.question import known_drivers
from bot.answers.rules.snoozing import Later
from bot.errors import Refused
from bot.ids import Field
from bot.kit.request import (
    Body,
    about,
    chosen_value,
    clicked_value,
    inputs,
    malformed,
    number,
    response_url,
    selected,
    trigger,
    typed,
    where_clicked,
    where_opened,
    who,
)
from bot.kit.services import Services
from bot.kit.speaking import Clicked
from bot.kit.views import notices
from scoring.scale import HIGHEST, LOWEST

_SCORES = {str(score): score for score in range(LOWEST, HIGHEST + 1)}


async def score_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    """Commit the score before Slack is answered: all that follows may fail without losing it."""
    person = who(body)
    invitation_id, score = _chosen(body)
    stored = await answering.tap(services, person, invitation_id, score)
    await ack()
    await answering.show_choice(services, person, stored, trigger(body), where_clicked(body))


async def open_score_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    """Commit the score of somebody in the channel, and answer where only they see it."""
    person = who(body)
    wave_id, score = _chosen(body)
    stored = await answering.tap_open(services, person, wave_id, score, where_clicked(body).place)
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


async def later_chosen(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    invitation, _, later = chosen_value(body).partition(":")
    if later not in set(Later):
        raise malformed()
    await declining.ask_later(services, who(body), number(invitation), Later(later), where_clicked(body))


async def now_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await declining.ask_now(services, who(body), number(clicked_value(body)), where_clicked(body))


async def stop_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await declining.stop_asking(services, who(body), where_clicked(body))


async def again_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await declining.ask_again(services, who(body), where_clicked(body))
