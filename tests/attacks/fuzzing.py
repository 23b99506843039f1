"""Hostile requests, one after the other, and what must be true of the app and of its database all the while."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import SQLModel, select
from structlog.testing import capture_logs

from bot.sandbox.driving.post import Reply
from storage.tables import Invitation, Person, Preference, Survey, Wave
from storage.words import NAME_LENGTH
from tests.attacks.mutating import Attack, Attacker, acts_for_a_bystander
from tests.attacks.recording import BYSTANDERS, DORA, record
from tests.journeys.office import MAYA, Office, Said, listeners_finish

AT_ONCE = 8
LOOK_EVERY = 100
"""Batches from one look at the database to the next."""
FAULTS = frozenset({"request.failed", "job.failed", "digest.failed", "library.spoke", "database.away"})
"""What the log never says, whatever a stranger sends."""


@dataclass
class Told:
    """What came of it all."""

    statuses: Counter[int | None] = field(default_factory=Counter)
    slow: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{count} × {status}" for status, count in sorted(self.statuses.items(), key=str))


@dataclass(frozen=True)
class Stands:
    """What no attack may change: what bystanders said, who was asked, and that the waves are open."""

    said: dict[str, Said]
    asked: dict[int, frozenset[str]]
    open_waves: frozenset[int]


async def fuzz(office: Office, requests: int, seed: int) -> Told:
    """Send so many hostile requests, with honest taps between them. Raises AssertionError, and names the request."""
    recorded = await record(office)
    attacker, dice = Attacker(recorded, office.slack.signing_secret, seed), random.Random(seed)  # noqa: S311
    stood, told = await _stands(office), Told()
    honest = office.question(DORA)
    with capture_logs() as lines, unretrieved() as errors:
        for batch in range(-(-requests // AT_ONCE)):
            attacks = [
                one for one in (attacker.next() for _ in range(AT_ONCE)) if not acts_for_a_bystander(one)
            ]
            score = dice.randint(0, 10)
            tapping = office.driver.click(DORA, honest, f"answer.score.{score}")
            tapped, *replies = await asyncio.gather(
                tapping, *(office.driver.raw_post(one.body, one.headers) for one in attacks)
            )
            for attack, reply in zip(attacks, replies, strict=True):
                _check(attack, reply, told)
                if reply.status == 200 and not attack.must_be_refused:
                    attacker.was_accepted(attack)
            assert tapped.status == 200
            _check_log(lines, errors, told)
            if batch % LOOK_EVERY == 0:
                await listeners_finish()
                await office.tick()
                assert (await office.answers())[DORA].score == score
                assert await _stands(office) == stood
                await _look_at_every_row(office)
                office.slack.requests.clear()
        await listeners_finish()
        _check_log(lines, errors, told)
    assert await _stands(office) == stood
    await _look_at_every_row(office)
    return told


def _check(attack: Attack, reply: Reply, told: Told) -> None:
    told.statuses[reply.status] += 1
    if reply.status in {
        None,
        503,
    }:  # the machine was busy for three seconds; the log says whether it was that
        told.slow += 1
        return
    assert reply.status is not None
    assert reply.status < 500, f"{reply.status} for {attack}"
    if attack.must_be_refused:
        assert reply.status == 401, f"{reply.status} for {attack}"


def _check_log(lines: list[Any], errors: list[str], told: Told) -> None:
    found = [line for line in lines if line["event"] in FAULTS]
    assert found == []
    assert errors == []
    slow = sum(line["event"] == "request.slow" for line in lines)
    assert (
        told.slow <= slow + sum(line["event"] == "request.busy" for line in lines) or not told.statuses[503]
    )
    lines.clear()


@contextmanager
def unretrieved() -> Iterator[list[str]]:
    """Collect what the standard library logs as an error, such as an exception that nobody heard of."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    said: list[str] = []
    handler = Collector(logging.ERROR)
    logging.getLogger("asyncio").addHandler(handler)
    yield said
    logging.getLogger("asyncio").removeHandler(handler)


async def _stands(office: Office) -> Stands:
    answers, invitations = await office.answers(), await office.rows(Invitation)
    waves = await office.rows(Wave)
    surveys = {survey.id: survey for survey in await office.rows(Survey)}
    closed_lists = [wave for wave in waves if not surveys[wave.survey_id].audience.open_channel]
    return Stands(
        {one: answers[one] for one in BYSTANDERS},
        {
            wave.id: frozenset(one.user_id for one in invitations if one.wave_id == wave.id)
            for wave in closed_lists
        },
        frozenset(wave.id for wave in waves if wave.closed_at is None),
    )


async def _look_at_every_row(office: Office) -> None:
    """Look for what is another workspace's, nobody's, or not storable everywhere."""
    async with office.books.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            if "workspace_id" in table.c:
                found = await session.exec(select(table.c.workspace_id).distinct())
                assert set(found) <= {office.slack.team_id}, table.name
    for survey in await office.rows(Survey):
        assert survey.created_by == MAYA
        assert 1 <= len(survey.name) <= NAME_LENGTH
        assert "\0" not in survey.name
    assert {wave.opened_by for wave in await office.rows(Wave)} == {MAYA}
    known = set(office.slack.users)
    assert {one.user_id for one in await office.rows(Person)} <= known
    assert {one.user_id for one in await office.rows(Invitation)} <= known
    assert {one.user_id for one in await office.rows(Preference)} <= known
    for said in (await office.answers()).values():
        assert 0 <= said.score <= 10
        assert "\0" not in (said.comment or "")
