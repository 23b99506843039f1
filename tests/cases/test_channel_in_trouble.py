"""A card that Slack does not take: told once to who can mend it, kept, and posted when that is done; and never twice."""

from datetime import timedelta

import pytest

from bot.cases.posting import CASE_CARD
from bot.kit.once import LEASE
from bot.sandbox.records import Channel
from storage.kit import claims
from storage.tables import Case
from storage.words import CaseState
from tests.cases.follow_up import CARE, TAKE, WORDS, a_case, answer, ask, cards, press, the_card, the_case
from tests.journeys.hands import POST, UPDATE, click, home_of
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, Office, listeners_finish
from tests.surveys.test_editing import edit

pytestmark = pytest.mark.slow

TROUBLE = "may be contacted, but their card could not be posted"


async def test_an_archived_channel_is_told_once_and_every_card_comes_when_it_is_mended(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await ask(office)
    office.slack.archive(CARE)
    await answer(office, ALICE)
    await answer(office, BRUNO)

    await office.live_until(MONDAY + timedelta(hours=2), minutes=10)

    told = [one for one in office.news(MAYA) if TROUBLE in one]
    assert len(told) == 1
    assert "The channel is archived." in told[0]
    assert next(one.code for one in await office.rows(Case)) == "is_archived"

    office.slack.archive(CARE, archived=False)
    await office.live_until(MONDAY + timedelta(hours=2, minutes=20), minutes=2)
    assert len(cards(office)) == 2
    assert [one.code for one in await office.rows(Case)] == [None, None]


async def test_another_channel_mends_it_too(office: Office) -> None:
    await ask(office)
    office.slack.archive(CARE)
    await answer(office)
    await office.tick()
    office.slack.add_channel(Channel("C4OTHER", "other", members=(CHEN,)))

    await edit(office, follow_up_channel="C4OTHER")
    await office.tick()

    [card] = office.slack.messages("C4OTHER")
    assert WORDS in card.text


async def test_a_card_with_a_lost_reply_is_never_posted_twice_and_works_all_the_same(office: Office) -> None:
    await ask(office)
    await answer(office)
    office.slack.faults.drop_after(POST, to=CARE)
    await office.live_until(MONDAY + timedelta(minutes=30), minutes=5)

    assert len(cards(office)) == 1
    assert [one for one in office.news(MAYA) if "Slack never confirmed a follow-up card" in one]
    await press(office, CHEN, TAKE)
    assert f"<@{CHEN}> has it and will write." in the_card(office).text


async def test_of_a_card_over_which_a_process_died_a_manager_hears_once_and_the_case_is_raised(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await ask(office)
    await answer(office)
    case = await the_case(office)
    async with office.books.writing() as session:
        run = await claims.claim_run(
            session, case.workspace_id, CASE_CARD, case.id, case.opened_at, office.clock.now, LEASE
        )
        assert run is not None
        assert await claims.mark_speaking(session, run.id, office.clock.now)

    await office.live_until(MONDAY + timedelta(days=3), hours=1)

    assert sum("Slack never confirmed a follow-up card" in one for one in office.news(MAYA)) == 1
    [raised] = cards(office)
    assert "has waited for two working days" in raised.text
    await click(office, CHEN, raised, TAKE)
    assert (await the_case(office)).state is CaseState.TAKEN


async def test_a_card_forgets_the_words_also_where_slack_was_away_just_then(office: Office) -> None:
    await a_case(office)
    office.slack.faults.server_error(UPDATE)

    await click(office, ALICE, await home_of(office, ALICE), "case.withdraw")
    assert WORDS in the_card(office).text
    office.clock.forward(minutes=2)
    await office.tick()

    assert WORDS not in the_card(office).text + str(the_card(office).blocks)


async def test_a_paused_survey_posts_no_card_until_it_goes_on(office: Office) -> None:
    await ask(office)
    await office.command(MAYA, "pause")
    await answer(office)
    await office.tick()
    assert cards(office) == []

    await office.command(MAYA, "resume")
    await office.tick()
    assert len(cards(office)) == 1


async def test_somebody_who_thinks_better_of_it_before_the_card_is_posted_has_none(office: Office) -> None:
    await ask(office)
    await answer(office)
    await click(office, ALICE, await home_of(office, ALICE), "case.withdraw")

    await office.tick()

    assert cards(office) == []
    assert (await the_case(office)).state is CaseState.CLOSED


async def test_a_deleted_survey_takes_its_cases_along(office_on_each: Office) -> None:
    office = office_on_each
    await a_case(office)
    await press(office, CHEN, TAKE)
    await office.driver.command(MAYA, "general", "delete Acme")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    await office.driver.submit(MAYA, office.modal(MAYA), {"typed_name": "Acme"})
    await listeners_finish()

    assert await office.rows(Case) == []
    said = await office.hear(CHEN, click(office, CHEN, the_card(office), "case.contacted"))
    assert "I no longer know this case." in said
