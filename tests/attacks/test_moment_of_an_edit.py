"""Attack by the moment of a message edit: Slack shows whose message changed when, and so in which order people answered.

Their order is laid beside that in which a manager reads comments and scores, from the beginning and from the end.
"""

from collections.abc import Sequence

import pytest
from sqlmodel import col, select

from storage.tables import Answer
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
from tests.journeys.office import MAYA, Office

pytestmark = pytest.mark.slow


def edited(office: Office, staff: Sequence[str]) -> list[str]:
    """Return the people in the order in which their messages were edited."""
    whose = dict(zip(staff, staff, strict=True))
    whose |= {office.slack.direct_message_with(user).id: user for user in staff}
    edits = [call for call in office.slack.requests if call.method in {"chat.update", "response_url"}]
    changed = [str(one.arguments.get("channel") or one.arguments["user"]) for one in edits]
    return list(dict.fromkeys(whose[one] for one in changed if one in whose))


@pytest.mark.parametrize("seed", SEEDS)
async def test_whose_message_changed_when_tells_nothing_of_what_they_said(
    office_on_each: Office, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_on_each
    staff, dice = await seeded_voting(office, seed, monkeypatch)
    for user in staff:
        await cast(office, user, dice.randint(0, 10), f"I am {user[-4:]}")
    assert edited(office, staff) == staff

    await office.command(MAYA, "close Pulse")

    assert at_their_place(staff, await comments_read(office)) <= BY_CHANCE


async def test_the_control_rows_that_are_numbered_as_they_come_stand_in_the_order_of_the_edits(
    office_on_each: Office,
) -> None:
    office = office_on_each
    staff = await ask_by_name(office)
    await answer_by_name(office, staff)

    async with office.books.reading() as session:
        said = (await session.exec(select(Answer.comment).order_by(col(Answer.id)))).all()

    assert at_their_place(edited(office, staff), [f"U9STAFF{str(one)[-4:]}" for one in said]) == VOTERS
