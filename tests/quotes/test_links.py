"""Promoters are offered the survey's links: once a quarantine, and counted without who opened them."""

from datetime import timedelta

import pytest

from bot.sandbox.form import elements
from bot.sandbox.records import Message
from storage.question import Offered
from storage.surveys import links
from storage.tables import Invitation, Link, Survey
from tests.journeys.hands import actions, click
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, Office, listeners_finish
from tests.surveys.test_editing import edit

pytestmark = pytest.mark.slow

REVIEW, FRIEND = "https://example.com/review", "https://example.com/friend?a=1&b=2"
TWO = (
    Offered(REVIEW, (("en", "Rate us"), ("fr", "Notez-nous"))),
    Offered(FRIEND, (("en", "Tell a friend"),)),
)


async def ask_with_links(office: Office, name: str = "Acme", **changes: object) -> None:
    await office.a_survey(name, **changes)
    async with office.books.writing() as session:
        [survey] = [one for one in await office.rows(Survey) if one.name == name]
        await links.set_links(session, survey, TWO)
    await office.command(MAYA, f"open {name}")
    await office.tick()


def offered_in(message: Message) -> dict[str, str]:
    """Return the address behind each button that opens one."""
    return {
        element["text"]["text"]: element["url"] for _, element in elements(message.blocks) if "url" in element
    }


async def counts(office: Office) -> list[tuple[int, int]]:
    return [(one.offered, one.opened) for one in await office.rows(Link)]


async def test_a_promoter_is_offered_the_links_in_their_language(office_on_each: Office) -> None:
    office = office_on_each
    await ask_with_links(office)
    await office.answer({ALICE: 9, BRUNO: 10, CHEN: 8})

    assert offered_in(office.question(ALICE)) == {"Rate us": REVIEW, "Tell a friend": FRIEND}
    assert offered_in(office.question(BRUNO)) == {"Notez-nous": REVIEW, "Tell a friend": FRIEND}
    assert offered_in(office.question(CHEN)) == {}
    assert "If you like, tell others too: Rate us · Tell a friend" in office.question(ALICE).text
    assert await counts(office) == [(2, 0), (2, 0)]


async def test_who_is_no_promoter_any_more_sees_none_and_nothing_counts_twice(office: Office) -> None:
    await ask_with_links(office)
    for score, is_offered in ((9, True), (3, False), (10, True)):
        if score != 9:
            await click(office, ALICE, office.question(ALICE), "answer.change")
        await office.answer({ALICE: score})
        assert bool(offered_in(office.question(ALICE))) == is_offered

    assert await counts(office) == [(1, 0), (1, 0)]


async def test_opening_one_is_counted_and_never_who_did_so(office: Office) -> None:
    await ask_with_links(office)
    await office.answer({ALICE: 9, BRUNO: 9})
    await click(office, ALICE, office.question(ALICE), "link.open.1")
    await click(office, BRUNO, office.question(BRUNO), "link.open.1")

    assert await counts(office) == [(2, 2), (2, 0)]
    assert "link" not in str(office.modal(ALICE).blocks)


async def test_a_click_on_a_link_that_is_offered_no_more_counts_nothing(office: Office) -> None:
    await ask_with_links(office)
    await office.answer({ALICE: 9})
    old = office.question(ALICE)
    await edit(office, links=f"{FRIEND} Tell a friend")
    await click(office, ALICE, old, "link.open.1")

    assert [(one.url, one.offered, one.opened) for one in await office.rows(Link)] == [(FRIEND, 1, 0)]


@pytest.mark.parametrize(("quarantine_days", "both"), [(0, True), (90, False)])
async def test_once_a_quarantine_over_all_surveys(
    office_on_each: Office, *, both: bool, quarantine_days: int
) -> None:
    office = office_on_each
    await ask_with_links(office)
    await office.answer({ALICE: 9})
    async with (
        office.books.writing() as session
    ):  # the quarantine keeps questions apart too: let it pass for those
        for one in await office.rows(Invitation):
            (await session.get_one(Invitation, one.id)).delivered_at = office.clock.now - timedelta(days=400)
    await office.command(MAYA, "close Acme")
    office.clock.forward(days=quarantine_days // 2)
    await ask_with_links(office, "Team")
    await office.answer({ALICE: 10, BRUNO: 10})

    assert bool(offered_in(office.question(ALICE))) == both
    assert offered_in(office.question(BRUNO)) != {}


async def test_a_manager_sees_how_often_and_only_of_enough_how_many_opened_them(office: Office) -> None:
    await ask_with_links(office)
    await office.answer({ALICE: 9})
    await click(office, ALICE, office.question(ALICE), "link.open.1")
    few = await office.typed(MAYA, "Acme")
    assert "Link “Rate us”: offered 1 time." in few
    async with office.books.writing() as session:
        link = await session.get_one(Link, 1)
        link.offered, link.opened = 12, 4

    assert "Link “Rate us”: offered 12 times, opened 4." in await office.typed(MAYA, "Acme")
    assert "Link" not in await office.typed(CHEN, "Acme")


async def test_the_form_makes_shows_changes_and_ends_them(office: Office) -> None:
    await office.fill_in(anonymity="named", links=f"{REVIEW} Rate us | Notez-nous\n\n{FRIEND} Tell a friend")
    await office.save_for_later()
    await office.driver.close(MAYA, office.modal(MAYA))
    assert [Offered(one.url, one.names) for one in await office.rows(Link)] == list(TWO)

    await edit(office, wave_days="10")
    assert len(await office.rows(Link)) == 2
    await edit(office, links=f"{REVIEW} Please rate us")
    assert [one.names for one in await office.rows(Link)] == [(("en", "Please rate us"),)]
    await edit(office, links=None)
    assert await office.rows(Link) == []


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("http://example.com Rate us", "begins with https://"),
        ("https://user:secret@example.com Rate us", "begins with https://"),
        ("Rate us", "begins with https://"),
        (REVIEW, "what its button says"),
        (f"{REVIEW} {'x' * 76}", "at most 75 characters"),
        (f"{REVIEW} One\n{REVIEW} Two", "the same address"),
        ("\n".join(f"https://example.com/{one} Rate us" for one in range(4)), "at most 3 links"),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field(office: Office, written: str, wrong: str) -> None:
    shown = await office.fill_in(anonymity="named", links=written)

    assert wrong in str(shown.errors)
    assert await office.rows(Survey) == []


async def test_a_deleted_survey_takes_its_links_along(office_on_each: Office) -> None:
    office = office_on_each
    await ask_with_links(office)
    await office.answer({ALICE: 9})
    await office.driver.close(MAYA, office.modal(MAYA)) if office.slack.modal(MAYA) else None
    await office.driver.command(MAYA, GENERAL, "delete Acme")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    await office.driver.submit(MAYA, office.modal(MAYA), {"typed_name": "Acme"})
    await listeners_finish()

    assert await office.rows(Link) == []


async def test_a_survey_without_links_offers_none(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})

    assert offered_in(office.question(ALICE)) == {}
    assert not any("link" in one for one in actions(office.question(ALICE)))
    assert [one.links_offered_at for one in await office.rows(Invitation) if one.user_id == ALICE] == [None]
