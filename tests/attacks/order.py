"""People answer in an order that an attacker knows; what is read afterwards is laid beside it, from either end."""

import random
import re
import secrets
from collections.abc import Sequence
from typing import NamedTuple

import pytest

from bot.comments.views.anonymous_comments import PAGE
from storage.audience import Audience
from tests.ballots.staff import STAFF, ask_anonymously, hire
from tests.journeys.hands import click
from tests.journeys.office import GENERAL, MAYA, Office, listeners_finish

VOTERS = 40
BY_CHANCE = 5
"""Of any number of people one is at their place by chance; more than five are so in fewer than one of a thousand orders."""


def at_their_place(people: Sequence[str], read: Sequence[str]) -> int:
    """Say how many stand in the second order where they stand in the first, read from either end."""
    assert sorted(people) == sorted(read)
    return max(
        sum(a == b for a, b in zip(people, order, strict=True)) for order in (read, list(reversed(read)))
    )


class Voting(NamedTuple):
    """People in the order in which they will answer, and what else is left to chance."""

    staff: list[str]
    dice: random.Random


async def seeded_voting(office: Office, seed: int, monkeypatch: pytest.MonkeyPatch) -> Voting:
    """Ask `VOTERS` people anonymously. All that happens by chance, the app's own chance too, is alike for one seed."""
    dice = random.Random(seed)  # noqa: S311 - a test is to end alike each time
    monkeypatch.setattr(secrets, "token_bytes", dice.randbytes)
    staff = await ask_anonymously(office, VOTERS)
    dice.shuffle(staff)
    return Voting(staff, dice)


async def ask_by_name(office: Office, *, digest_comments: bool = False) -> list[str]:
    """Ask `VOTERS` people in the naive design, a named survey."""
    staff = hire(office, VOTERS)
    await office.ask_everyone("Pulse", audience=Audience(channels=(STAFF,)), digest_comments=digest_comments)
    return staff


async def answer_by_name(office: Office, staff: Sequence[str]) -> None:
    """Let each of them answer, one after the other, and say who they are."""
    for user in staff:
        await click(office, user, office.question(user), "answer.score.9")
        await office.driver.submit(user, office.modal(user), {"comment": f"I am {user[-4:]}"})
        await listeners_finish()


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
