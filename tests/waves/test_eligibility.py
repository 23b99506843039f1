from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.rules.calendar import known_zone
from bot.waves.rules.eligibility import Candidate, Eligibility, may_invite
from storage.words import Kind, LeftOutBecause
from tests.waves.strategies import instants, zones

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
# Every reason at once: taking them away one by one shows the order.
HOPELESS = Candidate(
    "U1",
    is_bot=True,
    is_deactivated=True,
    has_never_signed_in=True,
    is_stranger=True,
    is_guest=True,
    is_known=False,
    has_opted_out=True,
    last_asked=NOW,
)


def asked_for_a_day(
    candidate: Candidate, quarantine_days: int, now: datetime, *, guests: bool = False
) -> Eligibility:
    """Ask in a wave too short for any quarantine to end in it."""
    return may_invite(candidate, quarantine_days, now, now + DAY, kind=Kind.EMPLOYEES, guests=guests)


def test_of_several_reasons_the_first_in_order_is_told() -> None:
    told, candidate = [], HOPELESS
    for mended in (
        {"is_bot": False},
        {"is_deactivated": False},
        {"has_never_signed_in": False},
        {"is_stranger": False},
        {"is_guest": False},
        {"has_opted_out": False},
        {"last_asked": None},
        {"is_known": True},
    ):
        told.append(asked_for_a_day(candidate, 90, NOW).because)
        candidate = candidate._replace(**mended)
    assert told == [one for one in LeftOutBecause if one is not LeftOutBecause.NOT_THEIR_TURN]
    assert asked_for_a_day(candidate, 90, NOW) == Eligibility()


def test_guests_are_asked_where_the_survey_says_so() -> None:
    guest = Candidate("U1", is_guest=True)
    assert asked_for_a_day(guest, 90, NOW, guests=True).allowed
    assert asked_for_a_day(guest, 90, NOW) == Eligibility(LeftOutBecause.GUEST)


@pytest.mark.parametrize("kind", Kind)
def test_people_of_another_company_are_asked_as_customers_alone(kind: Kind) -> None:
    stranger = Candidate("U1", is_stranger=True)
    verdict = may_invite(stranger, 90, NOW, NOW + DAY, kind=kind, guests=False)
    assert verdict == Eligibility(LeftOutBecause.STRANGER if kind is Kind.EMPLOYEES else None)


def test_a_quarantine_of_no_days_holds_nobody_back() -> None:
    assert asked_for_a_day(Candidate("U1", last_asked=NOW), 0, NOW).allowed


def test_the_days_are_those_of_the_persons_own_calendar() -> None:
    late_in_auckland = datetime(2026, 3, 2, 3, 55, tzinfo=UTC)  # 16:55 on the 2nd
    early = datetime(2026, 5, 30, 21, tzinfo=UTC)  # 09:00 on the 31st
    asked = Candidate("U1", time_zone="Pacific/Auckland", last_asked=late_in_auckland)
    assert asked_for_a_day(asked, 90, early).allowed
    assert asked_for_a_day(asked._replace(time_zone="UTC"), 90, early).days_ago == 89


@pytest.mark.parametrize(("days", "allowed"), [(89, False), (90, True), (91, True)])
def test_the_quarantine_ends_on_its_day_whatever_the_hour(days: int, *, allowed: bool) -> None:
    asked_late, wave_early = NOW.replace(hour=16), NOW.replace(hour=0) + timedelta(days=days)
    verdict = asked_for_a_day(Candidate("U1", last_asked=asked_late), 90, wave_early)
    assert verdict.allowed is allowed


@given(instants, instants, zones, st.integers(0, 365))
def test_nobody_is_asked_within_their_quarantine_and_everybody_after_it(
    last: datetime, now: datetime, zone: str, days: int
) -> None:
    verdict = asked_for_a_day(Candidate("U1", zone, last_asked=last), days, now)
    if now - last >= timedelta(days=days + 1):
        assert verdict == Eligibility()
    if now - last < timedelta(days=days - 1):
        assert verdict.because is LeftOutBecause.QUARANTINED
        assert verdict.days_ago is not None
        assert verdict.days_ago < days


@pytest.mark.parametrize(("wave_days", "asked"), [(1, False), (2, True), (14, True)])
def test_somebody_is_asked_from_the_day_their_quarantine_ends_while_the_wave_is_open(
    wave_days: int, *, asked: bool
) -> None:
    last = Candidate("U1", last_asked=NOW - 89 * DAY)
    verdict = may_invite(last, 90, NOW, NOW + wave_days * DAY, kind=Kind.EMPLOYEES, guests=False)
    assert verdict == (
        Eligibility(not_before=(NOW + DAY).date())
        if asked
        else Eligibility(LeftOutBecause.QUARANTINED, days_ago=89)
    )


@given(instants, instants, zones, st.integers(0, 365), st.integers(1, 60))
def test_the_day_from_which_somebody_is_asked_is_the_first_after_their_quarantine(
    last: datetime, now: datetime, zone: str, days: int, wave_days: int
) -> None:
    candidate = Candidate("U1", zone, last_asked=last)
    verdict = may_invite(candidate, days, now, now + wave_days * DAY, kind=Kind.EMPLOYEES, guests=False)
    if verdict.not_before:
        at_noon = datetime.combine(verdict.not_before, time(12), tzinfo=known_zone(zone)).astimezone(UTC)
        assert asked_for_a_day(candidate, days, at_noon) == Eligibility()
        assert not asked_for_a_day(candidate, days, at_noon - DAY).allowed
