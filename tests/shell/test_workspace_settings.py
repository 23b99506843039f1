"""`nps-bot settings`: what counts for the workspace, on a terminal."""

import pytest

from bot.ids import Field
from bot.sandbox.records import UserGroup
from bot.shell.doing import settings
from bot.shell.kit.sentences import WrongInput
from tests.journeys.office import ALICE, Office
from tests.shell.conftest import Shell


async def test_it_shows_what_counts_and_what_was_set(office: Office) -> None:
    office.slack.add_user_group(UserGroup("S1PEOPLE", "People team", "people-team", users=(ALICE,)))
    changes = {
        Field.QUARANTINE: ["30"],
        Field.WORKING_DAYS: ["6", "0"],
        Field.OPENS: ["8:00"],
        Field.HOLIDAYS: ["fr", "CA-QC"],
        Field.MANAGERS: [ALICE],
        Field.MANAGER_GROUPS: ["People team"],
    }

    await settings.change(office.app, changes=changes)
    said = await settings.show(office.app)

    assert said.data == {
        "quarantine_days": 30,
        "working_days": [0, 6],
        "opens": "08:00",
        "closes": "17:00",
        "holidays": ["CA-QC", "FR"],
        "managers": [ALICE],
        "manager_groups": ["S1PEOPLE"],
        "set": ["holidays", "hours", "managers", "quarantine"],
        "named_by_environment": [],
    }
    assert said.text.replace("\u202f", " ").splitlines() == [
        "Quarantine: 30 days",
        "Days and hours: Sunday, Monday, 8:00 AM to 5:00 PM",
        "Public holidays: CA-QC, FR",
        f"Managers beside admins and owners: {ALICE}",
        "Groups that manage: S1PEOPLE",
        "Set here: holidays, hours, managers, quarantine",
    ]


async def test_each_part_goes_back_by_itself(office: Office) -> None:
    await settings.change(office.app, changes={Field.QUARANTINE: ["30"], Field.MANAGERS: [ALICE]})

    said = await settings.change(office.app, changes={Field.BACK: ["managers"]})

    assert said.data["managers"] == []  # type: ignore[call-overload]
    assert said.data["quarantine_days"] == 30  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({Field.QUARANTINE: ["-1"]}, "Choose a whole number of days from 0 to 365."),
        ({Field.QUARANTINE: ["10000"]}, "Choose a whole number of days from 0 to 365."),
        ({Field.OPENS: ["18:00"]}, "The day must end later than it begins."),
        ({Field.OPENS: ["noon"]}, "Choose a clock time, such as 09:00."),
        ({Field.HOLIDAYS: ["XX"]}, "I know no public holidays there."),
        ({Field.MANAGERS: ["alice"]}, "alice is no user id: give one such as U012AB3CD."),
        ({}, "Say what to change: nps-bot settings set --help lists what there is."),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence(
    office: Office, changes: dict[Field, list[str]], sentence: str
) -> None:
    with pytest.raises(WrongInput, match=sentence):
        await settings.change(office.app, changes=changes)


async def test_the_command_sets_shows_and_resets(shell: Shell) -> None:
    changed = await shell.nps_bot("settings", "set", "--working-day", "sunday", "--working-day", "monday")
    shown = await shell.nps_bot("settings")
    back = await shell.nps_bot("settings", "reset", "hours")

    assert (changed.err, shown.err, back.err) == ("", "", "")
    assert (changed.code, shown.code, back.code) == (0, 0, 0)
    assert "Days and hours: Sunday, Monday" in shown.out
    assert "Monday to Friday" in back.out
