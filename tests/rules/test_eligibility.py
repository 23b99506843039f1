from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.eligibility import Candidate, Reason, Verdict, may_invite
from tests.rules.strategies import instants, zones

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
# Every reason at once: taking them away one by one shows the order.
HOPELESS = Candidate(
    "U1",
    is_bot=True,
    is_deactivated=True,
    is_guest=True,
    is_known=False,
    has_opted_out=True,
    last_delivered=NOW,
)


def test_of_several_reasons_the_first_in_order_is_told() -> None:
    told, candidate = [], HOPELESS
    for mended in (
        {"is_bot": False},
        {"is_deactivated": False},
        {"is_guest": False},
        {"has_opted_out": False},
        {"last_delivered": None},
        {"is_known": True},
    ):
        told.append(may_invite(candidate, 90, NOW, guests=False).reason)
        candidate = replace(candidate, **mended)
    assert told == list(Reason)
    assert may_invite(candidate, 90, NOW, guests=False) == Verdict()


def test_guests_are_asked_where_the_survey_says_so() -> None:
    guest = Candidate("U1", is_guest=True)
    assert may_invite(guest, 90, NOW, guests=True).allowed
    assert may_invite(guest, 90, NOW, guests=False) == Verdict(Reason.GUEST)


def test_a_quarantine_of_no_days_holds_nobody_back() -> None:
    assert may_invite(Candidate("U1", last_delivered=NOW), 0, NOW, guests=False).allowed


def test_the_days_are_those_of_the_persons_own_calendar() -> None:
    late_in_auckland = datetime(2026, 3, 2, 3, 55, tzinfo=UTC)  # 16:55 on the 2nd
    early = datetime(2026, 5, 30, 21, tzinfo=UTC)  # 09:00 on the 31st
    asked = Candidate("U1", time_zone="Pacific/Auckland", last_delivered=late_in_auckland)
    assert may_invite(asked, 90, early, guests=False).allowed
    assert may_invite(replace(asked, time_zone="UTC"), 90, early, guests=False).days_ago == 89


@pytest.mark.parametrize(("days", "allowed"), [(89, False), (90, True), (91, True)])
def test_the_quarantine_ends_on_its_day_whatever_the_hour(days: int, *, allowed: bool) -> None:
    asked_late, wave_early = NOW.replace(hour=16), NOW.replace(hour=0) + timedelta(days=days)
    verdict = may_invite(Candidate("U1", last_delivered=asked_late), 90, wave_early, guests=False)
    assert verdict.allowed is allowed


@given(instants, instants, zones, st.integers(0, 365))
def test_nobody_is_asked_within_their_quarantine_and_everybody_after_it(
    last: datetime, now: datetime, zone: str, days: int
) -> None:
    verdict = may_invite(Candidate("U1", zone, last_delivered=last), days, now, guests=False)
    if now - last >= timedelta(days=days + 1):
        assert verdict == Verdict()
    if now - last < timedelta(days=days - 1):
        assert verdict.reason is Reason.QUARANTINED
        assert verdict.days_ago is not None
        assert verdict.days_ago < days
