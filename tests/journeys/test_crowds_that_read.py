"""However many people read at once, a tap is stored; and those that too many wait before are told so."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot.errors import Refused
from bot.kit.concurrency.attention import Attention
from storage.errors import DatabaseBusy
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, Office, listeners_finish
from tests.journeys.stored import Said

pytestmark = pytest.mark.slow

POOL = 15
"""Connections for all but taps."""


async def test_a_tap_is_stored_while_every_other_connection_is_taken(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    database = office.app.services.database

    async with AsyncExitStack() as readers:
        for _ in range(POOL):
            session = await readers.enter_async_context(database.reading())
            await session.connection()
        reply = await office.tap(ALICE, 9)
        stored = await office.answers()

    assert reply.status == 200
    assert stored == {ALICE: Said(9, None, ())}
    await listeners_finish()


async def test_too_many_at_once_is_another_thing_than_a_database_that_is_away(office: Office) -> None:
    database = office.app.services.database
    async with AsyncExitStack() as readers:
        for _ in range(POOL):
            session = await readers.enter_async_context(database.reading())
            await session.connection()

        with pytest.raises(DatabaseBusy):
            async with database.reading() as one_more:
                await one_more.connection()


async def test_a_crowd_of_readers_is_served_in_a_short_line_and_the_rest_is_told(office: Office) -> None:
    await office.ask_everyone()
    crowd = 150
    before = len(office.read_by(BRUNO))

    replies = await asyncio.gather(*(office.driver.command(BRUNO, GENERAL, "list") for _ in range(crowd)))
    await office.slack.until(lambda: len(office.read_by(BRUNO)) == before + crowd, 60)
    await listeners_finish()

    told = [message.text for message in office.read_by(BRUNO)[before:]]
    busy = [text for text in told if text.startswith("Beaucoup de personnes")]
    assert {reply.status for reply in replies} == {200}
    assert 0 < len(busy) < crowd
    assert all("Acme" in text for text in told if text not in busy)
    assert "Acme" in await office.command(MAYA, "list")


async def test_who_is_refused_takes_no_place_in_the_line() -> None:
    attention = Attention(at_once=1, waiting=1)
    async with attention.turn():
        waiting = asyncio.create_task(passes(attention))
        await asyncio.sleep(0)
        for _ in range(3):
            with pytest.raises(Refused):
                await passes(attention)
    await waiting
    await passes(attention)


async def passes(attention: Attention) -> None:
    async with attention.turn():
        pass
