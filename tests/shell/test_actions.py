"""`nps-bot actions add`, `change`, `end`, `delete`: as in Slack, told on a terminal."""

import json
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.ids import Field
from bot.shell.doing import actions as doing
from bot.shell.kit.sentences import WrongInput
from storage.tables import Action
from storage.words import ActionState
from tests.journeys.office import ALICE, CHEN, MAYA, Office
from tests.shell.conftest import Shell, settings_for

SAID = {Field.ACTION_SAID: ["Nobody answers the phone."], Field.ACTION_DID: ["Two more people do."]}


@pytest.fixture
def shell(office: Office, tmp_path: Path) -> Shell:
    return Shell(tmp_path, settings_for(office.slack, office.settings.database_url))


async def the_action(office: Office) -> Action:
    [action] = await office.rows(Action)
    return action


async def test_an_action_is_made_changed_ended_and_deleted(office: Office, shell: Shell) -> None:
    await office.ask_everyone()
    as_maya = ("--as", MAYA)

    made = await shell.nps_bot(
        *("actions", "add", "Acme", *as_maya, "--said", "Nobody answers the phone."),
        *("--did", "Two more people do.", "--reason", "support", "--day", "2099-01-31"),
    )
    assert (made.code, made.err) == (0, "")
    assert "We plan: Two more people do. (until January 31, 2099)" in made.out.replace("*", "")
    action = await the_action(office)
    assert (action.state, action.drivers, action.wave, action.owner) == (
        ActionState.PLANNED,
        ["support"],
        1,
        MAYA,
    )

    listed = await shell.nps_bot("actions", "Acme")
    assert listed.out.startswith("1  ")
    assert (await shell.nps_bot("actions", "list")).out == (await shell.nps_bot("actions")).out == listed.out

    changed = await shell.nps_bot("actions", "change", "1", *as_maya, "--did", "Three more do.", "--json")
    assert json.loads(changed.out)["did"] == "Three more do."
    ended = await shell.nps_bot("actions", "end", "1", *as_maya)
    assert "We did: Three more do." in ended.out.replace("*", "")
    assert "From now on it stands above each question" in ended.out
    action = await the_action(office)
    assert (action.said, action.drivers) == ("Nobody answers the phone.", ["support"])

    deleted = await shell.nps_bot("actions", "delete", "1", *as_maya)
    assert deleted.out == "It is deleted, and nobody reads it any more.\n"
    assert await office.rows(Action) == []
    gone = await shell.nps_bot("actions", "delete", "1", *as_maya)
    assert (gone.code, gone.err) == (1, "There is no action 1: nps-bot actions lists them.\n")


async def test_only_a_manager_makes_one(office: Office) -> None:
    await office.ask_everyone()
    with pytest.raises(Refused):
        await doing.add(office.app, user_id=ALICE, name="Acme", written=SAID)
    await doing.add(office.app, user_id=MAYA, name="", written=SAID)
    with pytest.raises(Refused):
        await doing.change(office.app, user_id=CHEN, number=1, written={Field.ACTION_DELETE: ["yes"]})
    assert (await the_action(office)).did == "Two more people do."


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({Field.ACTION_SAID: [" "]}, "--said: Write a few words."),
        ({Field.ACTION_DID: ["x" * 301]}, "--did: Please say it in"),
        (
            {Field.ACTION_STATE: ["done"], Field.ACTION_DAY: ["2099-01-01"]},
            "--day: This day is still to come.",
        ),
        ({Field.ACTION_DAY: ["tomorrow"]}, "--day: write it as 2026-11-30."),
        ({Field.ACTION_DRIVERS: ["weather"]}, "--reason: “Acme” has no reason weather. It has: quality, "),
        ({Field.ACTION_WAVE: ["7"]}, "--wave: “Acme” has no wave 7."),
    ],
    ids=["nothing said", "too long", "not yet", "no day", "no such reason", "no such wave"],
)
async def test_what_the_modal_refuses_is_refused(
    office: Office, written: dict[Field, list[str]], told: str
) -> None:
    await office.ask_everyone()
    with pytest.raises(WrongInput, match=told.replace("(", r"\(")):
        await doing.add(office.app, user_id=MAYA, name="Acme", written=SAID | written)
    assert await office.rows(Action) == []


async def test_a_reason_is_known_by_its_name_too(office: Office) -> None:
    await office.ask_everyone()
    written = SAID | {Field.ACTION_DRIVERS: ["Service and support"], Field.ACTION_WAVE: ["0"]}
    await doing.add(office.app, user_id=MAYA, name="Acme", written=written)
    action = await the_action(office)
    assert (action.drivers, action.wave) == (["support"], None)
