"""The digest quotes comments where the survey says so, its people were told so, and the gate lets them through."""

from datetime import timedelta

import pytest

from bot.digests.rules.news import MOST_QUOTED, quoted
from bot.ids import Field
from bot.privacy.noticing import notice_facts
from bot.privacy.views import notice
from bot.sandbox.records import Message
from bot.shell.doing.surveys import life
from bot.wording import words_for
from scoring.scale import Category
from storage.tables import Answer, Wave
from storage.words import Kind
from tests.ballots.staff import ask_anonymously, cast
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, MONDAY, Office
from tests.reports.voices import a_wave_of_voices

pytestmark = pytest.mark.slow

DUE = MONDAY + timedelta(days=7)
PROMISE = "The weekly digest may quote a few comments, without names."
VOICES = {
    ALICE: (9, "Fast & friendly <!channel>"),
    BRUNO: (8, "Could be *cheaper*"),
    CHEN: (3, "Nobody answers"),
}
TEN_MORE = {f"U{number:04}": (number % 11, f"voice no. {number}") for number in range(10)}


async def digest_of_voices(office: Office, *, allowed: bool = True, told: bool = True, kind: Kind) -> Message:
    """Let people answer, and return the digest of that week."""
    voices = VOICES if kind is Kind.CUSTOMERS else TEN_MORE
    await a_wave_of_voices(office, voices, digest_comments=allowed, kind=kind)
    async with office.books.writing() as session:
        wave = await session.get_one(Wave, 1)
        wave.digest_comments = told
        session.add(wave)
    office.clock.now = DUE
    await office.tick()
    return office.slack.messages(GENERAL)[-1]


def quoted_in(message: Message) -> list[str]:
    return [
        block["text"]["text"]
        for block in message.blocks
        if block["type"] == "section" and block.get("text", {}).get("type") == "plain_text"
    ]


async def test_comments_are_quoted_as_text_without_names_and_call_nobody(office_on_each: Office) -> None:
    digest = await digest_of_voices(office_on_each, kind=Kind.CUSTOMERS)

    assert quoted_in(digest) == [
        "“Could be *cheaper*”",
        "“Fast & friendly <!channel>”",
        "“Nobody answers”",
    ]
    assert "“Fast &amp; friendly &lt;!channel&gt;”" in digest.text
    assert not any(user in str(digest.blocks) for user in VOICES)


@pytest.mark.parametrize(("allowed", "told"), [(False, True), (True, False), (False, False)])
async def test_nothing_is_quoted_that_people_were_not_told_of_or_that_is_not_wished_any_more(
    office: Office, *, allowed: bool, told: bool
) -> None:
    digest = await digest_of_voices(office, allowed=allowed, told=told, kind=Kind.CUSTOMERS)

    assert "Fast" not in str(digest.blocks) + digest.text


async def test_of_employees_nothing_is_quoted_while_the_wave_is_open(office: Office) -> None:
    digest = await digest_of_voices(office, kind=Kind.EMPLOYEES)

    assert "voice" not in str(digest.blocks) + digest.text


async def test_of_employees_comments_come_with_the_result_from_ten_answers_on(office: Office) -> None:
    await digest_of_voices(office, kind=Kind.EMPLOYEES)
    office.clock.forward(hours=1)
    await office.command(MAYA, "close Acme")
    office.clock.now = DUE + timedelta(days=7)
    await office.tick()
    assert len(quoted_in(office.slack.messages(GENERAL)[-1])) == MOST_QUOTED


async def test_of_few_employees_no_comment_is_quoted(office: Office) -> None:
    await a_wave_of_voices(office, VOICES, kind=Kind.EMPLOYEES, digest_comments=True)
    async with office.books.writing() as session:
        (await session.get_one(Wave, 1)).digest_comments = True
    await office.command(MAYA, "close Acme")
    office.clock.now = DUE
    await office.tick()

    assert "Nobody answers" not in office.slack.messages(GENERAL)[-1].text


async def test_a_comment_is_quoted_once(office: Office) -> None:
    await digest_of_voices(office, kind=Kind.CUSTOMERS)
    async with office.books.writing() as session:
        answer = await session.get_one(Answer, 1)
        answer.comment, answer.answered_at = "A new one", office.clock.now
        session.add(answer)
    office.clock.forward(days=6)
    await office.command(MAYA, "close Acme")
    office.clock.forward(days=1)
    await office.tick()

    assert quoted_in(office.slack.messages(GENERAL)[-1]) == ["“A new one”"]


async def test_people_read_beforehand_that_they_may_be_quoted(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(digest_comments=True)

    assert PROMISE in office.question(ALICE).text
    await office.answer({ALICE: 9})
    assert "The weekly digest may quote it, without your name." in str(office.modal(ALICE).blocks)


async def test_who_was_not_told_is_quoted_from_the_next_wave_on(office: Office) -> None:
    await office.ask_everyone()
    assert PROMISE not in office.question(ALICE).text

    said = await life.edit(office.app, user_id=MAYA, name="Acme", changes={Field.DIGEST_COMMENTS: ["yes"]})

    assert "from the next wave on: the people of wave 1 were not told so" in said.text
    assert [one.digest_comments for one in await office.rows(Wave)] == [False]
    assert "“Acme”: its weekly digest" not in await notice_of(office)
    await office.command(MAYA, "close Acme")
    assert "“Acme”: its weekly digest may quote a few comments" in await notice_of(office)
    await life.edit(office.app, user_id=MAYA, name="Acme", changes={Field.DIGEST_COMMENTS: []})
    assert "“Acme”: its weekly digest" not in await notice_of(office)


async def notice_of(office: Office) -> str:
    services = office.app.services
    facts = await notice_facts(services.database, services.workspace_id)
    return notice.render(facts, words_for("en")).text


async def test_an_anonymous_survey_is_never_quoted(office: Office) -> None:
    staff = await ask_anonymously(office, digest_comments=True, digest_channel=GENERAL)
    assert PROMISE not in office.question(staff[0]).text
    for number, user in enumerate(staff):
        await cast(office, user, number % 11, "Listen more")
    await office.command(MAYA, "close Pulse")
    office.clock.forward(days=7)
    await office.tick()

    assert "Listen more" not in str(office.slack.messages(GENERAL)[-1].blocks)


def test_comments_are_chosen_across_the_categories_and_those_that_say_something_first() -> None:
    found = quoted(
        {
            Category.PROMOTER: ["ok", "The new phones are great", "Always on time with everything"],
            Category.PASSIVE: ["fine"],
            Category.DETRACTOR: ["no", "Nobody answers my mails at all"],
        }
    )
    assert found == ("fine", "Nobody answers my mails at all", "The new phones are great")


def test_a_category_without_comments_leaves_its_place_to_the_others() -> None:
    assert quoted({Category.DETRACTOR: ["d", "c", "b", "a"]}) == ("b", "c", "d")
    assert quoted({}) == ()
