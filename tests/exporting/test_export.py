"""`/nps export`: a manager gets every answer as a file in their direct messages, and nobody's name."""

import csv
import io
from dataclasses import replace

from bot.sandbox.records import File, Message
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, Office

SCORES = {MAYA: 10, ALICE: 9, BRUNO: 3}


def shared(office: Office, user: str) -> list[Message]:
    return [message for message in office.slack.direct_messages(user) if message.files]


def file_of(office: Office, user: str) -> File:
    [message] = shared(office, user)
    [file] = message.files
    return file


def records(file: File) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


async def answered(office: Office, name: str = "Acme") -> None:
    await office.ask_everyone(name)
    await office.answer(SCORES)


async def ask(office: Office, user: str, text: str) -> str:
    """Type `/nps …` and return what is answered there; the file itself arrives elsewhere."""
    before = len(office.slack.ephemerals(user))
    await office.driver.command(user, GENERAL, text)
    await office.slack.until(lambda: len(office.slack.ephemerals(user)) > before)
    return office.slack.ephemerals(user)[before].text


async def test_a_manager_gets_the_answers_as_a_file_in_their_messages(office: Office) -> None:
    await answered(office)

    said = await ask(office, MAYA, "export Acme")

    assert said == "3 answers of “Acme” are in my messages to you, as a file."
    [message] = shared(office, MAYA)
    assert message.text.startswith("All answers of “Acme”, with wave, date, score")
    [file] = message.files
    assert file.name == "nps-acme.csv"
    assert [(row["wave"], row["date"], row["score"], row["category"]) for row in records(file)] == [
        ("1", "2026-11-23", "3", "detractor"),
        ("1", "2026-11-23", "9", "promoter"),
        ("1", "2026-11-23", "10", "promoter"),
    ]


async def test_no_person_stands_in_the_file(office: Office) -> None:
    await answered(office)
    await ask(office, MAYA, "export")

    content = file_of(office, MAYA).content.decode()
    assert not [user for user in office.slack.users.values() if user.id in content]
    assert not [word for word in ("Maya", "Alice", "Bruno", "Petit") if word in content]


async def test_nobody_but_the_manager_sees_the_file(office: Office) -> None:
    await answered(office)
    await ask(office, MAYA, "export")

    assert [user for user in (ALICE, BRUNO, CHEN) if shared(office, user)] == []
    assert office.slack.messages(GENERAL) == []


async def test_without_a_name_it_is_the_survey_that_the_report_shows(office: Office) -> None:
    await answered(office)
    await office.a_survey("Older, never opened")

    assert "of “Acme”" in await ask(office, MAYA, "export")


async def test_the_french_word_does_the_same_in_french(office: Office) -> None:
    await answered(office)
    office.slack.add_user(replace(office.slack.users[BRUNO], is_admin=True))
    office.clock.forward(days=2)  # what is known of people is asked again after a day

    said = await ask(office, BRUNO, "exporter acme")

    assert said == "3 réponses à «\xa0Acme\xa0» se trouvent dans mes messages, dans un fichier."
    assert shared(office, BRUNO)[0].text.startswith("Toutes les réponses à «\xa0Acme\xa0»")


async def test_only_managers_export(office: Office) -> None:
    await answered(office)

    assert "Only managers can do this" in await ask(office, ALICE, "export Acme")
    assert shared(office, ALICE) == []
    assert office.calls("files.getUploadURLExternal") == []


async def test_where_there_is_nothing_to_export_it_says_so(office: Office) -> None:
    assert "There is no survey yet." in await ask(office, MAYA, "export")
    await office.ask_everyone()

    said = await ask(office, MAYA, "export")

    assert said == "Nobody has answered “Acme” yet, so there is nothing to export."
    assert (
        await ask(office, MAYA, "export Acne")
        == "There is no survey called “Acne”. Did you mean `/nps export Acme`?"
    )
    assert office.calls("files.getUploadURLExternal") == []


async def test_what_slack_refuses_is_told_with_what_to_do(office: Office) -> None:
    await answered(office)
    office.slack.scopes.remove("files:write")
    refused = "I could not send you the file with the answers of “Acme”. "

    assert await ask(office, MAYA, "export") == (
        f"{refused}I lack a permission. Reinstall the app with the manifest that `nps-bot manifest` prints."
    )
    office.slack.scopes.add("files:write")
    office.slack.faults.answer("files.getUploadURLExternal", "file_uploads_disabled")
    assert await ask(office, MAYA, "export") == (
        f"{refused}This workspace takes no files. Whoever runs me can write the same file with `nps-bot export`."
    )


async def test_when_the_bytes_do_not_arrive_nothing_is_shared_and_the_manager_may_ask_again(
    office: Office,
) -> None:
    await answered(office)
    for fault in (office.slack.faults.server_error, office.slack.faults.drop_before):
        fault("upload")
        said = await ask(office, MAYA, "export")
        assert said.startswith("I could not send you the file with the answers of “Acme”.")
    assert office.calls("files.completeUploadExternal") == []

    await ask(office, MAYA, "export")
    assert len(shared(office, MAYA)) == 1


async def test_a_lost_reply_is_told_and_the_file_is_not_sent_again(office: Office) -> None:
    await answered(office)
    office.slack.faults.drop_after("files.completeUploadExternal")

    said = await ask(office, MAYA, "export")

    assert said.startswith("Slack never confirmed the file with the answers of “Acme”.")
    assert len(shared(office, MAYA)) == 1
    assert len(office.calls("files.completeUploadExternal")) == 1


async def test_a_survey_s_odd_name_makes_a_plain_file_name(office: Office) -> None:
    await answered(office, "Été / <équipe> & amis?")

    await ask(office, MAYA, "export")

    assert file_of(office, MAYA).name == "nps-été-équipe-amis.csv"
    assert "“Été / &lt;équipe&gt; &amp; amis?”" in shared(office, MAYA)[0].text


async def test_the_help_tells_managers_of_it(office: Office) -> None:
    assert "`/nps export NAME`" in await ask(office, MAYA, "help")
    assert "/nps export" not in await ask(office, ALICE, "help")
