"""`nps-bot survey`: the same rules as in Slack, told on a terminal."""

from typing import Any

import pytest

from bot.errors import Refused
from bot.ids import Field
from bot.sandbox.records import UserGroup
from bot.shell.doing.surveys import survey, waves
from bot.shell.kit.sentences import WrongInput
from bot.shell.kit.terminal import WORDS, NotDone, plain
from storage.tables import Survey
from tests.journeys.office import ALICE, CHEN, GENERAL, MAYA, OUTSIDER, Office

WRITTEN = {
    Field.NAME: ["Team pulse"],
    Field.SUBJECT: ["Acme"],
    Field.KIND: ["employees"],
    Field.CHANNELS: [GENERAL],
    Field.PEOPLE: [OUTSIDER],
    Field.RHYTHM: ["once"],
    Field.REMINDERS: ["1"],
    Field.WAVE_DAYS: ["7"],
    Field.DIGEST_CHANNEL: ["#general"],
    Field.DIGEST_WEEKDAY: ["4"],
    Field.DIGEST_HOUR: ["16"],
    Field.TIME_ZONE: [""],
}


async def refused(doing: Any) -> str:  # noqa: ANN401 - any command
    """Return the sentence of a refusal as the terminal shows it."""
    with pytest.raises(Refused) as caught:
        await doing
    return plain(caught.value.notice(WORDS))


async def test_a_survey_made_in_the_shell_is_the_one_that_slack_knows(office: Office) -> None:
    said = await survey.create(office.app, user_id=MAYA, written=WRITTEN)

    assert said.data == {
        "id": 1,
        "survey": "Team pulse",
        "subject": "Acme",
        "wording": None,
        "kind": "employees",
        "reasons": [
            "Management and leadership",
            "Work and tools",
            "Growth and recognition",
            "Team and communication",
            "Balance and pay",
        ],
        "anonymous": False,
        "channels": [GENERAL],
        "user_groups": [],
        "people": [OUTSIDER],
        "everyone": False,
        "guests": False,
        "open_channel": None,
        "rhythm": "once",
        "every_weeks": None,
        "reminders": 1,
        "wave_days": 7,
        "keep_days": None,
        "minimum": 5,
        "digest_channel": GENERAL,
        "digest_comments": False,
        "next_digest": "2026-11-27T15:00:00+00:00",
        "result_at": "digest",
        "time_zone": "Europe/Paris",
        "follow_up_channel": None,
        "follow_up_with": None,
        "links": {},
    }
    assert said.text == (
        "“Team pulse” is saved, and nobody has been asked yet. "
        "When you are ready, type `nps-bot survey open 'Team pulse' --as USER`."
    )
    (stored,) = await office.rows(Survey)
    assert (stored.created_by, stored.digest_weekday, stored.digest_hour) == (MAYA, 4, 16)
    assert await office.command(ALICE, "list") == "1 survey\nTeam pulse\nNobody has been asked yet."


async def test_the_question_is_worded_in_the_shell_too(office: Office) -> None:
    words = {
        Field.LANGUAGE: ["en"],
        Field.QUESTION: ["Would you come again?"],
        Field.QUESTION_FR: ["Reviendriez-vous ?"],
    }

    await survey.create(office.app, user_id=MAYA, written=WRITTEN | words)

    [survey_made] = await office.rows(Survey)
    assert survey_made.wording is not None
    assert survey_made.wording.as_json() == {
        "language": "en",
        "text": "Would you come again?",
        "others": {"fr": {"subject": "", "text": "Reviendriez-vous ?"}},
    }


async def test_only_a_manager_makes_a_survey(office: Office) -> None:
    sentence = await refused(survey.create(office.app, user_id=ALICE, written=WRITTEN))

    assert sentence == "Only managers can do this. Ask a workspace admin or owner."
    assert await office.rows(Survey) == []


async def test_every_wrong_option_is_named_at_once(office: Office) -> None:
    wrong = {Field.NAME: ["close friends"], Field.SUBJECT: [" "], Field.WAVE_DAYS: ["0"]}
    wrong |= {Field.QUESTION_FR: ["x" * 151], Field.SUBJECT_EN: ["x" * 61]}

    with pytest.raises(WrongInput) as caught:
        await survey.create(office.app, user_id=MAYA, written=WRITTEN | wrong)

    assert str(caught.value).splitlines() == [
        "NAME: This word is a command, so it cannot be a name. Choose a different one.",
        "--subject: Say what people would recommend, such as “Acme”.",
        "--subject-en: This is too long: write at most 60 characters.",
        "--question-fr: This is too long: write at most 150 characters.",
        "--days: Choose a whole number of days from 1 to 365.",
    ]
    assert await office.rows(Survey) == []


async def test_a_name_that_is_taken_is_refused(office: Office) -> None:
    await office.a_survey("TEAM  pulse")

    with pytest.raises(WrongInput, match="NAME: Another survey has this name"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN)


async def test_a_survey_that_asks_nobody_is_refused(office: Office) -> None:
    nobody: dict[Field, list[str]] = {Field.CHANNELS: [], Field.PEOPLE: []}

    with pytest.raises(
        WrongInput, match="give --channel, --person, --user-group, --everyone or --open-channel"
    ):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN | nobody)


async def test_a_survey_asks_a_user_group_by_its_name_and_in_a_rhythm(office: Office) -> None:
    office.slack.add_user_group(UserGroup("S1", "Support", "support", users=(ALICE, CHEN)))
    given = {
        Field.CHANNELS: [],
        Field.PEOPLE: [],
        Field.USER_GROUPS: ["support"],
        Field.WHOLE: ["guests"],
        Field.RHYTHM: ["weeks"],
        Field.EVERY_WEEKS: ["6"],
        Field.REMINDERS: ["2"],
    }

    said = await survey.create(office.app, user_id=MAYA, written=WRITTEN | given)

    assert isinstance(said.data, dict)
    told = {name: said.data[name] for name in ("user_groups", "guests", "rhythm", "every_weeks", "reminders")}
    assert told == {
        "user_groups": ["S1"],
        "guests": True,
        "rhythm": "weeks",
        "every_weeks": 6,
        "reminders": 2,
    }
    opened = await waves.open_wave(office.app, user_id=MAYA, name="", yes=True)
    assert isinstance(opened.data, dict)
    assert opened.data["invitations"] == 2


async def test_a_user_group_that_slack_does_not_list_is_named(office: Office) -> None:
    office.slack.add_user_group(UserGroup("S1", "Support", "support", users=(ALICE,)))
    with pytest.raises(WrongInput, match="no user group “Sales”"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN | {Field.USER_GROUPS: ["Sales"]})

    office.slack.has_user_groups = False
    with pytest.raises(NotDone, match="Slack plan has no user groups"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN | {Field.USER_GROUPS: ["Sales"]})


async def test_an_open_question_is_for_one_channel_and_nobody_else(office: Office) -> None:
    with pytest.raises(WrongInput, match="give --open-channel, or who is asked, not both"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN | {Field.OPEN_CHANNEL: ["#general"]})

    alone: dict[Field, list[str]] = {Field.CHANNELS: [], Field.PEOPLE: [], Field.OPEN_CHANNEL: ["#general"]}
    said = await survey.create(office.app, user_id=MAYA, written=WRITTEN | alone)

    assert isinstance(said.data, dict)
    assert said.data["open_channel"] == GENERAL


async def test_a_wave_may_not_last_into_the_next(office: Office) -> None:
    monthly = {Field.RHYTHM: ["monthly"], Field.WAVE_DAYS: ["30"]}

    with pytest.raises(WrongInput) as caught:
        await survey.create(office.app, user_id=MAYA, written=WRITTEN | monthly)

    assert (
        str(caught.value) == "--days: A wave must be over before the next one opens: choose at most 28 days."
    )


async def test_a_channel_that_slack_does_not_list_is_named(office: Office) -> None:
    with pytest.raises(WrongInput, match="I see no channel #secret"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN | {Field.CHANNELS: ["#secret"]})


async def test_when_slack_does_not_list_channels_their_ids_still_do(office: Office) -> None:
    office.slack.faults.rate_limit("conversations.list", seconds=30)
    with pytest.raises(NotDone, match=r"\(ratelimited\): give the channel's id"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN)

    dropped = office.slack.faults.drop_before("conversations.list", times=2)
    with pytest.raises(NotDone, match=r"\(no_reply\): give the channel's id"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN)

    office.slack.faults.lift(dropped)
    office.slack.faults.server_error("conversations.list")
    with pytest.raises(NotDone, match=r"\(unreadable_reply\): give the channel's id"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN)

    await survey.create(office.app, user_id=MAYA, written=WRITTEN | {Field.DIGEST_CHANNEL: [GENERAL]})
    assert len(await office.rows(Survey)) == 1
