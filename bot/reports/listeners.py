"""Somebody asks how things stand, or shares it."""

from slack_bolt.async_app import AsyncAck

from bot.ids import Field
from bot.kit.request import Request
from bot.kit.request.checked import malformed
from bot.kit.services import Services
from bot.reports import (
    calculating,
    comparing,
    explaining,
    participating,
    reporting,
    segmenting,
    trending,
)
from bot.reports.views import participation


async def report_asked(services: Services, request: Request, name: str) -> None:
    """`/nps` and `/nps NAME`."""
    await reporting.show_report(services, request, name)


async def trend_asked(services: Services, request: Request, name: str) -> None:
    """`/nps trend` and `/nps trend NAME`."""
    await trending.show_trend(services, request, name)


async def trend_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await trending.show_trend(services, request, request.clicked_id)


async def drivers_asked(services: Services, request: Request, name: str) -> None:
    """`/nps drivers` and `/nps drivers NAME`."""
    await explaining.show_drivers(services, request, name)


async def drivers_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await explaining.show_drivers(services, request, request.clicked_id)


async def segments_asked(services: Services, request: Request, typed: str) -> None:
    """`/nps segments`, with a survey's name and a column behind it, each if wanted."""
    await segmenting.show_segments(services, request, typed)


async def segments_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await segmenting.show_segments(services, request, request.clicked_id)


async def comparison_asked(services: Services, request: Request, typed: str) -> None:
    """`/nps compare A B`, two surveys, and `/nps compare 1 2 NAME`, two waves of one."""
    await comparing.show_comparison(services, request, typed)


async def who_asked(services: Services, request: Request, name: str) -> None:
    """`/nps who` and `/nps who NAME`."""
    await participating.show_who(services, request, name)


async def who_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    await participating.show_who(services, request, request.clicked_id)


async def who_chosen(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    page = await participating.turn_people(services, request, _which(request))
    await services.slack.update_view(request.view_id, page)


async def onwards_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    page = await participating.turn_people(services, request, _which(request), request.clicked_id)
    await services.slack.update_view(request.view_id, page)


async def back_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    page = await participating.turn_people(
        services, request, _which(request), request.clicked_id, is_back=True
    )
    await services.slack.update_view(request.view_id, page)


async def wave_asked(services: Services, request: Request, typed: str) -> None:
    """`/nps wave 2` and `/nps wave 2 NAME`."""
    await reporting.show_wave(services, request, typed)


async def score_asked(services: Services, request: Request, typed: str) -> None:
    """`/nps score 18 11 2`."""
    await calculating.show_score(services, request, typed)


async def list_asked(services: Services, request: Request) -> None:
    """`/nps list`."""
    await reporting.show_list(services, request)


async def share_clicked(services: Services, ack: AsyncAck, request: Request) -> None:
    await ack()
    is_older = ":" in request.value
    survey_id, older_id = request.clicked_ids if is_older else (request.clicked_id, None)
    await reporting.share_report(services, request, survey_id, older_id)


def _which(request: Request) -> str:
    """Read the menu of the modal; one of an open question has none."""
    chosen = request.selected(Field.WHO) or [participation.ALL]
    if chosen[0] not in {participation.ALL, participation.ANSWERED, participation.NOT_ANSWERED}:
        raise malformed()
    return chosen[0]
