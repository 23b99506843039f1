"""The invitations of a wave are planned, page by page: killed half way, the next clock goes on."""

from contextlib import aclosing
from datetime import timedelta
from functools import partial

from bot.delivery.stopping import stop_wave
from bot.kit.concurrency.ahead import ahead
from bot.kit.outage import is_stopped, spoken
from bot.kit.rules.asking import NOT_NOW, told_left_out
from bot.kit.services import Services
from bot.kit.speaking import tell_manager
from bot.kit.workplace import workplace
from bot.logs import log
from bot.slack.errors import SlackError, SlackRefused
from bot.waves.audience import Span, judged, listed_in
from bot.waves.left_out import forget_left_out
from bot.waves.taking_back import taken_back
from storage.tables import Survey, Wave
from storage.waves import planning

# Longer than any page of the audience may take to read: a claim older than this belongs to a process that is gone.
LEASE = timedelta(minutes=5)


async def plan_waves(services: Services) -> None:
    """Plan every open wave that is not planned yet. One that has no readable audience stops; its manager is told."""
    if await is_stopped(services):
        return
    async with services.database.reading() as session:
        waiting = await planning.unplanned_waves(session, services.workspace_id)
    for wave, survey in waiting:
        try:
            await spoken(services, partial(plan, services, wave, survey))
        except SlackRefused as refusal:
            await stop_wave(services, wave, refusal.code)
        except SlackError as error:
            log.warning("planning.waits", wave=wave.id, code=error.code)
    async with services.database.reading() as session:
        empty = await planning.empty_waves(session, services.workspace_id)
    for wave, survey in empty:
        # A rhythm that is faster than the quarantine finds nobody again and again: that is news once.
        waits = NOT_NOW in told_left_out(wave.left_out)
        if (told := await taken_back(services, wave, survey, is_told_once=waits)) is not None:
            about = f"in_quarantine:{survey.id}" if waits else f"taken_back:{wave.id}"
            await tell_manager(services, wave, about, told)


async def plan(services: Services, wave: Wave, survey: Survey) -> int | None:
    """Plan the wave's invitations and return how many people it asks; None when another process does.

    Raises SlackError; then the planning goes on later where it stopped.
    """
    async with services.database.writing() as session:
        if not await planning.claim_planning(session, wave.id, services.clock(), LEASE):
            return None
    try:
        return await _plan(services, wave, survey)
    except SlackError:
        async with services.database.writing() as session:
            await planning.keep_planning(session, wave.id, None)
        raise


async def _plan(services: Services, wave: Wave, survey: Survey) -> int | None:
    span = Span(wave.opens_at, wave.closes_at)
    listed_people = listed_in(services, survey)
    # What Slack tells of the next people is stored while these are planned.
    pages = ahead(listed_people) if services.database.writes_at_once else listed_people
    async with aclosing(pages):
        async for listed in pages:
            async with services.database.writing() as session:
                await planning.hold_quarantine(session, wave.workspace_id)
                wishes = await workplace(session, wave.workspace_id)
                page = await judged(session, survey, span, wishes, listed)
                part = listed.part if survey.audience.parts else None
                if not await planning.plan_batch(session, wave, page.planned, page.left_out, part):
                    return None
                await planning.keep_planning(session, wave.id, services.clock())
    await forget_left_out(services.database, wave)
    async with services.database.writing() as session:
        left_out_in_all = await planning.finish_planning(session, wave.id, services.clock())
        if left_out_in_all is None:
            return None
        asked = await planning.planned_count(session, wave.id)
    log.info("wave.planned", wave=wave.id, invitations=asked, left_out=sum(left_out_in_all.values()))
    return asked
