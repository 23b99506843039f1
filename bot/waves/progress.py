"""How a wave goes, told to its manager: in one message that keeps up with the sending, and on `/nps waves`."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from hashlib import blake2b
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.once import DueRun, once
from bot.kit.outage import is_stopped, spoken
from bot.kit.people import Who, manager, person, person_with_role, words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.asking import quarantine_of
from bot.kit.rules.rhythm import next_opening
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.workplace import working_time
from bot.logs import log
from bot.message import Message
from bot.reports.results import newest_told, reader_of
from bot.slack.errors import SlackError, SlackRefused
from bot.slack.objects import Posted
from bot.waves.audience import schedule_of
from bot.waves.views import closed, opened
from bot.waves.views import overview as waves_view
from bot.waves.views.closed import ClosedWaveFacts
from bot.waves.views.opened import OpenedFacts
from bot.waves.views.overview import (
    REDRAWN_SHOWN,
    UPCOMING_SHOWN,
    WAVES_SHOWN,
    RedrawnFacts,
    UpcomingFacts,
    WavesFacts,
)
from bot.waves.views.progress import WaveProgress
from storage import counts, waves
from storage.answers import redrawing
from storage.delivery import outages
from storage.kit import people
from storage.tables import Person, Survey, Wave
from storage.waves import messages, overview
from storage.waves.progress import Progress, looks, progress_of
from storage.words import LeftOutBecause

WAVE_NOTICE = "wave_notice"


async def tell_progress(services: Services) -> None:
    """Tell the manager of each open wave how far it has come; only where that has changed, and first in their hours."""
    if await is_stopped(services):
        return
    async with services.database.reading() as session:
        found = await looks(session, services.workspace_id)
        days = await people.quarantine_days(session, services.workspace_id)
        stopped_for = [one.code for one in await outages.stopped(session, services.workspace_id)]
    working = await working_time(services)
    made_of = {one.wave_id: (*one.made_of, days, *stopped_for) for one in found}
    seen = services.progress_seen
    for wave_id in seen.keys() - made_of.keys():
        del seen[wave_id]
    for look in found:
        if seen.get(look.wave_id) == made_of[look.wave_id]:
            continue
        if not look.has_notice:
            zone = look.time_zone or (await _opener(services, look.opened_by)).time_zone
            if not working.is_inside(services.clock(), zone):
                continue
        async with services.database.reading() as session:
            wave = await waves.wave(session, look.wave_id)
        if wave and wave.closed_at is None and await show_progress(services, wave):
            seen[look.wave_id] = made_of[look.wave_id]


async def show_progress(services: Services, wave: Wave) -> bool:
    """Post the message about a wave, or bring it up to date; say whether it was so already.

    A message that Slack refuses to change is let be.
    """
    somebody = await _opener(services, wave.opened_by)
    message = await _message(services, wave, somebody)
    if _fingerprint(message) == wave.notice_shown:
        return True
    if wave.notice_channel is None or wave.notice_ts is None:
        await once(
            services,
            DueRun(wave.workspace_id, WAVE_NOTICE, wave.id, wave.opens_at),
            partial(_message, services, wave, somebody),
            partial(_post, services, wave),
        )
    else:
        await _change(services, wave, message)
    return False


async def _opener(services: Services, user_id: str) -> Person:
    return await person(services, Who(services.workspace_id, user_id))


async def show_result(services: Services, wave: Wave) -> None:
    """Let the message about a wave that has just closed end with its result; `tell_results` says it in a new one."""
    somebody = await person_with_role(services, Who(wave.workspace_id, wave.opened_by))
    reader = await reader_of(services, somebody)  # who opened it may manage no more
    async with services.database.reading() as session:
        survey = await session.get_one(Survey, wave.survey_id)
        stands = await waves.wave(session, wave.id)  # closed, as who closed it has not read it yet
        told = await newest_told(session, survey, reader, zone_of(somebody), stands) if stands else None
    if told is None:
        return  # taken away at this moment, or nothing for them any more
    facts = ClosedWaveFacts(survey.name, told)
    message = closed.render(facts, words_of(somebody))
    for _ in range(2):  # a look at the progress, begun while the wave was open, may come between
        async with services.database.reading() as session:
            over = await session.get_one(Wave, wave.id)
        if over.notice_shown == _fingerprint(message):
            return
        if not await _change(services, over, message):
            return


async def _change(services: Services, wave: Wave, message: Message) -> bool:
    """Change the message about a wave, unless another process does, or there is none; False when Slack took nothing."""
    if wave.notice_channel is None or wave.notice_ts is None:
        return True
    shown = _fingerprint(message)
    async with services.database.writing() as session:
        if not await messages.claim_notice(session, wave, shown):
            return True
    place = Posted(wave.notice_channel, wave.notice_ts)
    try:
        await spoken(services, partial(services.slack.update, place, message))
    except SlackError as error:
        log.warning("message.not_updated", wave=wave.id, code=error.code)
        if isinstance(error, SlackRefused):
            return True
        async with services.database.writing() as session:
            await messages.put_back_notice(session, wave, shown)
        return False
    return True


async def fold_counts(services: Services) -> None:
    """Keep the counts that this is read from in few rows, however many connections have come and gone."""
    async with services.database.writing() as session:
        await counts.fold(session)


async def show_waves(services: Services, request: Request) -> None:
    """Answer with every open wave and what opens next. Raises Refused."""
    somebody = await manager(services, request.who)
    shown = await waves_now(services, somebody, WAVES_SHOWN, UPCOMING_SHOWN)
    await reply(services, request, waves_view.render(shown, words_of(somebody)))


async def waves_now(
    services: Services, somebody: Person, most: int | None = None, most_upcoming: int | None = None
) -> WavesFacts:
    """Read how far the open waves have come, and what opens next, all or the first, with times in the reader's zone."""
    async with services.database.reading() as session:
        running = await overview.first_open(session, services.workspace_id, most)
        many = await overview.count_open(session, services.workspace_id)
        facts = await _facts(session, running, somebody)
        repeating = await overview.first_repeating(session, services.workspace_id, most_upcoming)
        closed_ones = [
            (wave, survey)
            for wave, survey in await redrawing.waves_to_redraw(session, services.workspace_id, REDRAWN_SHOWN)
            if wave.closed_at
        ]
        left = await redrawing.count_to_redraw(session, [wave.id for wave, _ in closed_ones])
    return WavesFacts(
        tuple(facts),
        _upcoming(repeating.rows, services.clock(), zone_of(somebody)),
        tuple(RedrawnFacts(survey.name, wave.number, left.get(wave.id, 0)) for wave, survey in closed_ones),
        more=many - len(facts),
        more_upcoming=repeating.more,
    )


def _upcoming(
    repeating: Sequence[overview.Repeating], now: datetime, zone: ZoneInfo
) -> tuple[UpcomingFacts, ...]:
    """Say when each survey's next wave opens, the soonest first, and last those that are paused."""
    opening = [(opens_at, one) for one in repeating if (opens_at := next_opening(schedule_of(one), now))]
    opening.sort(key=lambda each: (each[1].is_paused, each[0]))
    return tuple(
        UpcomingFacts(one.name, opens_at.astimezone(zone), one.is_paused) for opens_at, one in opening
    )


async def _post(services: Services, wave: Wave, message: Message) -> None:
    posted = await services.slack.post(wave.opened_by, message)
    async with services.database.writing() as session:
        await messages.record_notice(session, wave.id, posted.channel_id, posted.ts, _fingerprint(message))


def _fingerprint(message: Message) -> str:
    return blake2b(repr(message).encode(), digest_size=8).hexdigest()


async def wave_now(services: Services, wave: Wave, somebody: Person) -> OpenedFacts:
    """Read how far an open wave has come, with times in the reader's zone."""
    async with services.database.reading() as session:
        survey = await session.get_one(Survey, wave.survey_id)
        [facts] = await _facts(session, [(wave, survey)], somebody)
    return facts


async def _message(services: Services, wave: Wave, somebody: Person) -> Message:
    return opened.render(await wave_now(services, wave, somebody), words_of(somebody))


async def _facts(
    session: AsyncSession, running: Sequence[tuple[Wave, Survey]], somebody: Person
) -> list[OpenedFacts]:
    stands = await progress_of(session, [wave.id for wave, _ in running])
    quarantine_days = await people.quarantine_days(session, somebody.workspace_id)
    stopped_for = next((one.code for one in await outages.stopped(session, somebody.workspace_id)), None)
    zone = zone_of(somebody)
    return [
        _opened(wave, survey, stands[wave.id], quarantine_days, stopped_for, zone) for wave, survey in running
    ]


def _opened(  # noqa: PLR0913, PLR0917 - one wave, and what holds for all
    wave: Wave,
    survey: Survey,
    stands: Progress,
    quarantine_days: int,
    stopped_for: str | None,
    zone: ZoneInfo,
) -> OpenedFacts:
    counted = WaveProgress(
        planned=stands.planned,
        snoozed=stands.snoozed,
        sending=stands.claimed,
        delivered=stands.delivered,
        answered=stands.answered,
        uncertain=stands.uncertain,
        failed=tuple(stands.failed.items()),
        reached_by_reminder=stands.reached_by_reminder,
    )
    unwilling = {LeftOutBecause.OPTED_OUT: stands.expired}  # while a wave is open, nothing else expires
    return OpenedFacts(
        survey_id=survey.id,
        survey_name=survey.name,
        wave_number=wave.number,
        closes_at=wave.closes_at.astimezone(zone),
        progress=counted if wave.planned_at else None,
        left_out=Counter(wave.left_out) + Counter(stands.left_out) + Counter(unwilling),
        quarantine_days=quarantine_of(quarantine_days, is_anonymous=wave.is_anonymous),
        paused=wave.paused_at is not None or stopped_for is not None,
        paused_for=wave.paused_for if wave.paused_at else stopped_for,
        open_channel=survey.audience.open_channel,
        is_posted=wave.question_ts is not None,
    )
