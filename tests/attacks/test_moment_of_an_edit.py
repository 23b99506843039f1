"""Attack by the moment of a message edit: Slack shows whose message changed when, and so in which order people answered.

Their order is laid beside that in which a manager reads comments and scores, from the beginning and from the end.
"""

import random
import re
import secrets
from collections.abc import Sequence

import pytest
from sqlmodel import col, select

from bot.reports.views.anonymous_comments import PAGE
from storage.audience import Audience
from storage.tables import Answer
from tests.attacks.polled import SEEDS
from tests.ballots.staff import STAFF, ask_anonymously, cast, hire
from tests.journeys.hands import click
from tests.journeys.office import GENERAL, MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow

VOTERS = 40
BY_CHANCE = 5
"""Of any number of people one is at their place by chance; more than five are so in fewer than one of a thousand orders."""


def at_their_place(people: Sequence[str], read: Sequence[str]) -> int:
    """Say how many stand in the second order where they stand in the first, read from either end."""
    assert sorted(people) == sorted(read)
    return max(
        sum(a == b for a, b in zip(people, order, strict=True)) for order in (read, list(reversed(read)))
    )


def edited(office: Office, staff: Sequence[str]) -> list[str]:
    """Return the people in the order in which their messages were edited."""
    whose = {office.slack.direct_message_with(user).id: user for user in staff}
    channels = [str(call.arguments["channel"]) for call in office.calls("chat.update")]
    return list(dict.fromkeys(whose[one] for one in channels if one in whose))


async def comments_read(office: Office) -> list[str]:
    """Read every page of comments, as the manager, and return who wrote them, in the order in which they stand."""
    await office.driver.command(MAYA, GENERAL, "comments Pulse")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    shown = str(office.modal(MAYA).blocks)
    for _ in range(PAGE, VOTERS, PAGE):
        await office.driver.click(MAYA, office.modal(MAYA), "ballots.comments.next")
        await listeners_finish()
        shown += str(office.modal(MAYA).blocks)
    return [f"U9STAFF{number}" for number in re.findall(r"I am (\d{4})", shown)]


@pytest.mark.parametrize("seed", SEEDS)
async def test_whose_message_changed_when_tells_nothing_of_what_they_said(
    office_on_each: Office, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_on_each
    dice = random.Random(seed)  # noqa: S311 - a test is to end alike each time
    monkeypatch.setattr(secrets, "token_bytes", dice.randbytes)
    staff = await ask_anonymously(office, VOTERS)
    dice.shuffle(staff)
    for user in staff:
        await cast(office, user, dice.randint(0, 10), f"I am {user[-4:]}")
    assert edited(office, staff) == staff

    await office.command(MAYA, "close Pulse")

    assert at_their_place(staff, await comments_read(office)) <= BY_CHANCE


async def test_the_control_rows_that_are_numbered_as_they_come_stand_in_the_order_of_the_edits(
    office_on_each: Office,
) -> None:
    office = office_on_each
    staff = hire(office, VOTERS)
    await office.ask_everyone("Pulse", audience=Audience(channels=(STAFF,)))
    for user in staff:
        await click(office, user, office.question(user), "answer.score.9")
        await office.driver.submit(user, office.modal(user), {"comment": f"I am {user[-4:]}"})
        await listeners_finish()

    async with office.books.reading() as session:
        said = (await session.exec(select(Answer.comment).order_by(col(Answer.id)))).all()

    assert at_their_place(edited(office, staff), [f"U9STAFF{str(one)[-4:]}" for one in said]) == VOTERS
