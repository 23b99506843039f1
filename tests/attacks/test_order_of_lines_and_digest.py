"""Attack by the log, by the digest and by what managers are told: whose line came when, and what is said afterwards in which order.

The attacker has every line with its time, and knows whose ballot it was. The naive design is a named survey, whose lines
name rows, and whose digest quotes.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlmodel import col, select
from structlog.testing import capture_logs

from storage.tables import Answer, Ballot
from tests.attacks.order import (
    BY_CHANCE,
    VOTERS,
    answer_by_name,
    ask_by_name,
    at_their_place,
    comments_read,
    seeded_voting,
)
from tests.attacks.polled import SEEDS
from tests.ballots.staff import cast
from tests.journeys.office import MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow

Lines = Sequence[Any]
_IDS = {"invitation", "wave", "survey"}


def told_of(lines: Lines) -> list[str]:
    """Say what lines tell beside the ids of who is asked."""
    return sorted(str({key: said for key, said in one.items() if key not in _IDS}) for one in lines)


async def published(office: Office) -> str:
    """Let the digest's day come, and return all that stands in channels and what the manager was told."""
    for _ in range(8):
        office.clock.forward(days=1)
        await office.tick()
    await listeners_finish()
    said = [one for channel in office.slack.channels for one in office.slack.messages(channel)]
    return str([one.blocks for one in said]) + str(office.news(MAYA))


@pytest.mark.parametrize("seed", SEEDS)
async def test_whose_line_came_when_tells_nothing_of_what_they_said(
    office_on_each: Office, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_on_each
    staff, dice = await seeded_voting(office, seed, monkeypatch)
    told = []
    for user in staff:
        office.clock.forward(minutes=dice.randint(1, 5))
        with capture_logs() as lines:
            await cast(office, user, dice.randint(0, 10), f"I am {user[-4:]}")
        told.append(told_of(lines))

    assert len({str(one) for one in told}) == 1
    with capture_logs() as lines:
        await office.command(MAYA, "close Pulse")
        said = await published(office)
    assert "Pulse" in said
    assert "I am" not in said + str(lines)
    assert at_their_place(staff, await comments_read(office)) <= BY_CHANCE
    async with office.books.reading() as session:
        rows = (await session.exec(select(Ballot.comment))).all()
    assert at_their_place(staff, [f"U9STAFF{str(one)[-4:]}" for one in rows]) <= BY_CHANCE


async def test_the_control_a_named_surveys_lines_lead_to_what_each_said_and_its_digest_quotes(
    office_on_each: Office,
) -> None:
    office = office_on_each
    staff = await ask_by_name(office, digest_comments=True)
    with capture_logs() as lines:
        await answer_by_name(office, staff)
    named = [one["invitation"] for one in lines if one["event"] == "answer.explained"]

    async with office.books.reading() as session:
        question = select(Answer.invitation_id, Answer.comment).where(col(Answer.invitation_id).in_(named))
        said = dict((await session.exec(question)).all())
    assert at_their_place(staff, [f"U9STAFF{str(said[one])[-4:]}" for one in named]) == VOTERS
    await office.command(MAYA, "close Pulse")
    assert "I am" in await published(office)
