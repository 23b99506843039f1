"""`nps-bot survey create` and `edit`: what a survey promises, from how few answers it shows to how long words are kept."""

import pytest

from bot.ids import Field
from bot.shell.commands.ages import kept
from bot.shell.doing.surveys import life, survey
from bot.shell.kit.sentences import WrongInput
from storage.tables import Link, Survey
from tests.journeys.office import MAYA, Office
from tests.shell.test_surveys import WRITTEN


@pytest.mark.parametrize(("typed", "days"), [("1y", "365"), ("90d", "90"), ("always", "0")])
def test_how_long_words_are_kept_is_typed_as_people_say_it(typed: str, days: str) -> None:
    assert kept(typed) == days


@pytest.mark.parametrize("typed", ["soon", "7d", "-1y", ""])
def test_a_time_that_is_none_or_too_short_is_refused(typed: str) -> None:
    with pytest.raises(WrongInput, match="write 90d, 18m, 2y or always, and at least 30 days"):
        kept(typed)


@pytest.mark.parametrize(
    ("kind", "anonymity", "minimum", "said"),
    [
        ("employees", "named", "4", "Fewer would give people away: choose a whole number of answers from 5 "),
        (
            "employees",
            "anonymous",
            "2",
            "Fewer would give people away: choose a whole number of answers from 3 ",
        ),
        ("customers", "named", "-1", "Choose a whole number of answers from 1 "),
        ("customers", "named", "1001", "Choose a whole number of answers from 1 to 1,000"),
        ("employees", "named", "many", "Fewer would give people away"),
    ],
)
async def test_a_minimum_that_would_give_people_away_is_refused(
    office: Office, kind: str, anonymity: str, minimum: str, said: str
) -> None:
    wanted = {Field.KIND: [kind], Field.ANONYMITY: [anonymity], Field.MINIMUM: [minimum]}
    with pytest.raises(WrongInput, match=f"^--minimum: {said}"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN | wanted)


async def test_the_digest_quotes_comments_where_one_says_so_and_never_anonymous_ones(office: Office) -> None:
    wanted = {Field.DIGEST_COMMENTS: ["yes"]}
    with pytest.raises(WrongInput, match="are for managers alone: give no --digest-comments, or --named"):
        await survey.create(
            office.app, user_id=MAYA, written=WRITTEN | wanted | {Field.ANONYMITY: ["anonymous"]}
        )
    made = await survey.create(office.app, user_id=MAYA, written=WRITTEN | wanted)
    assert isinstance(made.data, dict)
    assert made.data["digest_comments"] is True
    await life.edit(office.app, user_id=MAYA, name="Team pulse", changes={Field.SUBJECT: ["Acme Labs"]})
    assert [row.digest_comments for row in await office.rows(Survey)] == [True]
    await life.edit(office.app, user_id=MAYA, name="Team pulse", changes={Field.DIGEST_COMMENTS: []})
    assert [row.digest_comments for row in await office.rows(Survey)] == [False]


async def test_a_minimum_is_stored_changed_and_taken_back(office: Office) -> None:
    wanted = {Field.MINIMUM: ["8"]}
    made = await survey.create(office.app, user_id=MAYA, written=WRITTEN | wanted)
    assert isinstance(made.data, dict)
    assert made.data["minimum"] == 8
    await life.edit(office.app, user_id=MAYA, name="Team pulse", changes={Field.SUBJECT: ["Acme Labs"]})
    assert [row.minimum for row in await office.rows(Survey)] == [8]
    await life.edit(office.app, user_id=MAYA, name="Team pulse", changes={Field.MINIMUM: ["0"]})
    assert [row.minimum for row in await office.rows(Survey)] == [None]


async def test_links_are_stored_stay_and_go(office: Office) -> None:
    review = "https://example.com/review"
    wanted = {Field.ANONYMITY: ["named"], Field.LINKS: [f"{review} Rate us|Notez-nous"]}
    made = await survey.create(office.app, user_id=MAYA, written=WRITTEN | wanted)
    assert isinstance(made.data, dict)
    assert made.data["links"] == {review: {"en": "Rate us", "fr": "Notez-nous"}}
    await life.edit(office.app, user_id=MAYA, name="Team pulse", changes={Field.SUBJECT: ["Acme Labs"]})
    assert [row.url for row in await office.rows(Link)] == [review]
    await life.edit(office.app, user_id=MAYA, name="Team pulse", changes={Field.LINKS: [""]})
    assert await office.rows(Link) == []


async def test_an_anonymous_survey_takes_no_links(office: Office) -> None:
    wanted = {Field.ANONYMITY: ["anonymous"], Field.LINKS: ["https://example.com Rate us"]}
    with pytest.raises(WrongInput, match="give no --link, or --named"):
        await survey.create(office.app, user_id=MAYA, written=WRITTEN | wanted)


async def test_how_long_words_are_kept_is_stored_and_changed(office: Office) -> None:
    made = await survey.create(office.app, user_id=MAYA, written=WRITTEN | {Field.KEEP: [kept("1y")]})
    assert isinstance(made.data, dict)
    assert made.data["keep_days"] == 365
    await life.edit(office.app, user_id=MAYA, name="Team pulse", changes={Field.SUBJECT: ["Acme Labs"]})
    assert [row.keep_days for row in await office.rows(Survey)] == [365]
    await life.edit(office.app, user_id=MAYA, name="Team pulse", changes={Field.KEEP: [kept("always")]})
    assert [row.keep_days for row in await office.rows(Survey)] == [None]
