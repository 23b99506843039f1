"""`nps-bot survey open`, `close` and `list`: the life of a wave, told on a terminal."""

from bot.shell.doing.surveys import survey, waves
from storage.tables import Wave
from storage.words import InvitationState
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, Office
from tests.shell.test_surveys import refused


async def test_opening_plans_the_invitations_and_the_clock_delivers_them(office: Office) -> None:
    await office.a_survey()

    said = await waves.open_wave(office.app, user_id=MAYA, name="", yes=True)

    assert said.data == {
        "survey": "Acme",
        "wave": 1,
        "invitations": 4,
        "left_out": {"deactivated": 1, "bot": 1},
        "opens_at": "2026-11-23T08:00:00+00:00",
        "closes_at": "2026-12-07T08:00:00+00:00",
    }
    assert said.text.endswith("\nThe clock sends the questions: nps-bot serve or nps-bot clock must run.")
    planned = await office.invitations()
    assert {one.state for one in planned.values()} == {InvitationState.PLANNED}
    assert office.slack.direct_messages(ALICE) == []

    await office.tick()
    asked = await office.invitations()
    assert {one.state for one in asked.values()} == {InvitationState.DELIVERED}
    assert [len(office.slack.direct_messages(user)) for user in (ALICE, BRUNO, CHEN)] == [1, 1, 1]


async def test_only_a_manager_opens_and_closes(office: Office) -> None:
    await office.a_survey()
    for command in (waves.open_wave, waves.close_wave):
        sentence = await refused(command(office.app, user_id=ALICE, name="Acme", yes=True))
        assert sentence == "Only managers can do this. Ask a workspace admin or owner."
    assert await office.rows(Wave) == []


async def test_what_cannot_be_opened_or_closed_says_why(office: Office) -> None:
    app = office.app
    assert await refused(waves.open_wave(app, user_id=MAYA, name="", yes=True)) == (
        "There is no survey yet. Type `nps-bot survey create NAME --as USER` to make the first one."
    )
    await office.a_survey()
    assert await refused(waves.open_wave(app, user_id=MAYA, name="Acne", yes=True)) == (
        "There is no survey called “Acne”. Did you mean `nps-bot survey open Acme --as USER`?"
    )
    assert await refused(waves.close_wave(app, user_id=MAYA, name="Acme", yes=True)) == (
        "No wave of “Acme” is open. To open one, type `nps-bot survey open Acme --as USER`."
    )
    await waves.open_wave(app, user_id=MAYA, name="Acme", yes=True)
    assert await refused(waves.open_wave(app, user_id=MAYA, name="Acme", yes=True)) == (
        "A wave of “Acme” is already open. To start the next one, close it first: `nps-bot survey close Acme --as USER`."
    )


async def test_closing_shows_the_frozen_result(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({MAYA: 10, ALICE: 9, BRUNO: 3})

    said = await waves.close_wave(office.app, user_id=MAYA, name="acme", yes=True)

    assert isinstance(said.data, dict)
    numbers = {
        name: said.data[name] for name in ("survey", "wave", "is_open", "invited", "responses", "display")
    }
    assert numbers == {
        "survey": "Acme",
        "wave": 1,
        "is_open": False,
        "invited": 4,
        "responses": 3,
        "display": "+33",
    }
    assert said.text.splitlines()[:2] == ["Wave 1 of “Acme” is closed.", "Acme: NPS +33 [−51, +85]"]
    (wave,) = await office.rows(Wave)
    assert wave.closed_at == office.clock.now


async def test_the_list_tells_how_each_survey_stands_to_anyone(office: Office) -> None:
    await office.ask_everyone("R & D <x>")
    await office.a_survey("Zebra")
    await office.answer({ALICE: 10})

    said = await survey.list_all(office.app)

    asked, waiting = said.data
    assert isinstance(asked, dict)
    assert (asked["survey"], asked["newest"]["display"]) == ("R & D <x>", "+100")
    assert waiting == {"id": 2, "survey": "Zebra", "newest": None}
    assert "R & D <x>: NPS +100" in said.text


async def test_the_list_of_nothing_says_how_to_begin(office: Office) -> None:
    said = await survey.list_all(office.app)

    assert said.data == []
    assert (
        said.text
        == "There is no survey yet. Type `nps-bot survey create NAME --as USER` to make the first one."
    )
