"""The weekly digest: once per survey and due time, whatever clocks run, stop and start again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.digests.huddling import huddle_of
from bot.digests.rules.news import quoted
from bot.digests.views import digest, problem
from bot.digests.views.digest_facts import Ahead, DigestFacts
from bot.digests.views.huddle import HuddleFacts
from bot.digests.views.problem import DigestProblemFacts
from bot.kit.acted import as_told
from bot.kit.noticing import notify
from bot.kit.once import LEASE, DueRun, Outcome, once
from bot.kit.people import Who, person, words_of, zone_of
from bot.kit.rules.calendar import WEEK, is_worth_posting, known_zone, latest_due, next_due
from bot.kit.rules.rhythm import Schedule, next_opening
from bot.kit.services import Services
from bot.kit.workplace import working_time
from bot.logs import fault, log, whereabouts
from bot.reports.promising import promise_of
from bot.reports.results import Detail, closed_told, newest_told
from bot.reports.rules.gate import Hidden, Reader, tells_each
from bot.reports.rules.trending import spans_of
from bot.reports.views.trend import TrendFacts
from bot.reports.views.wave import WaveFacts
from bot.slack.client import with_or_without_chart
from scoring.scale import Category, scores_of
from storage import actions, comments, counts, surveys, waves, webhooks
from storage.errors import DatabaseAway
from storage.kit import claims
from storage.surveys import agenda
from storage.surveys.agenda import AT_A_TIME, Appointment, DigestTime
from storage.tables import Person, Survey, Wave
from storage.words import Event, RunState

WEEKLY_DIGEST = "weekly_digest"
READ_TO_QUOTE = 10
"""Comments of each category, to choose from."""
_SOON = timedelta(minutes=15)
"""Until the next look where a holiday, which a manager may take away, or the first wave is waited for."""
ACTIONS_TOLD = 3


async def post_due_digests(services: Services) -> None:
    """Post each digest that fell due within the last day, or on a holiday before, if nobody has posted it."""
    now = services.clock()
    async with services.database.writing() as session:
        await claims.mark_abandoned_runs(session, now - LEASE, now)
    async with services.database.reading() as session:
        to_look_at = await agenda.digests_due(session, services.workspace_id, now)
    for first in range(0, len(to_look_at), AT_A_TIME):
        await _post_due(services, to_look_at[first : first + AT_A_TIME], now)


async def _post_due(services: Services, survey_ids: Sequence[int], now: datetime) -> None:
    async with services.database.reading() as session:
        times = await agenda.digest_times(session, survey_ids)
        done = await claims.settled(session, services.workspace_id, WEEKLY_DIGEST, survey_ids, now - WEEK)
    working, seen = await working_time(services), []
    for one in times:
        due_at = latest_due(one.weekday, one.hour, one.time_zone, now)
        posted_from = working.off_holidays(due_at, one.time_zone)
        if at := _next_look(one, posted_from, now, is_done=(one.survey_id, due_at) in done):
            seen.append(Appointment(one.survey_id, one.look_at, at))
        else:
            await _try_to_post(services, one.survey_id, due_at)
    async with services.database.writing() as session:
        await agenda.set_digests(session, seen)


def _next_look(one: DigestTime, posted_from: datetime, now: datetime, *, is_done: bool) -> datetime | None:
    """Return when to look again; None where the digest is to be posted now."""
    if one.channel and now < posted_from:
        return min(now + _SOON, posted_from)
    if one.channel is None or is_done or not is_worth_posting(posted_from, since=one.created_at, now=now):
        return next_due(one.weekday, one.hour, one.time_zone, now)
    return None if one.has_asked else now + _SOON


async def _try_to_post(services: Services, survey_id: int, due_at: datetime) -> None:
    try:
        async with services.database.reading() as session:
            survey = await surveys.survey(session, survey_id)
        if survey and survey.digest_channel:
            await _post(services, survey, due_at)
    except DatabaseAway:
        raise
    except Exception as error:  # noqa: BLE001 - one survey's trouble is not the others'
        log.error("digest.failed", survey=survey_id, kind=fault(error), at=whereabouts(error))


async def digest_of(services: Services, survey: Survey, author: Person, until: datetime) -> DigestFacts:
    """Read what a digest that is due at `until` tells its channel: new is what came since the one before it."""
    async with services.database.reading() as session:
        about = await _about(services, session, survey, until)
        return await _facts(session, about, author)


@dataclass(frozen=True, slots=True)
class _About:
    """What a digest speaks of: the time since the one before it, the wave, None without one, and the follow-up."""

    survey: Survey
    since: datetime
    until: datetime
    wave: Wave | None
    huddle: HuddleFacts | None


async def _about(services: Services, session: AsyncSession, survey: Survey, until: datetime) -> _About:
    since = (
        await claims.last_told(session, survey.workspace_id, WEEKLY_DIGEST, survey.id, until)
        or survey.created_at
    )
    wave = await _wave_to_tell(session, survey, since)
    huddle = await huddle_of(session, survey, wave, since, until, services.clock()) if wave else None
    return _About(survey, since, until, wave, huddle)


async def _facts(session: AsyncSession, about: _About, author: Person) -> DigestFacts:
    survey, since, until, wave = about.survey, about.since, about.until, about.wave
    if wave is None:
        return DigestFacts(survey_name=survey.name, wave=None)
    zone, is_final = zone_of(author), _closed_after(wave, since)
    told = await newest_told(session, survey, Reader.CHANNEL, zone, wave, detail=Detail.MENTIONS)
    acted = await actions.told_since(session, survey.id, since, until, ACTIONS_TOLD)
    return DigestFacts(
        survey_name=survey.name,
        wave=told,
        # When somebody answered anonymously is not kept.
        new_answers=None if wave.is_anonymous else await counts.answers_since(session, wave.id, since),
        is_final=is_final,
        has_opened=wave.closed_at is None and wave.opens_at >= since,
        trend=await _trend(session, survey, zone) if is_final else None,
        ahead=await _ahead(session, survey, wave, until),
        comments=await _comments(session, survey, wave, told, since),
        acted=tuple(map(as_told, acted)),
        huddle=about.huddle,
    )


async def _comments(
    session: AsyncSession, survey: Survey, wave: Wave, told: WaveFacts | None, since: datetime
) -> tuple[str, ...]:
    """Choose what may be quoted: where people were told so, the survey says so still, and the gate lets comments through."""
    is_allowed = wave.digest_comments and survey.digest_comments and not wave.is_anonymous
    if not is_allowed or told is None or not told.result.comments or Hidden.FEW_SINCE in told.result.hidden:
        return ()
    # Where the number is told while a wave is open, so were its earlier comments.
    after = since if tells_each(promise_of(survey, wave)) else None
    found = {
        category: await comments.newest_comments(session, wave.id, scores_of(category), READ_TO_QUOTE, after)
        for category in Category
    }
    return quoted(found)


async def _trend(session: AsyncSession, survey: Survey, zone: ZoneInfo) -> TrendFacts | None:
    """Read the last waves of a survey that asks so often that each alone says little."""
    spans = spans_of(survey.rhythm, survey.every_weeks)
    if spans is None:
        return None
    newest = await closed_told(session, survey, Reader.CHANNEL, zone, spans.waves)
    return TrendFacts(survey.name, newest, spans)


async def _ahead(session: AsyncSession, survey: Survey, wave: Wave, now: datetime) -> Ahead | None:
    """Say which wave comes after one that has closed; None where nobody knows."""
    if wave.closed_at is None or survey.paused_at or survey.ended_at:
        return None
    zone = known_zone(survey.time_zone)
    current = await waves.current_wave(session, survey.id)
    if current:
        return Ahead(current.number, current.closes_at.astimezone(zone).date(), is_open=True)
    schedule = Schedule(survey.rhythm, survey.every_weeks, survey.starts_at, survey.time_zone)
    opens_at = next_opening(schedule, now)
    if opens_at is None:
        return None
    return Ahead(await waves.next_number(session, survey.id), opens_at.astimezone(zone).date(), is_open=False)


async def _wave_to_tell(session: AsyncSession, survey: Survey, since: datetime) -> Wave | None:
    """Return the wave that a digest speaks of.

    A wave that closed since the last digest goes before the one that is open: its result is final and nobody has
    read it yet. The open one has the next week.
    """
    newest = await waves.newest_waves(session, survey.id, limit=2)
    has_followed = len(newest) > 1 and newest[0].closed_at is None and _closed_after(newest[1], since)
    # Where the channel reads a result as the wave closes, it is no news a second time.
    if has_followed and not survey.result_at_closing:
        return newest[1]
    return newest[0] if newest else None


def _closed_after(wave: Wave, since: datetime) -> bool:
    """Whether this wave was asked in Slack and has closed since that time; an imported one closed long ago."""
    return wave.label is None and wave.closed_at is not None and wave.closed_at > since


async def _post(services: Services, survey: Survey, due_at: datetime) -> None:
    async with services.database.reading() as session:
        current = await waves.current_wave(session, survey.id)
    if current and current.closes_at <= services.clock():
        return  # its time is over: the clock closes it in a moment, and then its result is final
    # The digest speaks the language of the manager who made the survey: a channel has none of its own.
    author = await person(services, Who(survey.workspace_id, survey.created_by))
    outcome = await once(
        services,
        DueRun(survey.workspace_id, WEEKLY_DIGEST, survey.id, due_at),
        partial(_news, services, survey, author, due_at),
        partial(_say, services, survey, author),
        also=partial(_tell_webhooks, services, survey),
    )
    if outcome and outcome.state is not RunState.DONE:
        await _tell_manager(services, survey, author, due_at, outcome)


async def _news(services: Services, survey: Survey, author: Person, due_at: datetime) -> DigestFacts | None:
    """Read what the digest says; None where nothing has happened since the one before it: then no more is read than that."""
    async with services.database.reading() as session:
        about = await _about(services, session, survey, due_at)
        has_news = about.huddle is not None and about.huddle.is_news
        if not has_news and not await _has_news(services, session, survey, due_at):
            return None
        return await _facts(session, about, author)


async def _has_news(services: Services, session: AsyncSession, survey: Survey, due_at: datetime) -> bool:
    """Whether since the digest before this one a wave has opened or closed, or somebody has answered."""
    times = await claims.times_told(session, survey.workspace_id, WEEKLY_DIGEST, survey.id, due_at, limit=2)
    since, before_that = [*times, survey.created_at, survey.created_at][:2]
    newest = [one for one in await waves.newest_waves(session, survey.id, limit=3) if one.label is None]
    working = await working_time(services)
    # A wave that asks its first people at this very hour is news a week later, unless it has closed by then.
    begun = [working.next_window(one.opens_at, survey.time_zone) for one in newest if one.closed_at is None]
    earlier = latest_due(
        survey.digest_weekday, survey.digest_hour, survey.time_zone, due_at - timedelta(minutes=1)
    )
    if not times or any(min(since, earlier) <= one < due_at for one in begun):
        return True
    if survey.result_at_closing:  # of what has closed since, the channel has read the result
        newest = [one for one in newest if one.closed_at is None]
    elif any(_closed_after(one, since) for one in newest):
        return True
    elif (
        len(newest) > 1
        and newest[0].closed_at is None
        and begun[0] < due_at
        and _closed_after(newest[1], before_that)
    ):
        return True  # the digest before told a result, and nothing of the wave that had just opened
    return any([await counts.answers_since(session, one.id, since) for one in newest])


async def _say(services: Services, survey: Survey, author: Person, facts: DigestFacts) -> None:
    assert survey.digest_channel is not None  # noqa: S101 - no digest is due otherwise
    await with_or_without_chart(
        partial(services.slack.post, survey.digest_channel),
        lambda with_chart: digest.render(facts, words_of(author), with_chart=with_chart),
    )


async def _tell_webhooks(services: Services, survey: Survey, session: AsyncSession) -> None:
    await webhooks.tell_of(session, survey.workspace_id, Event.DIGEST_POSTED, [survey.id], services.clock())


async def _tell_manager(
    services: Services, survey: Survey, author: Person, due_at: datetime, outcome: Outcome
) -> None:
    facts = DigestProblemFacts(
        survey.name, str(survey.digest_channel), outcome.code if outcome.state is RunState.FAILED else None
    )
    message = problem.render(facts, words_of(author))
    await notify(services, author.user_id, f"digest:{survey.id}:{due_at.isoformat()}", message)
