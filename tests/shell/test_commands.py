"""The commands as an operator runs them: real processes, a real database, the pretend Slack over HTTP."""

import asyncio
import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import bot
from bot.sandbox.workspace import Sandbox
from tests.journeys.office import ALICE, GENERAL, MAYA
from tests.shell.conftest import NOBODY, Shell

pytestmark = pytest.mark.slow

ACME = (
    *("survey", "create", "Acme", "--as", MAYA, "--subject", "Acme", "--kind", "customers"),
    *("--channel", "#general", "--digest-channel", GENERAL, "--time-zone", "Europe/Paris"),
)


async def test_a_survey_is_named_unless_it_is_made_anonymous(shell: Shell) -> None:
    named, anonymous = await shell.nps_bot(*ACME, "--json"), ("Pulse", "--anonymous", "--json")
    assert json.loads(named.out)["anonymous"] is False

    refused = await shell.nps_bot(*("survey", "create"), *anonymous, *ACME[3:])

    assert refused.code != 0
    assert "NPS_SECRET" in refused.err


async def test_a_survey_is_made_listed_opened_and_closed_from_the_shell(shell: Shell) -> None:
    made = await shell.nps_bot(*ACME, "--json")
    assert (made.code, made.err) == (0, "")
    assert json.loads(made.out)["channels"] == [GENERAL]

    opened = await shell.nps_bot("survey", "open", "--as", MAYA, "--yes")
    assert (opened.code, opened.err) == (0, "")
    assert opened.out.startswith("Wave 1 of “Acme” is open until ")
    assert "4 to come, each in their working hours" in opened.out

    watched = await shell.nps_bot("survey", "waves", "--json")
    assert (watched.code, watched.err) == (0, "")
    assert [wave["progress"]["planned"] for wave in json.loads(watched.out)["waves"]] == [4]

    for command, is_paused in (("pause", True), ("resume", False)):
        steered = await shell.nps_bot("survey", command, "--as", MAYA, "--json")
        assert json.loads(steered.out) == {"survey": "Acme", "paused": is_paused}

    resent = await shell.nps_bot("survey", "resend", "Acme", "--as", MAYA)
    assert (resent.code, resent.out) == (1, "")
    assert resent.err == "Nothing of “Acme” has failed, so there is nothing to send again.\n"

    listed = await shell.nps_bot("survey", "list", "--json")
    assert [line["newest"]["is_open"] for line in json.loads(listed.out)] == [True]

    preview = await shell.nps_bot("digest", "acme", "--now", "--dry-run")
    assert (preview.code, preview.err) == (0, "")
    assert preview.out.startswith("Acme: NPS —\nThe questions are on their way.")

    closed = await shell.nps_bot("survey", "close", "acme", "--as", MAYA, "--yes")
    assert (closed.code, closed.out) == (0, "Wave 1 of “Acme” is closed. Nobody answered this wave.\n")


async def test_without_a_terminal_nothing_is_opened_or_closed_unless_told_yes(shell: Shell) -> None:
    assert (await shell.nps_bot(*ACME)).code == 0

    ran = await shell.nps_bot("survey", "open", "--as", MAYA)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[0] == "Open wave 1 of “Acme”?"
    assert ran.err.splitlines()[-1] == "There is no terminal to ask on: say --yes to do it."
    assert json.loads((await shell.nps_bot("survey", "waves", "--json")).out)["waves"] == []


async def test_the_version_is_told(shell: Shell) -> None:
    ran = await shell.nps_bot("--version")

    assert (ran.code, ran.out, ran.err) == (0, f"nps-bot {metadata.version('nps-bot')}\n", "")


@pytest.mark.parametrize("words", [["--help"], ["survey", "--help"], ["actions", "--help"]])
async def test_the_help_tells_of_each_command_in_a_whole_sentence(shell: Shell, words: list[str]) -> None:
    ran = await shell.nps_bot(*words)

    _, commands = ran.out.split("\nCommands:\n")
    assert [line for line in commands.splitlines() if not line.endswith(".") or "..." in line] == []


async def test_a_junk_line_in_the_settings_file_is_one_sentence(shell: Shell) -> None:
    (shell.folder / ".env").write_text("keep me\n")

    for words in (["serve"], ["migrate"], ["export", "--survey", "Acme"]):
        ran = await shell.nps_bot(*words)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == ".env, line 1 is not a setting: write NAME=value, or # before what is a remark.\n"


async def test_the_doctor_looks_on_when_the_settings_file_cannot_be_read(shell: Shell) -> None:
    (shell.folder / ".env").write_bytes(b"\xff")
    (shell.folder / ".env").chmod(0o600)

    told = await shell.nps_bot("doctor")
    assert (told.code, told.err) == (1, "")
    assert [line.partition(": ")[2].split()[0] for line in told.out.splitlines()[:3]] == [".env", "ok", "ok"]


async def test_a_refusal_is_one_sentence_and_exit_code_1(shell: Shell) -> None:
    ran = await shell.nps_bot("survey", "open", "Acme", "--as", ALICE)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "Only managers can do this. Ask a workspace admin or owner.\n"


async def test_wrong_options_are_one_sentence_and_exit_code_2(shell: Shell) -> None:
    ran = await shell.nps_bot(*ACME, "--days", "400")
    assert (ran.code, ran.out, ran.err) == (2, "", "--days: Choose a whole number of days from 1 to 365.\n")

    ran = await shell.nps_bot(*ACME, "--every-weeks", "2")
    assert (ran.code, ran.out, ran.err) == (2, "", "--every-weeks goes with --rhythm weeks.\n")

    ran = await shell.nps_bot("survey", "open", "Acme")
    assert (ran.code, ran.out, ran.err) == (2, "", "Missing option '--as'.\n")


async def test_a_digest_is_posted_by_hand(shell: Shell, slack: Sandbox) -> None:
    assert (await shell.nps_bot(*ACME)).code == 0

    ran = await shell.nps_bot("digest", "Acme", "--now", "--json")

    (posted,) = slack.messages(GENERAL)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["ts"] == posted.ts


async def test_the_doctor_ends_well_only_when_all_is_well(shell: Shell) -> None:
    well = await shell.nps_bot("doctor", "--json")
    assert (well.code, well.err) == (0, "")
    assert json.loads(well.out)["ok"] is True

    ill = await shell.nps_bot("doctor", SLACK_BOT_TOKEN="xoxb-wrong")
    assert (ill.code, ill.err) == (1, "")
    assert ill.out.splitlines()[1].startswith("token: Slack does not take SLACK_BOT_TOKEN (invalid_auth).")


async def test_migrating_says_what_was_applied_and_twice_is_once(shell: Shell) -> None:
    new = {"DATABASE_URL": "sqlite:///new.db"}

    first, second = await shell.nps_bot("migrate", **new), await shell.nps_bot("migrate", **new)

    assert (first.code, first.err) == (0, "")
    *applied, up_to_date = first.out.splitlines()
    assert applied[0] == "Applied 0001 The first tables."
    assert [line.split()[:2] for line in applied] == [
        ["Applied", f"{n:04}"] for n in range(1, len(applied) + 1)
    ]
    assert up_to_date == "The database is up to date."
    assert (second.code, second.out) == (0, "The database is up to date.\n")


async def test_migrating_needs_no_word_of_slack(shell: Shell) -> None:
    ran = await shell.nps_bot("migrate", DATABASE_URL="sqlite:///new.db", SLACK_BOT_TOKEN="")

    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("words", [["serve"], ["survey", "list"]])
@pytest.mark.parametrize(
    ("settings", "beginning"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN does not begin with xoxb-: copy it from"),
        (
            {"SLACK_API_URL": f"http://{NOBODY}/"},
            "Slack could not be reached. Check the network, and the proxy if there is one (cannot_connect).",
        ),
        (
            {"DATABASE_URL": f"postgresql://nps:keep-me@{NOBODY}/nps"},
            "postgresql://nps:***@127.0.0.1:1/nps does not",
        ),
        ({"DATABASE_URL": "mysql://nps:keep-me@localhost/nps"}, "'mysql' is not a database we know:"),
    ],
)
async def test_what_is_missing_at_the_start_is_a_sentence(
    shell: Shell, words: list[str], settings: dict[str, str], beginning: str
) -> None:
    ran = await shell.nps_bot(*words, **settings)

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(beginning)
    assert ran.err.count("\n") == 1
    assert "keep-me" not in ran.err


@pytest.mark.parametrize(("typed", "is_opened"), [(b"n\n", False), (b"y\n", True)])
async def test_on_a_terminal_it_asks_first(shell: Shell, typed: bytes, *, is_opened: bool) -> None:
    assert (await shell.nps_bot(*ACME)).code == 0
    ours, theirs = os.openpty()
    os.write(ours, typed)

    ran = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "bot", "survey", "open", "--as", MAYA, "--json"],
        stdin=theirs,
        capture_output=True,
        check=False,
        cwd=shell.folder,
        env=shell.environment | {"PYTHONPATH": str(Path(bot.__file__).parents[1])},
    )
    os.close(ours)
    os.close(theirs)

    assert b"Open wave 1 of" in ran.stderr
    assert (ran.returncode, bool(ran.stdout)) == ((0, True) if is_opened else (1, False))
    waves = json.loads((await shell.nps_bot("survey", "waves", "--json")).out)["waves"]
    assert bool(waves) == is_opened


async def test_a_refusal_is_in_our_words_alone(shell: Shell) -> None:
    refused = await shell.nps_bot("privacy", "--language", "de")
    assert (refused.code, refused.err) == (
        2,
        "Invalid value for '--language': 'de' is not one of 'en', 'fr'.\n",
    )
