"""More people answer within a minute than Slack takes changes of messages by its Web API: fifty."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from itertools import count

import pytest

from bot.sandbox.failures.limits import PER_MINUTE
from bot.sandbox.wire.tickets import RESPONSE_SECONDS
from storage.audience import Audience
from tests.ballots.staff import STAFF, ask_anonymously, hire
from tests.ballots.staff import tap as tap_anonymously
from tests.journeys.office import ALICE, Office, listeners_finish

pytestmark = pytest.mark.slow

MANY = 2 * PER_MINUTE["chat.update"]
AT_ONCE = 8


async def each(crowd: Iterable[str], act: Callable[[str], Awaitable[object]]) -> None:
    """Let everybody act, a few at once, until all that follows is done."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(person: str) -> None:
        async with turns:
            await act(person)

    await asyncio.gather(*map(in_turn, crowd))
    await listeners_finish()


async def test_who_taps_reads_what_they_chose_and_then_what_they_said(office: Office) -> None:
    crowd = hire(office, MANY)
    await office.ask_everyone(audience=Audience(channels=(STAFF,)))
    office.slack.limits.enforce()

    await each(crowd, lambda person: office.tap(person, 9))

    assert not [person for person in crowd if "You chose 9." not in office.question(person).text]
    said = {"comment": "Quick help"}
    await each(crowd, lambda person: office.driver.submit(person, office.modal(person), said))

    assert not [person for person in crowd if "Quick help" not in str(office.question(person).blocks)]


async def test_who_answers_anonymously_is_thanked(office: Office) -> None:
    crowd = await ask_anonymously(office, MANY)
    for person in crowd:
        await tap_anonymously(office, person, 9)
    office.slack.limits.enforce()

    await each(crowd, lambda person: office.driver.submit(person, office.modal(person), {}))

    assert not [person for person in crowd if "You have answered" not in office.question(person).text]


async def test_messages_are_changed_by_the_web_api_when_the_clicks_own_addresses_are_too_old(
    office: Office,
) -> None:
    await office.ask_everyone()
    office.slack.response_urls.elapsed = count(0, RESPONSE_SECONDS + 1).__next__
    await office.tap(ALICE, 4)
    await listeners_finish()
    assert "You chose 4." in office.question(ALICE).text

    await office.driver.submit(ALICE, office.modal(ALICE), {"comment": "Slow help"})
    await listeners_finish()

    assert "Slow help" in str(office.question(ALICE).blocks)
    assert [one.error for one in office.calls("response_url")][-2:] == ["expired_url", "expired_url"]
