"""Two companies for a few weeks in which anything happens, in an order that hypothesis chooses."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, ExitStack
from datetime import datetime, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlmodel import select

from bot.jobs import run_everything
from bot.kit.rules.calendar import next_due
from bot.sandbox.failures.faults import ANY
from bot.sandbox.failures.limits import POST
from storage.database.engine import Database
from storage.tables import Outage
from storage.words import InvitationState, RunState
from tests.journeys.hands import AGAIN, STOP
from tests.journeys.office import ASKED, FixedClock
from tests.simulation import invariants
from tests.simulation.company import SURVEYS, Company, companies_on
from tests.simulation.invariants import Rows, read
from tests.simulation.killing import Moment, kill_at
from tests.simulation.people import put_off, tap, tap_what_is_not_theirs, wish

Done = TypeVar("Done")
NewDatabase = Callable[[], AbstractContextManager[str]]

A_LEASE = timedelta(minutes=6)
"""After which what a dead process had claimed is anybody's, and a little more."""
MOST_LOOKS = 60

companies = st.integers(0, 1)
people = st.sampled_from(ASKED)
scores = st.integers(0, 10)
picks = st.integers(0, 99)
TROUBLES: dict[str, Callable[[Company, int, int], object]] = {
    "rate_limit": lambda one, times, every: one.slack.faults.rate_limit(
        POST, seconds=0, times=times, every=every
    ),
    "server_error": lambda one, times, every: one.slack.faults.server_error(POST, times=times, every=every),
    "lost_message": lambda one, times, every: one.slack.faults.drop_before(POST, times=times, every=every),
    "lost_reply": lambda one, times, every: one.slack.faults.drop_after(POST, times=times, every=every),
    "gateway": lambda one, times, _: one.slack.faults.gateway(ANY, 503, times=2 * times),
    "refused": lambda one, times, every: one.slack.faults.answer(
        POST, "user_not_found", times=times, every=every
    ),
    "revoked": lambda one, _, __: one.slack.revoke(),
}


class Simulation(RuleBasedStateMachine):
    """`new_database` gives the address of a migrated database for one run."""

    new_database: NewDatabase

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._rooms, self._world = ExitStack(), AsyncExitStack()
        self._is_broken = False
        self._quarantine_days = 0
        self.companies: list[Company] = []

    @initialize(quarantine_days=st.sampled_from((0, 5, 30)))
    def open(self, quarantine_days: int) -> None:
        self._quarantine_days = quarantine_days
        url = self._rooms.enter_context(type(self).new_database())
        self.companies = self._do(self._world.enter_async_context(companies_on(url, quarantine_days)))

    # What a clock does

    @rule(company=companies)
    def tick(self, company: int) -> None:
        self._do(self.companies[company].office.tick())

    @rule(hours=st.sampled_from((1, 6, 24, 50)))
    def live(self, hours: int) -> None:
        """Let time pass, and all look."""
        self._clock.forward(hours=hours)
        self._do(self._all_tick())

    @rule(company=companies)
    def two_clocks(self, company: int) -> None:
        self._do(self._two_clocks(self.companies[company]))

    @rule(company=companies, moment=st.sampled_from(Moment), times=st.integers(1, 12))
    def kill(self, company: int, moment: Moment, times: int) -> None:
        self._do(kill_at(self.companies[company].office, moment, times))

    @rule(minutes=st.sampled_from((1, 6, 60, 600, 3 * 1440, 10 * 1440)))
    def jump(self, minutes: int) -> None:
        self._clock.forward(minutes=minutes)

    @rule(company=companies)
    def two_clocks_when_digests_are_due(self, company: int) -> None:
        self._do(self._wait_for_digests())
        self._do(self._two_clocks(self.companies[company]))

    @rule(company=companies, name=st.sampled_from(sorted(SURVEYS)))
    def open_wave(self, company: int, name: str) -> None:
        self._do(self.companies[company].open_wave(name))

    # What Slack does

    @rule(
        company=companies,
        kind=st.sampled_from(sorted(TROUBLES)),
        times=st.integers(1, 4),
        every=st.integers(1, 3),
    )
    def trouble(self, company: int, kind: str, times: int, every: int) -> None:
        TROUBLES[kind](self.companies[company], times, every)

    @rule(company=companies)
    def calm(self, company: int) -> None:
        _calm(self.companies[company])

    # What people do

    @rule(company=companies, pick=picks, taps=st.lists(scores, min_size=1, max_size=3))
    def tap(self, company: int, pick: int, taps: list[int]) -> None:
        """Tap, and change one's mind perhaps."""
        for score in taps:
            self._do(tap(self.companies[company], pick, score))

    @rule(company=companies, pick=picks, score=scores)
    def tap_while_a_clock_looks(self, company: int, pick: int, score: int) -> None:
        async def both() -> None:
            one = self.companies[company]
            await asyncio.gather(tap(one, pick, score), one.office.tick())

        self._do(both())

    @rule(company=companies, pick=picks, score=scores)
    def tap_a_question_of_another_workspace(self, company: int, pick: int, score: int) -> None:
        self._do(tap_what_is_not_theirs(self.companies[company], self.companies[1 - company], pick, score))

    @rule(company=companies, pick=picks, later=st.integers(0, 2))
    def put_off(self, company: int, pick: int, later: int) -> None:
        self._do(put_off(self.companies[company], pick, later))

    @rule(company=companies, person=people)
    def opt_out(self, company: int, person: str) -> None:
        self._do(wish(self.companies[company], person, STOP))

    @rule(company=companies, person=people)
    def opt_in(self, company: int, person: str) -> None:
        self._do(wish(self.companies[company], person, AGAIN))

    # What must hold

    @invariant()
    def all_promises_hold(self) -> None:
        self._do(self._check())

    def teardown(self) -> None:
        try:
            if not self._is_broken and self.companies:
                self._do(self._settle())
        finally:
            try:
                self._runner.run(self._world.aclose())
            finally:
                self._runner.close()
                self._rooms.close()

    @property
    def _clock(self) -> FixedClock:
        return self.companies[0].office.clock

    @property
    def _books(self) -> Database:
        return self.companies[0].office.books

    def _do(self, doing: Coroutine[Any, Any, Done]) -> Done:
        self._is_broken, was_broken = True, self._is_broken
        done = self._runner.run(doing)
        self._is_broken = was_broken
        return done

    async def _all_tick(self) -> None:
        for company in self.companies:
            await company.office.tick()
            company.look()

    async def _two_clocks(self, company: Company) -> None:
        await asyncio.gather(company.office.tick(), run_everything(company.spare.services))

    async def _check(self) -> Rows:
        rows = await read(self._books)
        for company in self.companies:
            company.look()
            invariants.nobody_is_asked_twice(company, self._quarantine_days)
            invariants.no_acknowledged_answer_is_lost(company, rows)
            invariants.one_digest_per_due_time(company, rows)
            invariants.nothing_of_another_workspace(company, rows)
        return rows

    async def _settle(self) -> None:
        """Let all be well, and time pass, until whatever was begun has ended."""
        for company in self.companies:
            _calm(company)
        await self._all_tick()
        waves = list((await read(self._books)).waves)
        for _ in range(MOST_LOOKS):
            if (moment := await self._next_moment(waves)) is None:
                break
            self._clock.now = moment
            await self._all_tick()
        rows = await self._check()
        for company in self.companies:
            missing = invariants.forgotten(company, rows, waves)
            assert missing == [], f"forgotten: {missing}"
        await self._see_the_next_digests()

    async def _next_moment(self, waves: Sequence[int]) -> datetime | None:
        """Return when something of these waves goes on; None when all has ended."""
        now, rows = self._clock.now, await read(self._books)
        async with self._books.reading() as session:
            is_stopped = (await session.exec(select(Outage))).first() is not None
        invited = [row for row in rows.invitations.values() if row.wave_id in waves]
        due = [row.send_after for row in invited if row.state is InvitationState.PLANNED]
        is_under_way = (
            any(row.state is InvitationState.CLAIMED for row in invited)
            or any(run.state is RunState.CLAIMED for run in rows.runs.values())
            or any(not (wave.planned_at or wave.closed_at) for wave in rows.waves.values())
            or any(at <= now for at in due)
        )
        return now + A_LEASE if is_under_way or is_stopped else min(due, default=None)

    async def _see_the_next_digests(self) -> None:
        """Wait for the digests' next hour: each survey that has asked then has its digest, or had nothing to say."""
        due = await self._wait_for_digests()
        await self._all_tick()
        rows = await self._check()
        for company in self.companies:
            missing = invariants.without_a_digest(company, rows, due)
            assert missing == [], f"without a digest: {missing}"

    async def _wait_for_digests(self) -> datetime:
        """Let time pass until just after the digests of all surveys fall due, and return when they did."""
        survey = next(iter((await read(self._books)).surveys.values()))
        due = next_due(survey.digest_weekday, survey.digest_hour, survey.time_zone, self._clock.now)
        self._clock.now = due + timedelta(minutes=1)
        return due


def _calm(company: Company) -> None:
    company.slack.faults.pending.clear()
    company.slack.revoke(revoked=False)
