"""The commands as an operator runs them: real processes, a real database, the pretend Slack over HTTP."""

import json

from tests.journeys.office import ALICE, GENERAL, MAYA
from tests.shell.conftest import Shell

ACME = (
    *("survey", "create", "Acme", "--as", MAYA, "--subject", "Acme", "--kind", "customers"),
    *("--channel", "#general", "--digest-channel", GENERAL, "--time-zone", "Europe/Paris"),
)


async def test_a_survey_is_made_listed_opened_and_closed_from_the_shell(shell: Shell) -> None:
    made = await shell.nps_bot(*ACME, "--json")
    assert (made.code, made.err) == (0, "")
    assert json.loads(made.out)["channels"] == [GENERAL]

    opened = await shell.nps_bot("survey", "open", "--as", MAYA)
    assert (opened.code, opened.err) == (0, "")
    assert opened.out.startswith("Wave 1 of “Acme” is open. 4 people are getting the question now;")

    listed = await shell.nps_bot("survey", "list", "--json")
    assert [line["newest"]["is_open"] for line in json.loads(listed.out)] == [True]

    preview = await shell.nps_bot("digest", "acme", "--now", "--dry-run")
    assert (preview.code, preview.err) == (0, "")
    assert preview.out.startswith("Acme: NPS —\nThe questions are on their way.")

    closed = await shell.nps_bot("survey", "close", "acme", "--as", MAYA)
    assert (closed.code, closed.out) == (0, "Wave 1 of “Acme” is closed. Nobody answered this wave.\n")


async def test_a_refusal_is_one_sentence_and_exit_code_1(shell: Shell) -> None:
    ran = await shell.nps_bot("survey", "open", "Acme", "--as", ALICE)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Only managers can do this. Ask a workspace admin or owner.\n"
