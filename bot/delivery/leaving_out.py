"""Who was to be asked and, when their message is to go, is not asked any more: for what Slack says, or by the quarantine.

A wave is planned so that the quarantine holds. But what failed and is sent again, or stood still in a pause or an
outage, goes at a time that nobody planned: another survey may have asked meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.delivery.letters import InvitationLetter, QuestionLetter, ReminderLetter
from bot.kit.rules.asking import day_free, is_too_late, not_asked_because
from bot.kit.rules.calendar import at_local, known_zone
from bot.kit.services import Services
from bot.logs import log
from storage import delivery
from storage.delivery import anonymous, invitations
from storage.kit import people
from storage.words import ANONYMOUS_DAYS, LeftOutBecause


@dataclass(frozen=True)
class _LastAsked:
    """When another question last went to the person, by invitation, and which one goes to them now, by user id.

    So many `days` lie between two of those that are `meant`, by the ids of their invitations.
    """

    days: int
    meant: frozenset[int]
    at: Mapping[int, datetime]
    goes_first: Mapping[str, int]


async def leave_out(services: Services, letters: Sequence[QuestionLetter]) -> list[QuestionLetter]:
    """Return the letters to people who may still be asked. The others are sent later or never."""
    now = services.clock()
    asked = await _asked(services, letters, now)
    going: list[QuestionLetter] = []
    staying: dict[type[QuestionLetter], dict[int, LeftOutBecause]] = {
        InvitationLetter: {},
        ReminderLetter: {},
    }
    waiting: dict[int, datetime] = {}
    for letter in letters:
        survey = letter.asked.survey
        if because := not_asked_because(letter.somebody, survey.kind, guests=survey.audience.guests):
            staying[type(letter)][letter.row.id] = because
        elif (free_at := _free_at(letter, asked, now)) is None:
            staying[type(letter)][letter.row.id] = LeftOutBecause.QUARANTINED
        elif free_at > now:
            waiting[letter.row.id] = free_at
        else:
            going.append(letter)
    if len(going) < len(letters):
        async with services.database.writing() as session:
            await delivery.postpone(session, InvitationLetter.table, waiting)
            for kind, because_of in staying.items():
                await delivery.leave_out(session, kind.table, because_of)
        log.info("letters.left_out", count=len(letters) - len(going), for_now=len(waiting))
    return going


async def _asked(services: Services, letters: Sequence[QuestionLetter], now: datetime) -> list[_LastAsked]:
    """Read it for the quarantine, and for the time from one anonymous question to the next."""
    first = [letter for letter in letters if _is_first(letter)]
    nameless = [letter for letter in first if letter.asked.wave.is_anonymous]
    found = []
    async with services.database.reading() as session:
        days = await people.quarantine_days(session, services.workspace_id)
        for some, between, last_spoken, first_to_go in (
            (first, days, invitations.last_spoken, invitations.first_to_go),
            (nameless, ANONYMOUS_DAYS, anonymous.last_spoken_anonymously, anonymous.first_anonymous_to_go),
        ):
            ids, user_ids = {one.row.id for one in some}, {one.somebody.user_id for one in some}
            if between and ids:
                at = await last_spoken(session, sorted(ids))
                goes_first = await first_to_go(session, services.workspace_id, sorted(user_ids), now)
                found.append(_LastAsked(between, frozenset(ids), at, goes_first))
    return found


def _is_first(letter: QuestionLetter) -> bool:
    """Tell a question that has not reached its person before. Who put theirs off gets it when they said."""
    row = letter.asked.invitation
    return isinstance(letter, InvitationLetter) and row.delivered_at is None and row.snoozed_until is None


def _free_at(letter: QuestionLetter, asked: Sequence[_LastAsked], now: datetime) -> datetime | None:
    """Return from when on a letter may go by what its person was asked, which may be past; None where its wave closes before."""
    latest = now
    for one in asked:
        if _is_first(letter) and letter.row.id in one.meant:
            free_at = _free_from(letter, one, now)
            if free_at is None:
                return None
            latest = max(latest, free_at)
    return latest


def _free_from(letter: QuestionLetter, asked: _LastAsked, now: datetime) -> datetime | None:
    user_id, zone = letter.somebody.user_id, letter.somebody.time_zone
    is_beaten = asked.goes_first.get(user_id, letter.row.id) != letter.row.id
    last = now if is_beaten else asked.at.get(letter.row.id)
    if last is None:
        return now
    day = day_free(last, asked.days, zone)
    if day <= now.astimezone(known_zone(zone)).date():
        return now
    if is_too_late(day, letter.asked.wave.closes_at, zone):
        return None
    return letter.working.window(at_local(day, time.min, zone), zone).opens_at
