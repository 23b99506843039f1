"""Events reach the programs that want to hear them: signed, in order, again and again until they are taken."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import jsonschema
import pytest
from standardwebhooks import WebhookVerificationError

from bot.privacy.leaving import stop_sending
from bot.sandbox.records import Channel
from bot.webhooks import subscribing
from bot.webhooks.telling import tell_events
from bot.webhooks.views import payload
from storage import webhooks
from storage.tables import Webhook, WebhookTelling
from storage.words import Event, Kind, TellingState
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, GONE, MAYA, Office
from tests.webhooks.receiver import Receiver, listening

pytestmark = pytest.mark.slow


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with listening(Receiver()) as one:
        yield one


async def subscribe(office: Office, receiver: Receiver, *events: Event) -> Webhook:
    return await subscribing.add(office.app.services, receiver.url, events, may_be_private=True)


async def waiting(office: Office) -> list[str]:
    return [one.event.value for one in await office.rows(WebhookTelling) if one.state is TellingState.WAITING]


async def test_a_customers_wave_is_told_from_opening_to_closing(
    office_on_each: Office, receiver: Receiver
) -> None:
    office = office_on_each
    hook = await subscribe(office, receiver)

    await office.ask_everyone(kind=Kind.CUSTOMERS)
    await office.answer({ALICE: 9, BRUNO: 3})
    await office.tick()
    await office.command(MAYA, "close Acme")
    await office.tick()

    assert receiver.types == ["wave.opened", "answer.given", "answer.given", "wave.closed"]
    opened, first, second, closed = (one["data"] for one in receiver.heard)
    assert (opened["survey"], opened["wave"], opened["subject"]) == ("Acme", 1, "Acme")
    assert first["answer"] == {"score": 9, "category": "promoter"}
    assert second["answer"] == {"score": 3, "category": "detractor"}
    assert (closed["result"]["nps"], closed["result"]["responses"]) == (0.0, 2)
    for number, event in enumerate(receiver.heard):
        assert receiver.verify(hook.secret, number, office.clock.now) == event
        jsonschema.validate(event["data"], payload.schemas()[event["type"]])
    assert await waiting(office) == []
    assert len(set(receiver.keys)) == 4


async def test_nobody_hears_anything_once_the_app_is_removed(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver)
    await office.ask_everyone(kind=Kind.CUSTOMERS)
    await office.tick()
    await stop_sending(office.app.services)
    office.slack.faults.answer("auth.test", "token_revoked", times=None)
    office.clock.forward(days=15)
    await office.tick()
    assert receiver.types == ["wave.opened"]
    assert await waiting(office) == ["wave.closed"]


async def test_of_employees_no_single_answer_leaves_and_a_small_result_stays_hidden(
    office: Office, receiver: Receiver
) -> None:
    await subscribe(office, receiver)

    await office.ask_everyone(kind=Kind.EMPLOYEES)
    await office.answer({ALICE: 9, BRUNO: 3, CHEN: 0})
    await office.tick()
    await office.command(MAYA, "close Acme")
    await office.tick()

    assert [one["data"]["answer"] for one in receiver.heard if one["type"] == "answer.given"] == [None] * 3
    result = receiver.heard[-1]["data"]["result"]
    assert (result["responses"], result["nps"], result["display"]) == (3, None, None)
    assert result["hidden"] == ["too_few"]


async def test_of_customers_with_a_minimum_no_single_answer_leaves_either(
    office: Office, receiver: Receiver
) -> None:
    await subscribe(office, receiver)

    await office.ask_everyone(kind=Kind.CUSTOMERS, minimum=3)
    await office.answer({ALICE: 9, BRUNO: 3})
    await office.tick()
    await office.command(MAYA, "close Acme")
    await office.tick()

    assert [one["data"]["answer"] for one in receiver.heard if one["type"] == "answer.given"] == [None] * 2
    assert receiver.heard[-1]["data"]["result"]["nps"] is None


async def test_nobody_is_named_in_what_is_told(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver)
    await office.ask_everyone(kind=Kind.CUSTOMERS)
    await office.answer({ALICE: 2})
    await office.command(MAYA, "close Acme")
    await office.tick()

    told = b"".join(receiver.bodies).decode()
    assert [name for name in (ALICE, "alice", "Alice", MAYA) if name in told] == []


async def test_only_the_events_that_were_chosen_are_told(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver, Event.WAVE_CLOSED)
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.command(MAYA, "close Acme")
    await office.tick()
    assert receiver.types == ["wave.closed"]


async def test_the_digest_is_told_when_it_was_posted(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver, Event.DIGEST_POSTED)
    await office.ask_everyone()
    await office.live_until(office.clock.now + timedelta(days=7), hours=6)
    await office.tick()
    assert [one["data"]["channel"] for one in receiver.heard] == [GENERAL]


async def test_a_wave_that_asks_nobody_never_was(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver)
    office.slack.add_channel(Channel(GENERAL, "general", members=(GONE,)))
    await office.a_survey()
    await office.command(MAYA, "open Acme")
    await office.tick()
    assert receiver.heard == []
    assert await office.rows(WebhookTelling) == []


async def test_a_receiver_that_is_away_hears_everything_in_order_when_it_is_back(
    office_on_each: Office, receiver: Receiver
) -> None:
    office = office_on_each
    await subscribe(office, receiver)
    receiver.status = 503
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3})
    await office.live_until(office.clock.now + timedelta(hours=30), hours=1)
    assert receiver.heard == []
    assert await waiting(office) == ["wave.opened", "answer.given", "answer.given"]
    [hook] = await office.rows(Webhook)
    assert (hook.trouble, hook.failing_since is not None) == ("status_503", True)

    receiver.status = 200
    await office.live_until(office.clock.now + timedelta(hours=11), hours=1)

    assert receiver.types == ["wave.opened", "answer.given", "answer.given"]
    [hook] = await office.rows(Webhook)
    assert (hook.trouble, hook.troubles, hook.failing_since) == (None, 0, None)


async def test_while_a_receiver_is_away_it_is_tried_once_a_look_and_ever_more_seldom(
    office: Office, receiver: Receiver
) -> None:
    await subscribe(office, receiver)
    receiver.statuses = [500] * 1_000
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3, CHEN: 5})
    for _ in range(24 * 60):
        office.clock.forward(minutes=1)
        await tell_events(office.app.services)
    assert 5 <= 1_000 - len(receiver.statuses) <= 10


async def test_what_a_receiver_refuses_holds_nothing_else_up(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver)
    receiver.statuses = [400]
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.tick()
    assert receiver.types == ["answer.given"]

    office.clock.forward(seconds=5)
    await office.tick()

    assert receiver.types == ["answer.given", "wave.opened"]


async def test_after_three_days_in_vain_an_event_is_given_up_and_the_next_one_is_told(
    office: Office, receiver: Receiver
) -> None:
    await subscribe(office, receiver)
    receiver.status = 500
    await office.ask_everyone()
    await office.live_until(office.clock.now + timedelta(days=3, hours=11), hours=1)
    assert await waiting(office) == []
    [told] = await subscribing.listed(office.app.services)
    assert told.standing == webhooks.WebhookStanding(waiting=0, given_up=1)

    receiver.status = 200
    await office.answer({ALICE: 9})
    await office.live_until(office.clock.now + timedelta(hours=11), hours=1)

    assert receiver.types == ["answer.given"]


async def test_an_event_that_a_dying_process_had_claimed_is_told_later_under_its_key(
    office_on_each: Office, receiver: Receiver
) -> None:
    office = office_on_each
    hook = await subscribe(office, receiver, Event.WAVE_OPENED)
    await office.open_wave()
    [row] = await office.rows(WebhookTelling)
    async with office.books.writing() as session:
        claimed = await webhooks.claim(
            session, hook.id, office.clock.now, office.clock.now + timedelta(minutes=5)
        )
    assert claimed is not None
    await office.tick()
    assert receiver.heard == []

    office.clock.forward(minutes=5)
    await office.tick()

    assert receiver.keys == [row.key]


async def test_two_clocks_tell_each_event_once(office_on_each: Office, receiver: Receiver) -> None:
    office = office_on_each
    await subscribe(office, receiver)
    await office.ask_everyone()
    async with office.another_app() as other:
        await office.answer({ALICE: 9, BRUNO: 3, CHEN: 7})
        await asyncio.gather(tell_events(office.app.services), tell_events(other.services))
        await tell_events(office.app.services)
    assert sorted(receiver.types) == ["answer.given"] * 3 + ["wave.opened"]
    assert len(set(receiver.keys)) == 4


async def test_a_receiver_that_asks_for_time_gets_it(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver)
    receiver.statuses, receiver.reply_headers = [429], {"retry-after": "3600"}
    await office.open_wave()
    await office.tick()
    office.clock.forward(minutes=59)
    await office.tick()
    assert receiver.heard == []
    office.clock.forward(minutes=1)
    await office.tick()
    assert receiver.types == ["wave.opened"]


async def test_a_body_that_was_changed_on_the_way_is_found_out(office: Office, receiver: Receiver) -> None:
    hook = await subscribe(office, receiver)
    await office.open_wave()
    await office.tick()
    receiver.bodies[0] = receiver.bodies[0].replace(b"Acme", b"Bcme")
    with pytest.raises(WebhookVerificationError):
        receiver.verify(hook.secret, 0, office.clock.now)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
async def test_nothing_is_told_in_a_private_network_unless_the_operator_says_so(
    office: Office, receiver: Receiver, host: str
) -> None:
    url = receiver.url.replace("127.0.0.1", host)
    hook = await subscribing.add(office.app.services, url, [], may_be_private=True)
    async with office.books.writing() as session:
        (await session.get_one(Webhook, hook.id)).may_be_private = False
    await office.open_wave()
    await office.tick()
    [hook] = await office.rows(Webhook)
    assert (receiver.heard, hook.trouble) == ([], "private_address")


async def test_no_redirect_is_followed(office: Office, receiver: Receiver) -> None:
    await subscribe(office, receiver)
    receiver.statuses, receiver.reply_headers = [307], {"location": receiver.url}
    await office.open_wave()
    await office.tick()
    assert receiver.heard == []


async def test_an_answer_taken_back_before_it_was_told_is_told_to_nobody(
    office: Office, receiver: Receiver
) -> None:
    await subscribe(office, receiver, Event.ANSWER_GIVEN)
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    await office.command(MAYA, "close Acme")
    async with office.books.writing() as session:
        [one] = await office.rows(WebhookTelling)
        await webhooks.tell_of(
            session, office.slack.team_id, Event.ANSWER_GIVEN, [one.subject + 999], office.clock.now
        )
    await office.tick()
    assert receiver.types == ["answer.given"]
    assert len(await office.rows(WebhookTelling)) == 1
