"""The command line: receivers are added, looked at, tried and taken away."""

import json
from pathlib import Path

import pytest

from bot.shell.doctor import database as books
from bot.webhooks import subscribing
from storage.tables import Webhook, WebhookTelling
from tests.journeys.office import Office
from tests.shell.conftest import Shell, settings_for
from tests.webhooks.receiver import Receiver, listening


@pytest.fixture
def shell(office: Office, tmp_path: Path) -> Shell:
    return Shell(tmp_path, settings_for(office.slack, office.settings.database_url))


async def test_a_receiver_is_added_tried_seen_and_taken_away(office: Office, shell: Shell) -> None:
    async with listening(Receiver()) as receiver:
        added = await shell.nps_bot(
            "webhook", "add", receiver.url, "--private", "--event", "wave.closed", "--json"
        )
        secret = json.loads(added.out)["secret"]
        assert secret.startswith("whsec_")

        tried = await shell.nps_bot("webhook", "test", "1")
        assert (tried.code, tried.out) == (0, "The receiver took it, with status 204.\n")
        assert receiver.types == ["test"]

        listed = await shell.nps_bot("webhook", "list")
        assert listed.out == f"1  {receiver.url}  hears wave.closed\n"
        as_json = await shell.nps_bot("webhook", "list", "--json")
        assert secret not in as_json.out + listed.out

        receiver.status = 404
        refused = await shell.nps_bot("webhook", "test", "1")
        assert (refused.code, "status 404" in refused.err) == (1, True)

        removed = await shell.nps_bot("webhook", "remove", "1")
        assert removed.out == f"Webhook 1 is taken away. Nothing more is told at {receiver.url}.\n"
    assert await office.rows(Webhook) == []
    assert (await shell.nps_bot("webhook", "list")).out.startswith("There is no webhook.")
    assert (
        await shell.nps_bot("webhook", "test", "1")
    ).err == "There is no webhook 1. nps-bot webhook list shows them.\n"


async def test_with_a_receiver_goes_what_it_was_still_to_hear(office: Office, shell: Shell) -> None:
    await shell.nps_bot("webhook", "add", "http://127.0.0.1:1/", "--private")
    await office.open_wave()
    assert len(await office.rows(WebhookTelling)) == 1
    assert (await shell.nps_bot("webhook", "remove", "1")).code == 0
    assert await office.rows(WebhookTelling) == []


async def test_the_doctor_tells_of_a_receiver_that_does_not_answer(office: Office, shell: Shell) -> None:
    await subscribing.add(office.app.services, "http://127.0.0.1:1/", [], may_be_private=True)
    await office.open_wave()
    await office.tick()
    async with office.books.reading() as session:
        found = await books.examine(session, office.clock.now)
    [line] = [one.line for one in found if one.check == "webhooks"]
    assert "Webhook 1 does not take what it is told since 2026-11-23 08:00 UTC (not_reached)" in line
    assert (
        "1 waiting, no answer since 2026-11-23 08:00 UTC (not_reached)"
        in (await shell.nps_bot("webhook", "list")).out
    )


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("example.com/nps", "This is no web address"),
        ("https://", "This is no web address"),
        ("https://example.com:x/", "This is no web address"),
        ("https://a:b@example.com/", "holds a name or a password"),
        ("http://example.com/", "Give an https address"),
        ("https://example.com/\x1b[31m", "This is no web address"),
    ],
)
async def test_an_address_that_cannot_be_told_anything_is_refused(
    office: Office, shell: Shell, url: str, says: str
) -> None:
    ran = await shell.nps_bot("webhook", "add", url)
    assert (ran.code, says in ran.err) == (1, True)
    assert await office.rows(Webhook) == []


async def test_the_schemas_are_printed_without_slack_or_database(tmp_path: Path) -> None:
    ran = await Shell(tmp_path, {}).nps_bot("webhook", "schema")
    assert set(json.loads(ran.out)) == {
        "answer.given",
        "wave.opened",
        "wave.closed",
        "digest.posted",
        "case.opened",
        "case.taken",
        "case.closed",
    }
