"""`/nps me`: all that is kept about me, as a file, and erase it."""

import json

import pytest

from bot.sandbox.form import elements
from bot.sandbox.records import View
from storage.tables import (
    Answer,
    ErasedMessage,
    Invitation,
    Mention,
    Person,
    Preference,
    Publication,
    Reminder,
    Result,
)
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow

SCORES = {MAYA: 10, ALICE: 9, BRUNO: 3}
WORDS = "the lift is always broken"


def text_of(view: View) -> str:
    return json.dumps(view.definition, ensure_ascii=False)


def shown_to(office: Office, user: str) -> str:
    modal = office.slack.modal(user)
    return text_of(modal) if modal else ""


async def comment(office: Office, user: str, words: str) -> None:
    """Say why, in the modal that came with the tap."""
    await office.driver.submit(user, office.modal(user), {"comment": words, "drivers": ["quality"]})
    await listeners_finish()


async def about_me(office: Office, user: str, word: str = "me") -> View:
    await office.driver.command(user, GENERAL, word)
    await office.slack.until(lambda: "privacy.file" in shown_to(office, user))
    return office.modal(user)


async def click(office: Office, user: str, action: str) -> View:
    before = text_of(office.modal(user))
    await office.driver.click(user, office.modal(user), action)
    await office.slack.until(lambda: text_of(office.modal(user)) != before)
    await listeners_finish()
    return office.modal(user)


async def erase(office: Office, user: str, **chosen: object) -> View:
    await about_me(office, user)
    asked = await click(office, user, "privacy.erase")
    await office.driver.submit(user, asked, chosen)
    await listeners_finish()
    return office.modal(user)


async def answered(office: Office) -> None:
    await office.ask_everyone()
    await office.answer(SCORES)
    await comment(office, ALICE, WORDS)


async def no_message_is_left_to_change(office: Office) -> None:
    """Let the minutes pass after which each is changed once more: another change may have been under way."""
    office.clock.forward(minutes=6)
    await office.tick()
    assert await office.rows(ErasedMessage) == []


async def test_it_says_how_much_is_kept(office: Office) -> None:
    await answered(office)

    said = text_of(await about_me(office, ALICE))

    assert "1 question I asked you or will ask you" in said
    assert "1 answer of yours, 1 with a comment" in said
    assert WORDS not in said


async def test_everybody_may_ask_and_in_french(office: Office) -> None:
    await answered(office)
    said = text_of(await about_me(office, BRUNO, "moi"))
    assert "Voici ce que je garde à votre sujet" in said


async def test_app_home_has_a_button_for_it(office: Office) -> None:
    await answered(office)
    await office.driver.open_home(ALICE)
    await office.slack.until(lambda: ALICE in office.slack.homes)
    home = office.slack.homes[ALICE]
    assert "privacy.about_me" in [element["action_id"] for _, element in elements(home.definition["blocks"])]

    await office.driver.click(ALICE, home, "privacy.about_me")
    await office.slack.until(lambda: "privacy.file" in shown_to(office, ALICE))


async def test_the_file_holds_all_that_is_kept_and_only_that_person_gets_it(office: Office) -> None:
    await answered(office)
    await about_me(office, ALICE)

    assert "The file is in my messages to you." in text_of(await click(office, ALICE, "privacy.file"))

    [message] = [one for one in office.slack.direct_messages(ALICE) if one.files]
    told = json.loads(message.files[0].content)
    assert told["person"] == ALICE
    assert told["account"]["time_zone"] == "Africa/Johannesburg"
    [question] = told["questions"]
    assert (question["survey"], question["wave"], question["state"]) == ("Acme", 1, "answered")
    assert (question["answer"]["score"], question["answer"]["comment"], question["answer"]["drivers"]) == (
        9,
        WORDS,
        ["quality"],
    )
    assert not [
        one for user in (MAYA, BRUNO, CHEN) for one in office.slack.direct_messages(user) if one.files
    ]
    assert not {BRUNO, CHEN} & set(json.dumps(told).split('"'))


async def test_a_file_that_slack_does_not_take_is_told(office: Office) -> None:
    await answered(office)
    await about_me(office, ALICE)
    office.slack.faults.answer("files.getUploadURLExternal", "file_uploads_disabled")
    said = await office.hear(ALICE, office.driver.click(ALICE, office.modal(ALICE), "privacy.file"))
    assert said.startswith("Slack did not take the file with your data.")


async def test_before_erasing_it_says_what_happens_and_nothing_is_gone_yet(office_on_each: Office) -> None:
    office = office_on_each
    await answered(office)
    await about_me(office, ALICE)

    said = text_of(await click(office, ALICE, "privacy.erase"))

    assert "1 answer in a wave that is open is taken back." in said
    assert "1 comment goes." in said
    assert len(await office.rows(Answer)) == len(SCORES)


async def test_in_an_open_wave_answer_and_question_go_and_the_message_says_so(office_on_each: Office) -> None:
    office = office_on_each
    await answered(office)

    done = text_of(await erase(office, ALICE))

    assert "It is done: what I kept about you is erased." in done
    assert sorted((await office.answers()).values()) == [(3, None, ()), (10, None, ())]
    assert ALICE not in {row.user_id for row in await office.rows(Invitation)}
    assert ALICE not in {row.user_id for row in await office.rows(Person)}
    assert await office.rows(Preference) == []
    assert await office.rows(Mention) == []
    told = [message.text for message in office.slack.direct_messages(ALICE)]
    assert told == ["What stood here was erased, as you wished."]
    await no_message_is_left_to_change(office)


async def test_app_home_no_longer_shows_what_was_erased(office: Office) -> None:
    await answered(office)
    await erase(office, ALICE)
    await office.slack.until(lambda: ALICE in office.slack.homes)
    assert "You are all caught up" in json.dumps(office.slack.homes[ALICE].definition)
    assert ALICE not in {row.user_id for row in await office.rows(Person)}


async def test_in_a_closed_wave_no_number_changes(office_on_each: Office) -> None:
    office = office_on_each
    await answered(office)
    await office.command(MAYA, "close Acme")
    results, versions = await office.rows(Result), await office.rows(Publication)
    said = await office.typed(MAYA, "Acme")
    drivers = await office.typed(MAYA, "drivers Acme")

    assert "1 answer in a closed wave is erased" in text_of(await erased_to_be(office, ALICE))
    await office.driver.submit(ALICE, office.modal(ALICE), {})
    await listeners_finish()

    assert sorted(row.score for row in await office.rows(Answer)) == [3, 10]
    assert await office.rows(Result) == results
    assert await office.rows(Publication) == versions
    assert await office.typed(MAYA, "Acme") == said
    assert await office.typed(MAYA, "drivers Acme") == drivers


async def erased_to_be(office: Office, user: str) -> View:
    await about_me(office, user)
    return await click(office, user, "privacy.erase")


async def test_what_an_older_release_did_not_count_is_counted_before_it_goes(office: Office) -> None:
    await answered(office)
    await office.command(MAYA, "close Acme")
    async with office.books.writing() as session:
        for table in (Result, Publication):
            for row in [await session.get_one(table, one) for one in await keys(office, table)]:
                row.scores = row.reasons = None
    await erase(office, ALICE)

    [result] = await office.rows(Result)
    assert result.scores == [0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1]
    assert [9, ["quality"], 1] in (result.reasons or [])


async def keys(office: Office, table: type[Result] | type[Publication]) -> list[int]:
    return [row.wave_id if isinstance(row, Result) else row.id for row in await office.rows(table)]


async def test_what_is_on_its_way_to_somebody_does_not_come(office: Office) -> None:
    await office.open_wave()
    await erase(office, CHEN)
    await office.tick()
    office.clock.forward(days=8)
    await office.tick()

    assert office.slack.direct_messages(CHEN) == []
    assert office.asked(ALICE) == 1
    assert CHEN not in {row.user_id for row in await office.rows(Invitation)}


async def test_no_reminder_comes_and_an_old_button_stores_nothing(office: Office) -> None:
    await office.ask_everyone(reminders=2)
    question = office.question(CHEN)
    await erase(office, CHEN)
    assert not [row for row in await office.rows(Reminder) if row.workspace_id != office.slack.team_id]

    await office.live_until(office.clock.now.replace(day=30), hours=6)
    assert office.asked(CHEN) == 0
    said = await office.hear(CHEN, office.driver.click(CHEN, question, "answer.score.9"))
    assert said.startswith("I no longer know this question.")
    assert await office.rows(Answer) == []


async def test_the_wish_not_to_be_asked_stays_and_may_be_told_with_it(office: Office) -> None:
    await answered(office)

    done = text_of(await erase(office, ALICE, from_now_on=["no_more"]))
    assert "I will not ask you again, in any survey." in done
    [wish] = await office.rows(Preference)
    assert wish.user_id == ALICE
    assert wish.opted_out_at == office.clock.now

    again = text_of(await erased_to_be(office, ALICE))
    assert "Your wish not to be asked." in again
    assert "from_now_on" not in again
    await office.driver.submit(ALICE, office.modal(ALICE), {})
    await listeners_finish()
    assert [row.user_id for row in await office.rows(Preference)] == [ALICE]


async def test_erasing_twice_is_as_once(office: Office) -> None:
    await answered(office)
    await erase(office, ALICE)
    before = await office.rows(Answer)
    await erase(office, ALICE)
    assert await office.rows(Answer) == before


async def test_messages_that_slack_does_not_take_now_are_changed_later(office: Office) -> None:
    await answered(office)
    await about_me(office, ALICE)
    asked = await click(office, ALICE, "privacy.erase")
    office.slack.faults.answer("chat.update", "service_unavailable")
    await office.driver.submit(ALICE, asked, {})
    await listeners_finish()
    assert "You chose" in office.slack.direct_messages(ALICE)[0].text

    office.clock.forward(minutes=6)
    await office.tick()

    assert [one.text for one in office.slack.direct_messages(ALICE)] == [
        "What stood here was erased, as you wished."
    ]
    assert await office.rows(ErasedMessage) == []


async def test_a_message_that_is_gone_from_slack_is_not_tried_for_ever(office: Office) -> None:
    await answered(office)
    office.slack.faults.answer("chat.update", "message_not_found")
    await erase(office, ALICE)
    await no_message_is_left_to_change(office)


async def test_the_log_names_nobody(office: Office, capsys: object) -> None:
    await answered(office)
    await erase(office, ALICE)
    written = capsys.readouterr()  # type: ignore[attr-defined] # pytest's own
    assert ALICE not in written.out + written.err
    assert WORDS not in written.out + written.err


async def test_others_keep_theirs(office: Office) -> None:
    await answered(office)
    await erase(office, ALICE)
    assert (await office.answers())[MAYA].score == 10
    assert office.question(MAYA).text.count("You chose") == 1
