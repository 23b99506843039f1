"""A manager quotes somebody who allowed it: in a channel or after the digest, once, and only as long as it is allowed."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.kit.people import Who
from bot.privacy.erasing import erase
from bot.privacy.purging import purge_kept_long_enough
from bot.sandbox.records import View
from storage.tables import ErasedMessage, Quote
from storage.words import Kind, QuoteState
from tests.journeys.hands import UPDATE, actions, click, home_of
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, MONDAY, Office, listeners_finish
from tests.quotes.quotable import (
    NAMED,
    PICK,
    TAKE_BACK,
    UNDO,
    UNNAMED,
    WITHDRAWN,
    WORDS,
    a_quotable,
    comments,
    pick,
    posted,
    say,
    the_quote,
    undo,
)

pytestmark = pytest.mark.slow

SAID = "“Fast &amp; *friendly* &lt;!channel&gt;”"
DUE = MONDAY + timedelta(days=7)


def beside(view: View) -> str:
    """Return what stands in small type above the comments of a modal."""
    return " ".join(str(block) for block in view.blocks if block["type"] == "context")


async def test_a_manager_sees_who_may_be_quoted_and_quotes_them_in_a_channel(office_on_each: Office) -> None:
    office = office_on_each
    await a_quotable(office)
    await say(office, BRUNO, words="Not for others", quote=None)
    shown = await comments(office)
    assert beside(shown).count("may be quoted without the name") == 1

    await pick(office, GENERAL)

    [message] = posted(office, GENERAL)
    assert message.text.startswith(f"Somebody said of “Acme”:\n{SAID}")
    assert ALICE not in message.text + str(message.blocks)
    [quoted] = [one["text"] for one in message.blocks if one.get("text", {}).get("type") == "plain_text"]
    assert quoted["text"] == f"“{WORDS}”"
    assert f"quoted in <#{GENERAL}>" in beside(office.modal(MAYA))
    assert (await the_quote(office)).state is QuoteState.POSTED
    assert "You are quoted in" in str((await home_of(office, ALICE)).blocks)
    await office.tick()
    assert len(posted(office, GENERAL)) == 1


async def test_the_name_stands_only_where_they_said_so(office: Office) -> None:
    await a_quotable(office, NAMED)
    await pick(office, GENERAL)

    [message] = posted(office, GENERAL)
    assert message.text.startswith(f"<@{ALICE}> said of “Acme”:")


async def test_employees_may_allow_it_too(office: Office) -> None:
    await a_quotable(office, kind=Kind.EMPLOYEES)
    await pick(office, GENERAL)

    assert len(posted(office, GENERAL)) == 1


async def test_a_quote_comes_once_right_after_the_next_digest(office_on_each: Office) -> None:
    office = office_on_each
    await a_quotable(office)
    await pick(office)
    assert "comes with the next digest" in beside(await comments(office))
    await office.tick()
    assert posted(office, GENERAL) == []

    for minutes in range(3):
        office.clock.now = DUE + timedelta(minutes=minutes)
        await office.tick()

    assert len(posted(office, GENERAL)) == 1
    [digest, quote] = [one.text for one in office.slack.messages(GENERAL)][-2:]
    assert ("NPS" in digest, SAID in quote) == (True, True)


async def test_one_that_was_taken_back_in_time_comes_nowhere(office: Office) -> None:
    await a_quotable(office)
    await pick(office)
    await click(office, ALICE, office.question(ALICE), TAKE_BACK)
    office.clock.now = DUE
    await office.tick()
    office.clock.forward(minutes=1)
    await office.tick()

    assert posted(office, GENERAL) == []
    assert actions(await comments(office)) & {PICK, UNDO} == set()


async def test_what_was_posted_says_that_it_was_taken_back(office_on_each: Office) -> None:
    office = office_on_each
    await a_quotable(office, NAMED)
    await pick(office, GENERAL)

    await click(office, ALICE, office.question(ALICE), TAKE_BACK)

    [message] = posted(office, GENERAL)
    assert message.text == WITHDRAWN
    assert WORDS not in str(message.blocks)
    assert await office.rows(ErasedMessage) == []


async def test_slack_being_away_just_then_does_not_keep_the_words_there(office: Office) -> None:
    await a_quotable(office)
    await pick(office, GENERAL)
    office.slack.faults.server_error(UPDATE, to=GENERAL)
    await click(office, ALICE, await home_of(office, ALICE), TAKE_BACK)

    office.clock.forward(minutes=6)
    await office.tick()

    assert [one.text for one in posted(office, GENERAL)] == [WITHDRAWN]


async def test_a_manager_takes_it_back_and_may_quote_it_again(office_on_each: Office) -> None:
    office = office_on_each
    await a_quotable(office)
    await pick(office)
    await undo(office)
    assert PICK in actions(office.modal(MAYA))
    await pick(office, GENERAL)
    await undo(office)
    assert [one.text for one in posted(office, GENERAL)] == [WITHDRAWN]
    assert (await the_quote(office)).state is QuoteState.OFFERED

    office.clock.forward(minutes=1)
    await pick(office, GENERAL)

    assert [SAID in one.text for one in posted(office, GENERAL)] == [False, True]


async def test_two_managers_at_once_quote_it_once(office: Office) -> None:
    office.slack.add_user(replace(office.slack.users[CHEN], is_admin=True))
    await a_quotable(office)
    for user in (MAYA, CHEN):
        await click(office, user, await comments(office, user), PICK)

    replies = await asyncio.gather(
        *(office.driver.submit(user, office.modal(user), {"quote_channel": GENERAL}) for user in (MAYA, CHEN))
    )
    await listeners_finish()

    assert len(posted(office, GENERAL)) == 1
    told = [reply.body for reply in replies if reply]
    assert sum("has just changed this quote" in one for one in told) == 1


async def test_nobody_but_managers_quotes(office: Office) -> None:
    quote = await a_quotable(office)
    shown = await comments(office)
    await click(office, CHEN, shown, PICK, str(quote.id))

    assert office.slack.modal(CHEN) is None
    assert (await the_quote(office)).state is QuoteState.OFFERED


async def test_the_french_read_french(office: Office) -> None:
    await office.ask_everyone(created_by=BRUNO)
    await say(office, quote=UNNAMED)
    await pick(office, GENERAL)

    assert office.slack.messages(GENERAL)[-1].text.startswith("Quelqu’un a dit de")


async def test_what_is_kept_for_a_time_only_is_quoted_no_longer(office_on_each: Office) -> None:
    office = office_on_each
    await a_quotable(office, keep_days=30)
    await pick(office, GENERAL)
    await office.command(MAYA, "close Acme")
    office.clock.forward(days=31)
    await purge_kept_long_enough(office.app.services)
    await office.tick()

    assert await office.rows(Quote) == []
    assert SAID not in str([one.text for one in office.slack.messages(GENERAL)])


async def test_who_erases_what_is_kept_about_them_is_quoted_no_longer(office: Office) -> None:
    await a_quotable(office)
    await pick(office, GENERAL)
    await erase(office.app.services, Who(office.slack.team_id, ALICE))
    await office.tick()

    assert await office.rows(Quote) == []
    assert "What stood here was erased." in [one.text for one in office.slack.messages(GENERAL)]
