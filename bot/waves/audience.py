"""Who a survey asks, read from Slack each time, page by page: it may be a hundred thousand people."""

from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.kit.concurrency.ahead import ahead
from bot.kit.people.directory import Directory
from bot.kit.rules.calendar import at_local, known_zone
from bot.kit.rules.rhythm import Schedule, next_opening
from bot.kit.rules.working_hours import WorkingTime
from bot.kit.services import Services
from bot.kit.workplace import Workplace, workplace
from bot.waves.rules.eligibility import AudienceCount, Candidate, may_invite
from bot.waves.rules.sampling import turn
from storage.delivery import anonymous, invitations
from storage.kit import preferences
from storage.kit.people import KnownPerson
from storage.tables import Survey
from storage.waves.overview import Repeating
from storage.waves.planning import Planned
from storage.words import LeftOutBecause, Rhythm

_PAGE = 1000


@dataclass(frozen=True)
class ListedPeople:
    """Some people of an audience. `known` lacks those that Slack tells nothing about.

    `part` is the channel or user group in which they are, None where they were chosen otherwise.
    """

    user_ids: Sequence[str]
    known: Mapping[str, KnownPerson]
    part: str | None = None


@dataclass
class PageOfAudience:
    """Some people of an audience: those to ask, and by user id why others are left out."""

    planned: list[Planned] = field(default_factory=list)
    left_out: dict[str, LeftOutBecause] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """From when to when a wave is open."""

    opens_at: datetime
    closes_at: datetime


def span_of(
    survey: Survey, working: WorkingTime, opens_at: datetime, starts_at: datetime | None = None
) -> Span:
    """Return how long a wave that opens at this time is open: never into the next one of its rhythm.

    It closes on no public holiday of the survey's time zone, but on the next day of work.

    The rhythm counts from `starts_at`, if given, in place of the survey's own.
    """
    following = next_opening(schedule_of(survey, starts_at), opens_at)
    if survey.rhythm is Rhythm.CONTINUOUS and following:
        return Span(opens_at, following)
    # At the same hour by the clock on the wall, whatever was done to that meanwhile.
    opening = opens_at.astimezone(known_zone(survey.time_zone))
    last_day = opening.date() + timedelta(days=survey.wave_days)
    closes_at = working.off_holidays(at_local(last_day, opening.time(), survey.time_zone), survey.time_zone)
    return Span(opens_at, min(closes_at, following or closes_at))


def schedule_of(survey: Survey | Repeating, starts_at: datetime | None = None) -> Schedule:
    """Return when the survey's waves open, counted from `starts_at`, if given, in place of the survey's own."""
    return Schedule(survey.rhythm, survey.every_weeks, starts_at or survey.starts_at, survey.time_zone)


async def count_audience(services: Services, survey: Survey, span: Span) -> AudienceCount:
    """Count the people that a wave would ask. Raises SlackError."""
    seen, later, left_out = set[str](), 0, Counter[LeftOutBecause]()
    asked = 0
    async for listed in listed_in(services, survey):
        async with services.database.reading() as session:
            wishes = await workplace(session, survey.workspace_id)
            page = await judged(session, survey, span, wishes, listed)
        fresh = [one for one in page.planned if one.user_id not in seen]
        asked += len(fresh)
        later += sum(
            one.send_after > wishes.working.window(span.opens_at, one.time_zone).opens_at for one in fresh
        )
        left_out.update(because for user_id, because in page.left_out.items() if user_id not in seen)
        seen.update(one.user_id for one in fresh)
        seen.update(page.left_out)
    return AudienceCount(asked, later, left_out)


async def listed_in(services: Services, survey: Survey) -> AsyncGenerator[ListedPeople, None]:
    """Read the audience as Slack tells it now, page by page; somebody may come twice. Raises SlackError."""
    directory = Directory(services)
    if survey.audience.everyone:
        async for everybody in directory.everybody():
            known = {one.user_id: one for one in everybody}
            yield ListedPeople(list(known), known)
    for channel in survey.audience.channels:
        async with aclosing(ahead(services.slack.members(channel))) as members:
            async for user_ids, known in directory.look_up_all(members):
                yield ListedPeople(user_ids, known, channel)
    chosen: list[tuple[Sequence[str], str | None]] = [(survey.audience.people, None)]
    chosen += [(await services.slack.group_members(one), one) for one in survey.audience.user_groups]
    for all_of_them, part in chosen:
        for start in range(0, len(all_of_them), _PAGE):
            user_ids = all_of_them[start : start + _PAGE]
            yield ListedPeople(user_ids, await directory.look_up(user_ids), part)


async def judged(  # noqa: PLR0913 - the people, the wave, and what it keeps to
    session: AsyncSession,
    survey: Survey,
    span: Span,
    wishes: Workplace,
    listed: ListedPeople,
    *,
    has_turns: bool = True,
) -> PageOfAudience:
    """Tell who of the people is asked in the wave and who is not, by what this session sees of other waves.

    In a continuous survey people have days of their own, unless somebody is to be asked now: then no one `has_turns`.
    """
    user_ids, known = listed.user_ids, listed.known
    opted_out = await preferences.opted_out_among(session, survey.workspace_id, user_ids)
    asked = await invitations.last_delivered(session, survey.workspace_id, user_ids)
    if wishes.quarantine_days:
        # Two surveys that open in one night would else ask everybody twice in the morning.
        soon = await invitations.under_way(session, survey.workspace_id, user_ids)
        asked |= {user_id: max(when, asked.get(user_id, when)) for user_id, when in soon.items()}
    anonymously = (
        await anonymous.last_anonymous(session, survey.workspace_id, user_ids) if survey.is_anonymous else {}
    )
    page = PageOfAudience()
    kind, guests = survey.kind, survey.audience.guests
    takes_turns = has_turns and survey.rhythm is Rhythm.CONTINUOUS
    window = cache(wishes.working.window)  # most of the people share a few zones
    for user_id in user_ids:
        somebody = known.get(user_id)
        candidate = Candidate(
            user_id,
            time_zone=somebody.time_zone if somebody else "UTC",
            is_bot=bool(somebody and somebody.is_bot),
            is_deactivated=bool(somebody and somebody.is_deactivated),
            has_never_signed_in=bool(somebody and somebody.has_never_signed_in),
            is_stranger=bool(somebody and somebody.is_stranger),
            is_guest=bool(somebody and somebody.is_guest),
            is_known=somebody is not None,
            has_opted_out=user_id in opted_out,
            last_asked=asked.get(user_id),
            last_anonymous=anonymously.get(user_id),
        )
        verdict = may_invite(
            candidate,
            wishes.quarantine_days,
            span.opens_at,
            span.closes_at,
            kind=kind,
            guests=guests,
        )
        if verdict.because:
            page.left_out[user_id] = verdict.because
            continue
        day = verdict.not_before
        if takes_turns and (day := _turn(survey, span, wishes, candidate)) is None:
            page.left_out[user_id] = LeftOutBecause.NOT_THEIR_TURN
            continue
        zone, earliest = candidate.time_zone, span.opens_at
        if day:
            earliest = max(at_local(day, wishes.working.opens, zone), earliest)
        page.planned.append(Planned(user_id, zone, window(earliest, zone).opens_at))
    return page


def _turn(survey: Survey, span: Span, wishes: Workplace, candidate: Candidate) -> date | None:
    """Return the day of the wave on which it is somebody's turn in a continuous survey."""
    zone, home = known_zone(candidate.time_zone), known_zone(survey.time_zone)
    last, days = candidate.waits_for(wishes.quarantine_days) or (None, wishes.quarantine_days)
    return turn(
        candidate.user_id,
        survey.id,
        days,
        wishes.working,
        time_zone=candidate.time_zone,
        first_day=span.opens_at.astimezone(home).date(),
        last_day=(span.closes_at - timedelta(microseconds=1)).astimezone(home).date(),
        last_asked=last.astimezone(zone).date() if last else None,
    )
