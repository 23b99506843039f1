"""Somebody wants to be asked later, or not again."""

from slack_bolt.async_app import AsyncAck

from bot.flows import declining
from bot.flows.home import refresh_home
from bot.flows.services import Services
from bot.listeners.body import (
    Body,
    chosen_value,
    clicked_value,
    is_at_home,
    malformed,
    number,
    where_clicked,
    who,
)
from bot.rules.snoozing import Later


async def later_chosen(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    invitation, _, later = chosen_value(body).partition(":")
    if later not in set(Later):
        raise malformed()
    await declining.ask_later(services, who(body), number(invitation), Later(later), where_clicked(body))
    await _draw_home_anew(services, body)


async def now_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await declining.ask_now(services, who(body), number(clicked_value(body)), where_clicked(body))


async def stop_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await declining.stop_asking(services, who(body), where_clicked(body))
    await _draw_home_anew(services, body)


async def again_clicked(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    await declining.ask_again(services, who(body), where_clicked(body))
    await _draw_home_anew(services, body)


async def _draw_home_anew(services: Services, body: Body) -> None:
    if is_at_home(body):
        await refresh_home(services, who(body))
