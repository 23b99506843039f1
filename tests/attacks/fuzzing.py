"""Hostile requests, a few at once, and what must be true of the app and of its database all the while."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from structlog.testing import capture_logs

from bot.sandbox.driving.post import Reply
from tests.attacks.mutating import STRANGERS, Attack, Attacker, Attempt
from tests.attacks.recording import DORA, record
from tests.attacks.standing import (
    THEIRS,
    SaidNow,
    Stands,
    furnish_elsewhere,
    look_at_every_row,
    look_at_slack,
    rows_by_person,
    what_stands,
)
from tests.journeys.office import Office, listeners_finish

AT_ONCE = 32
LOOK_EVERY = 25
"""Batches from one look at everything to the next."""
BUSY = frozenset({"request.slow", "database.busy"})
"""Why a request may be answered with 503, on a busy machine."""
NO_FAULT = frozenset({"slack.refused"})
"""What may stand in the log as an error, since Slack may refuse what a stranger made up."""
NEVER_LOGGED = frozenset({"score", "comment", "text", "user", "user_id", "exc_info", "exception", "stack"})


@dataclass
class Told:
    """What came of it all."""

    statuses: Counter[int | None] = field(default_factory=Counter)
    excused: int = 0
    """503 for which the log gives a reason."""

    @property
    def slow(self) -> int:
        return self.statuses[None] + self.statuses[503]

    def __str__(self) -> str:
        return ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items(), key=str))


async def fuzz(office: Office, requests: int, seed: int) -> Told:
    """Send so many hostile requests, with honest taps between them. Raises AssertionError, and names the request."""
    print(f"seed {seed}")  # noqa: T201 - pytest shows it where something fails
    await furnish_elsewhere(office)
    recorded = await record(office)
    attacker = Attacker(recorded, office.slack.signing_secret, seed)
    dice, told = random.Random(seed), Told()  # noqa: S311
    stood, honest = await what_stands(office), office.question(DORA)
    before = await rows_by_person(office)
    with capture_logs() as lines, heard_errors() as errors:
        for batch in range(-(-requests // AT_ONCE)):
            # Half of the time one stranger alone is at it: then what is Alice's or the manager's may not move at all.
            stranger = dice.choice((None, dice.choice(STRANGERS)))
            attacks = [attacker.next(stranger) for _ in range(AT_ONCE)]
            score = dice.randint(0, 10)
            tapped, *replies = await asyncio.gather(
                office.driver.click(DORA, honest, f"answer.score.{score}"),
                *(office.driver.raw_post(one.body, one.headers) for one in attacks),
            )
            for attack, reply in zip(attacks, replies, strict=True):
                _check_reply(attack, reply, told)
                if reply.status == 200:
                    attacker.was_accepted(attack)
            await listeners_finish()
            _check_log(lines, errors, told, set(office.slack.users))
            after = await rows_by_person(office)
            moved = {one for one in before | after if before.get(one) != after.get(one)}
            assert moved <= {DORA}.union(*(one.actors for one in attacks)), (moved, attacks)
            assert tapped.status == 200
            assert score in {fact.score for fact in after[DORA] if isinstance(fact, SaidNow)}
            before = after
            if batch % LOOK_EVERY == 0:
                await _look(office, stood)
                before = await rows_by_person(office)
        await _look(office, stood)
        _check_log(lines, errors, told, set(office.slack.users))
    return told


async def _look(office: Office, stood: Stands) -> None:
    """Let the clock do its work, such as taking back what came from nobody that Slack knows; then look at everything."""
    await office.tick()
    assert await what_stands(office) == stood, "another workspace's row has changed, or a wave or its people"
    await look_at_every_row(office)
    look_at_slack(office)


def _check_reply(attack: Attack, reply: Reply, told: Told) -> None:
    told.statuses[reply.status] += 1
    assert THEIRS not in reply.body
    if reply.status in {None, 503}:  # not within Slack's three seconds; the log says why
        return
    assert reply.status is not None
    assert reply.status < 500, f"{reply.status} for {attack}"
    if attack.attempt is Attempt.FROM_OUTSIDE:
        assert reply.status == 401, f"{reply.status} for {attack}"


def _check_log(lines: list[Any], errors: list[str], told: Told, people: set[str]) -> None:
    """Look at what was logged since the last time: no fault of ours, and nothing that tells who chose what."""
    assert errors == []
    for line in lines:
        assert line["log_level"] not in {"error", "critical"} or line["event"] in NO_FAULT, line
        assert not NEVER_LOGGED & set(line), line
        assert not people & set(map(str, line.values())), line
    told.excused += sum(line["event"] in BUSY for line in lines)
    assert told.statuses[503] <= told.excused
    lines.clear()


@contextmanager
def heard_errors() -> Iterator[list[str]]:
    """Collect what libraries log as an error, such as asyncio of an exception that nobody heard of."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.name}: {record.getMessage()}")

    said: list[str] = []
    handler = Collector(logging.ERROR)
    logging.getLogger().addHandler(handler)
    try:
        yield said
    finally:
        logging.getLogger().removeHandler(handler)
