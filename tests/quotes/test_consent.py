"""Promoters are asked whether they may be quoted. Their consent holds for the words that they see, and ends whenever they like."""

import pytest

from bot.sandbox.form import elements
from bot.sandbox.records import View
from storage.tables import Answer, Quote
from storage.words import QuoteState
from tests.ballots.staff import ask_anonymously, tap
from tests.journeys.hands import actions, click, home_of
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, Office, listeners_finish
from tests.quotes.quotable import (
    HERE,
    NAMED,
    NO,
    TAKE_BACK,
    UNNAMED,
    WITHDRAWN,
    WORDS,
    a_quotable,
    comments,
    explain,
    pick,
    posted,
    say,
    the_quote,
)

MAY = "You may be quoted"


def quote_inputs(view: View) -> list[dict[str, object]]:
    return [one for _, one in elements(view.blocks) if one["action_id"] == "quote"]


@pytest.mark.parametrize(("score", "is_asked"), [(10, True), (9, True), (8, False), (0, False)])
async def test_promoters_alone_are_asked_and_nothing_is_chosen_for_them(
    office: Office, score: int, *, is_asked: bool
) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: score})

    assert [one.get("initial_option") for one in quote_inputs(office.modal(ALICE))] == (
        [None] if is_asked else []
    )


async def test_an_anonymous_survey_asks_nobody(office: Office) -> None:
    [somebody, *_] = await ask_anonymously(office)
    await tap(office, somebody, 10)

    assert quote_inputs(office.modal(somebody)) == []


@pytest.mark.parametrize(("said", "is_named"), [(NAMED, True), (UNNAMED, False)])
async def test_what_they_say_is_kept_shown_and_filled_in_again(
    office_on_each: Office, said: str, *, is_named: bool
) -> None:
    office = office_on_each
    quote = await a_quotable(office, said)

    assert (quote.user_id, quote.with_name, quote.state) == (ALICE, is_named, QuoteState.OFFERED)
    told = f"{MAY}, {'with' if is_named else 'without'} your name."
    assert told in office.question(ALICE).text
    await click(office, ALICE, office.question(ALICE), "answer.reason")
    [asked] = quote_inputs(office.modal(ALICE))
    assert asked["initial_option"]["value"] == said  # type: ignore[index]


@pytest.mark.parametrize("said", [None, NO])
async def test_who_chooses_nothing_or_no_is_not_quoted(office: Office, said: str | None) -> None:
    await office.ask_everyone()
    await say(office, quote=said)

    assert await office.rows(Quote) == []
    assert MAY not in office.question(ALICE).text
    assert "quote.pick" not in actions(await comments(office))


async def test_without_words_there_is_nothing_to_quote(office: Office) -> None:
    await office.ask_everyone()
    await say(office, words=None, quote=NAMED)

    assert await office.rows(Quote) == []


async def test_a_window_that_was_open_before_the_score_fell_quotes_nobody(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    old = office.modal(ALICE)
    async with office.books.writing() as session:
        (await session.get_one(Answer, 1)).score = 3
    await office.driver.submit(ALICE, old, {"comment": WORDS, "quote": NAMED})
    await listeners_finish()

    assert await office.rows(Quote) == []


async def test_a_lower_score_ends_it_and_says_so(office_on_each: Office) -> None:
    office = office_on_each
    await a_quotable(office)
    await pick(office, GENERAL)
    await click(office, ALICE, office.question(ALICE), "answer.change")
    await office.answer({ALICE: 6})
    await listeners_finish()

    assert "You changed your answer, so you are quoted no more." in office.question(ALICE).text
    assert await office.rows(Quote) == []
    await office.tick()
    assert [one.text for one in posted(office, GENERAL)] == [WITHDRAWN]


async def test_another_promoters_score_ends_nothing(office: Office) -> None:
    await a_quotable(office)
    await click(office, ALICE, office.question(ALICE), "answer.change")
    await office.answer({ALICE: 10})

    assert MAY in office.question(ALICE).text


async def test_other_words_are_quoted_only_when_they_were_allowed_with_them(office_on_each: Office) -> None:
    office = office_on_each
    first = await a_quotable(office, NAMED)
    await pick(office, GENERAL)
    await click(office, ALICE, office.question(ALICE), "answer.reason")
    await explain(office, words="Slower now, yet fine", quote=NAMED)

    again = await the_quote(office)
    assert (again.id == first.id, again.state) == (False, QuoteState.OFFERED)
    await office.tick()
    assert [one.text for one in posted(office, GENERAL)] == [WITHDRAWN]

    await click(office, ALICE, office.question(ALICE), "answer.reason")
    await explain(office, words="Something else", quote=NO)
    assert await office.rows(Quote) == []


async def test_the_same_words_sent_again_change_nothing(office: Office) -> None:
    first = await a_quotable(office, NAMED)
    await pick(office, GENERAL)
    await click(office, ALICE, office.question(ALICE), "answer.reason")
    await explain(office, quote=NAMED)

    assert ((await the_quote(office)).id, (await the_quote(office)).state) == (first.id, QuoteState.POSTED)


async def test_the_name_is_taken_back_with_all_that_stands_with_it(office: Office) -> None:
    await a_quotable(office, NAMED)
    await pick(office, GENERAL)
    await click(office, ALICE, office.question(ALICE), "answer.reason")
    await explain(office, quote=UNNAMED)
    await office.tick()

    assert [one.text for one in posted(office, GENERAL)] == [WITHDRAWN]
    assert (await the_quote(office)).with_name is False


async def test_they_take_it_back_in_their_message_also_when_the_wave_is_over(office_on_each: Office) -> None:
    office = office_on_each
    await a_quotable(office)
    await office.command(MAYA, "close Acme")
    office.clock.forward(minutes=1)
    await office.tick()
    assert actions(office.question(ALICE)) == {TAKE_BACK}

    await click(office, ALICE, office.question(ALICE), TAKE_BACK)

    assert await office.rows(Quote) == []
    assert (MAY in office.question(ALICE).text, actions(office.question(ALICE))) == (False, set())
    assert "The question closed on" in office.question(ALICE).text


async def test_they_take_it_back_in_app_home_and_their_message_follows(office: Office) -> None:
    await a_quotable(office)
    await click(office, ALICE, await home_of(office, ALICE), TAKE_BACK)

    assert await office.rows(Quote) == []
    assert MAY not in office.question(ALICE).text + str((await home_of(office, ALICE)).blocks)


async def test_they_take_it_back_where_they_read_what_is_kept_about_them(office: Office) -> None:
    await a_quotable(office, NAMED)
    await office.driver.command(ALICE, GENERAL, "me")
    await office.slack.until(lambda: office.slack.modal(ALICE) is not None)
    assert "Fast &amp; *friendly* &lt;!channel&gt;" in str(office.modal(ALICE).blocks)

    await click(office, ALICE, office.modal(ALICE), HERE)

    assert await office.rows(Quote) == []
    assert HERE not in actions(office.modal(ALICE))


async def test_nobody_takes_back_what_another_said(office: Office) -> None:
    quote = await a_quotable(office)
    invitation = (await office.invitations())[ALICE].id
    await say(office, BRUNO)
    await click(office, BRUNO, office.question(BRUNO), TAKE_BACK, str(invitation))

    assert quote.id in {one.id for one in await office.rows(Quote)}
