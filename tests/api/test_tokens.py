"""The command line: a token is made, looked at and revoked."""

import json
from pathlib import Path

import pytest

from tests.journeys.office import Office
from tests.shell.conftest import Shell, settings_for


@pytest.fixture
def shell(office: Office, tmp_path: Path) -> Shell:
    return Shell(tmp_path, settings_for(office.slack, office.settings.database_url))


async def test_a_token_is_made_seen_and_revoked(shell: Shell) -> None:
    assert (
        await shell.nps_bot("token", "list")
    ).out == "There is no token. Make one: nps-bot token create NAME\n"
    made = await shell.nps_bot("token", "create", "Help desk", "--scope", "ask", "--json")
    token = json.loads(made.out)["token"]
    assert token.startswith("nps_")

    listed = await shell.nps_bot("token", "list")
    assert listed.out.startswith("1  Help desk  may ask, made ")
    assert token not in listed.out + (await shell.nps_bot("token", "list", "--json")).out

    assert (await shell.nps_bot("token", "revoke", "1")).out == "Token 1 lets nobody in any more.\n"
    again = await shell.nps_bot("token", "revoke", "1")
    assert (again.code, again.err) == (1, "There is no token 1. nps-bot token list shows them.\n")
    assert (
        await shell.nps_bot("token", "create", " ")
    ).err == "Give the token a name of 1 to 60 characters.\n"
