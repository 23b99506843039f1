"""Somebody asks how things stand, or shares it."""

from slack_bolt.async_app import AsyncAck

from bot.kit.request import Request
from bot.kit.services import Services
from bot.reports import calculating, explaining, reporting, trending


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
    await reporting.share_report(services, request, request.clicked_id)
