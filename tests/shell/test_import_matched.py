"""`nps-bot import --match email`: people of a file become people of Slack, where the operator wishes it."""

import json
from dataclasses import replace

from sqlmodel import select

from bot.sandbox.web_api.people import EMAIL_SCOPE
from bot.sandbox.workspace import Sandbox
from storage.database.engine import Database
from storage.tables import Answer
from tests.journeys.office import ALICE, BRUNO
from tests.shell.conftest import Shell

FILE = """Date,Score,Email
2026-01-05,9,alice@acme.example
2026-01-05,3,BRUNO@acme.example
2026-01-06,7,gone@acme.example
"""
IMPORT = ("import", "answers.csv", "--survey", "History", "--person-column", "Email")


def with_addresses(slack: Sandbox) -> None:
    slack.scopes.add(EMAIL_SCOPE)
    for user_id, address in ((ALICE, "Alice@acme.example"), (BRUNO, "bruno@acme.example")):
        slack.add_user(replace(slack.users[user_id], email=address))


async def people_of(url: str) -> set[str | None]:
    database = Database(url)
    try:
        async with database.reading() as session:
            return set(await session.exec(select(Answer.person)))
    finally:
        await database.close()


async def test_people_are_linked_by_their_address_however_it_is_written(
    shell: Shell, slack: Sandbox, sqlite_url: str
) -> None:
    (shell.folder / "answers.csv").write_text(FILE)
    with_addresses(slack)

    tried = await shell.nps_bot(*IMPORT, "--match", "email", "--dry-run")
    ran = await shell.nps_bot(*IMPORT, "--match", "email", "--json")

    assert "Of 3 people named by an e-mail address, 2 would be linked to Slack." in tried.out
    told = json.loads(ran.out)
    assert (told["people"], told["people_in_slack"], told["imported"]) == (3, 2, 3)
    assert await people_of(sqlite_url) == {ALICE, BRUNO, "gone@acme.example"}


async def test_what_was_imported_before_is_linked_when_the_file_comes_again(
    shell: Shell, slack: Sandbox, sqlite_url: str
) -> None:
    (shell.folder / "answers.csv").write_text(FILE)
    await shell.nps_bot(*IMPORT)
    assert await people_of(sqlite_url) == {"alice@acme.example", "BRUNO@acme.example", "gone@acme.example"}
    with_addresses(slack)

    ran = await shell.nps_bot(*IMPORT, "--match", "email")

    assert "Of 3 people named by an e-mail address, 2 are linked to Slack." in ran.out
    assert await people_of(sqlite_url) == {ALICE, BRUNO, "gone@acme.example"}


async def test_a_file_without_addresses_says_so(shell: Shell, slack: Sandbox) -> None:
    (shell.folder / "answers.csv").write_text("Date,Score\n2026-01-05,9\n")
    with_addresses(slack)

    ran = await shell.nps_bot("import", "answers.csv", "--survey", "History", "--match", "email")

    assert (
        "No answer names its person by an e-mail address: --person-column names the column of addresses."
        in ran.out
    )


async def test_without_the_scope_nothing_is_imported(shell: Shell, sqlite_url: str) -> None:
    (shell.folder / "answers.csv").write_text(FILE)

    ran = await shell.nps_bot(*IMPORT, "--match", "email")

    assert ran.code == 1
    assert ran.err == (
        "Slack shows this app no e-mail addresses. Add the scope users:read.email to the app "
        "(`nps-bot manifest --match-email` prints it), install the app to the workspace again, and try again.\n"
    )
    assert await people_of(sqlite_url) == set()
