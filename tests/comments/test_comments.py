"""`/nps comments`: a manager reads what people wrote, in a modal that only they see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.ids import Field
from bot.sandbox.records import View
from storage.tables import Wave
from storage.words import Kind
from tests.journeys.hands import actions, click
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, Office, listeners_finish, office_with
from tests.reports.voices import a_wave_of_voices, comments_in, people_in

OLDER, NEWER = "comments.older", "comments.newer"


async def comments(office: Office, typed: str = "", user: str = MAYA) -> View:
    """Type `/nps comments` and return the modal."""
    await office.driver.command(user, GENERAL, f"comments {typed}".strip())
    await office.slack.until(lambda: office.slack.modal(user) is not None)
    return office.modal(user)


async def use(office: Office, action: str, value: str | None = None, **answers: object) -> View:
    """Use a menu or a button in the modal, with what else is filled in, and return what it shows then."""
    before = office.modal(MAYA)
    await office.driver.click(MAYA, before, action, value, answers=answers)
    await office.slack.until(lambda: office.modal(MAYA).hash != before.hash)
    return office.modal(MAYA)


async def test_a_manager_reads_every_comment_with_the_person_newest_first(office_on_each: Office) -> None:
    office = office_on_each
    await a_wave_of_voices(office, {ALICE: (9, "Fast & friendly"), CHEN: (3, "<!channel> slow")})

    shown = await comments(office, "Acme")

    assert comments_in(shown) == ["<!channel> slow", "Fast & friendly"]
    assert people_in(shown) == [CHEN, ALICE]
    assert "managers can see their answer and their name" in str(shown.blocks)
    assert office.slack.modal(ALICE) is None


async def test_what_people_wrote_is_shown_as_text_and_calls_nobody(office: Office) -> None:
    await a_wave_of_voices(office, {CHEN: (3, "<!channel> *now*\nplease & thanks")})

    shown = await comments(office)

    [written] = [one["text"] for one in shown.blocks if one.get("text", {}).get("type") == "plain_text"]
    assert written["text"] == "<!channel> *now*\nplease & thanks"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("detractors", ["too slow"]),
        ("Acme détracteurs", ["too slow"]),
        ("promoters", ["quick help", "Équipe rapide"]),
        ("acme support", ["quick help"]),
        ("service and support", ["quick help"]),
        ("équipe", ["Équipe rapide"]),
        ("Acme promoters QUICK", ["quick help"]),
        ("100%", []),
        ("xyzzy", []),
    ],
)
async def test_words_behind_it_leave_out_the_rest(
    office_on_each: Office, typed: str, read: list[str]
) -> None:
    office = office_on_each
    await a_wave_of_voices(
        office,
        {
            ALICE: (10, "Équipe rapide"),
            BRUNO: (9, "quick help", "support"),
            CHEN: (3, "too slow", "quality"),
        },
    )

    assert sorted(comments_in(await comments(office, typed)), key=str.casefold) == sorted(
        read, key=str.casefold
    )


async def test_the_menus_and_the_text_cost_no_retyping_and_can_be_taken_back(office: Office) -> None:
    await a_wave_of_voices(
        office, {ALICE: (10, "good"), BRUNO: (9, "good help", "support"), CHEN: (3, "bad")}
    )
    await comments(office)

    assert comments_in(await use(office, "comment_category", "detractor")) == ["bad"]
    assert comments_in(await use(office, "comment_category", "any")) == ["bad", "good help", "good"]
    assert comments_in(await use(office, "comment_driver", "support")) == ["good help"]
    await use(office, "comment_driver", "any")
    await office.driver.submit(MAYA, office.modal(MAYA), {"comment_text": "GOOD"})
    assert comments_in(office.modal(MAYA)) == ["good help", "good"]
    await office.driver.submit(MAYA, office.modal(MAYA), {"comment_text": None})
    assert len(comments_in(office.modal(MAYA))) == 3


async def test_pages_go_on_and_back_and_keep_what_was_chosen(office_on_each: Office) -> None:
    office = office_on_each
    await a_wave_of_voices(
        office, {f"U{number:04}": (number % 11, f"voice {number}") for number in range(20)}
    )
    first = await comments(office)
    assert comments_in(first) == [f"voice {number}" for number in range(19, 11, -1)]
    assert actions(first) & {OLDER, NEWER} == {OLDER}

    second = await use(office, OLDER)
    assert comments_in(second) == [f"voice {number}" for number in range(11, 3, -1)]
    last = await use(office, OLDER)
    assert comments_in(last) == [f"voice {number}" for number in range(3, -1, -1)]
    assert actions(last) & {OLDER, NEWER} == {NEWER}

    assert comments_in(await use(office, NEWER)) == comments_in(second)
    back = await use(office, NEWER)
    assert comments_in(back) == comments_in(first)
    assert actions(back) & {OLDER, NEWER} == {OLDER}


async def test_an_answer_that_is_gone_begins_again_with_the_newest(office: Office) -> None:
    await a_wave_of_voices(office, {f"U{number:04}": (9, f"voice {number}") for number in range(20)})
    first = await comments(office)
    [button] = [
        one for block in first.blocks for one in block.get("elements", []) if one.get("action_id") == OLDER
    ]
    button["value"] = "999999"

    assert comments_in(await use(office, OLDER)) == comments_in(first)


async def test_imported_comments_name_nobody(office: Office) -> None:
    await a_wave_of_voices(office, {ALICE: (9, "carried over")}, label="2024 <Q4>")

    shown = await comments(office, "Acme")

    assert comments_in(shown) == ["carried over"]
    assert people_in(shown) == []
    assert "2024 &lt;Q4&gt;" in str(shown.blocks)


async def test_nobody_but_managers_reads_comments(office: Office) -> None:
    await a_wave_of_voices(office, {ALICE: (9, "good")}, kind=Kind.EMPLOYEES)

    said = await office.command(CHEN, "comments")

    assert said.startswith("Only managers can do this")
    assert office.slack.modal(CHEN) is None


async def test_who_manages_no_longer_turns_no_page(office: Office) -> None:
    await a_wave_of_voices(office, {f"U{number:04}": (9, f"voice {number}") for number in range(20)})
    first = await comments(office)
    office.slack.add_user(replace(office.slack.users[MAYA], is_admin=False))
    office.clock.forward(hours=2)

    await click(office, MAYA, first, OLDER)

    assert office.modal(MAYA).hash == first.hash
    assert "Only managers" in office.read_by(MAYA)[-1].text


async def test_in_french_and_from_a_direct_message(office: Office) -> None:
    office.slack.add_user(replace(office.slack.users[MAYA], locale="fr-FR"))
    await a_wave_of_voices(office, {ALICE: (9, "rapide", "support")})
    direct = office.slack.direct_message_with(MAYA)
    await office.driver.command(MAYA, direct.id, "commentaires Acme promoteurs")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    shown = office.modal(MAYA)

    assert shown.definition["title"]["text"] == "Commentaires"
    assert comments_in(shown) == ["rapide"]


async def test_a_survey_called_comments_is_found_first(office: Office) -> None:
    await office.a_survey("comments")

    assert "No wave of “comments” is open" in await office.command(MAYA, "comments")


async def test_without_a_comment_it_says_so(office: Office) -> None:
    await office.ask_everyone()

    assert "Nobody has written a comment yet." in str((await comments(office)).blocks)
    assert len(await office.rows(Wave)) == 1


async def test_who_searches_very_many_comments_reads_so_before_slack_gives_up(postgres_url: str) -> None:
    async with office_with(postgres_url) as office:
        await a_wave_of_voices(office, {ALICE: (9, "Fast & friendly"), CHEN: (3, "too slow")})
        before = await comments(office)

        async with no_comment_read(office):
            await office.driver.submit(MAYA, before, {Field.COMMENT_TEXT: "slow"})
            meanwhile = office.modal(MAYA)
            assert "looking through all comments" in str(meanwhile.blocks)
            assert "submit" not in meanwhile.definition

        assert await found(office, meanwhile) == ["too slow"]


async def test_who_types_what_to_search_for_does_too(postgres_url: str) -> None:
    async with office_with(postgres_url) as office:
        await a_wave_of_voices(office, {ALICE: (9, "Fast & friendly"), CHEN: (3, "too slow")})

        async with no_comment_read(office):
            meanwhile = await comments(office, "Acme friendly")
            assert "looking through all comments" in str(meanwhile.blocks)

        assert await found(office, meanwhile) == ["Fast & friendly"]


async def test_who_closes_the_modal_meanwhile_hears_no_more(postgres_url: str) -> None:
    async with office_with(postgres_url) as office:
        await a_wave_of_voices(office, {ALICE: (9, "Fast & friendly")})

        async with no_comment_read(office):
            await office.driver.close(MAYA, await comments(office, "Acme friendly"))
        await listeners_finish()

        assert office.slack.modal(MAYA) is None
        assert office.calls("views.update")


@asynccontextmanager
async def no_comment_read(office: Office) -> AsyncIterator[None]:
    """Hold the answers, so that to read their comments takes long."""
    async with office.books.writing() as session:
        await (await session.connection()).execute(text("LOCK TABLE answers IN ACCESS EXCLUSIVE MODE"))
        yield


async def found(office: Office, meanwhile: View) -> list[str]:
    await office.slack.until(lambda: office.modal(MAYA).hash != meanwhile.hash)
    return comments_in(office.modal(MAYA))
