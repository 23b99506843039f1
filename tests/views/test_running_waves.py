"""What the views of a wave that runs itself promise: nothing offered that cannot be, nobody counted twice."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.views import invitation, open_question, reminder
from bot.home.views import home
from bot.ids import ActionId, Field
from bot.kit.views import remedy
from bot.message import Json
from bot.slack.codes import CODES, Remedy
from bot.surveys.rules.steps import FormStep
from bot.surveys.views import form as survey_form
from bot.surveys.views import form_errors, preview, rhythm
from bot.surveys.views.form_errors import FormError
from bot.surveys.views.form_facts import SurveyFormFacts
from bot.waves.rules.eligibility import AudienceCount
from bot.waves.views import left_out, opened, overview, progress
from bot.waves.views.progress import WaveProgress
from bot.wording import words_for
from storage.words import LeftOutBecause, Rhythm
from tests.views.test_limits import problems

ENGLISH = words_for("en-GB")
ASKED = invitation.EXAMPLES["customer"]
SENDING = opened.EXAMPLES["sending"]

some_people = st.integers(min_value=0, max_value=9)
a_progress = st.builds(
    WaveProgress,
    **{field.name: some_people for field in fields(WaveProgress) if field.name != "failed"},
    failed=st.lists(st.tuples(st.sampled_from(sorted(CODES)), some_people), max_size=3).map(tuple),
)


def elements(blocks: list[Json]) -> Iterator[Json]:
    """Give whatever can be used in the blocks."""
    for block in blocks:
        yield from block.get("elements", [])
        yield from (block[part] for part in ("accessory", "element") if part in block)


def actions(blocks: list[Json]) -> list[str]:
    return [each["action_id"] for each in elements(blocks) if "action_id" in each]


def choices(blocks: list[Json], action: str) -> list[str]:
    """Give the values of a menu's options."""
    return [
        option["value"]
        for each in elements(blocks)
        if each.get("action_id") == action
        for option in each["options"]
    ]


def test_a_question_can_be_put_off_by_each_time_that_comes_before_it_closes() -> None:
    blocks = invitation.render(ASKED, ENGLISH).blocks
    assert choices(blocks, ActionId.LATER) == ["41:hour", "41:tomorrow", "41:next_week"]


def test_of_times_that_come_to_the_same_only_one_is_offered() -> None:
    blocks = invitation.render(invitation.EXAMPLES["friday afternoon"], ENGLISH).blocks
    assert choices(blocks, ActionId.LATER) == ["41:next_week"]


def test_somebody_who_has_answered_is_not_offered_to_put_it_off() -> None:
    offered = actions(invitation.render(replace(ASKED, chosen=9), ENGLISH).blocks)
    assert ActionId.LATER not in offered
    assert ActionId.STOP_ASKING not in offered


def test_app_home_has_one_switch_for_all_its_questions() -> None:
    both = (ASKED, replace(ASKED, invitation_id=42))
    offered = actions(home.render(replace(home.EXAMPLES["two questions"], questions=both), ENGLISH)["blocks"])
    assert offered.count(ActionId.LATER) == 2
    assert offered.count(ActionId.STOP_ASKING) == 1


def test_a_reminder_has_the_same_buttons_as_the_question() -> None:
    once_more = reminder.ReminderFacts(ASKED, number=1, is_last=True)
    asked = actions(invitation.render(ASKED, ENGLISH).blocks)
    assert actions(reminder.render(once_more, ENGLISH).blocks) == asked


def test_an_open_question_carries_its_wave_and_once_closed_no_button() -> None:
    facts = open_question.EXAMPLES["open"]
    offered = [
        each["value"] for each in elements(open_question.render(facts, ENGLISH).blocks) if "value" in each
    ]
    assert offered == [f"{facts.wave_id}:{score}" for score in range(11)]
    assert actions(open_question.render(replace(facts, is_closed=True), ENGLISH).blocks) == []


@given(a_progress)
def test_everybody_is_counted_once(counted: WaveProgress) -> None:
    parts = replace(counted, failed=(), reached_by_reminder=0)
    numbers = [getattr(parts, field.name) for field in fields(parts) if field.name != "failed"]
    assert counted.people == sum(numbers) + sum(people for _, people in counted.failed)


@given(a_progress)
def test_the_question_went_to_all_only_if_it_reached_each(counted: WaveProgress) -> None:
    said_all = "Sent to all" in progress.progress_line(counted, ENGLISH)
    assert said_all == (1 < counted.people == counted.delivered + counted.answered)


@given(a_progress)
def test_the_bar_is_full_only_when_it_is_gone(counted: WaveProgress) -> None:
    drawn = progress.bar(counted)
    assert len(drawn) == (progress.BAR_LENGTH if counted.planned + counted.sending else 0)
    assert progress.TO_COME in drawn or not drawn


def test_only_what_failed_can_be_sent_again() -> None:
    assert ActionId.RESEND in actions(overview.render(overview.WavesFacts((SENDING,)), ENGLISH).blocks)
    healthy = replace(SENDING, progress=WaveProgress(delivered=5))
    assert ActionId.RESEND not in actions(overview.render(overview.WavesFacts((healthy,)), ENGLISH).blocks)


@pytest.mark.parametrize(
    ("paused", "expected"), [(False, ActionId.PAUSE), (True, ActionId.RESUME)], ids=["running", "paused"]
)
def test_a_running_wave_can_be_paused_and_a_paused_one_resumed(*, paused: bool, expected: ActionId) -> None:
    message = opened.render(replace(SENDING, paused=paused), ENGLISH)
    assert actions(message.blocks) == [ActionId.WAVES, expected]


def test_a_wave_is_closed_early_only_after_a_second_look() -> None:
    buttons = elements(overview.render(overview.WavesFacts((SENDING,)), ENGLISH).blocks)
    (close,) = [each for each in buttons if each["action_id"] == ActionId.CLOSE_WAVE]
    assert close["confirm"]["style"] == "danger"


def test_many_open_waves_still_fit_into_one_message() -> None:
    upcoming = overview.UpcomingFacts("Acme", SENDING.closes_at + timedelta(days=7))
    many = overview.WavesFacts((replace(SENDING, survey_name="&" * 60),) * 30, (upcoming,) * 30)
    assert len(overview.render(many, ENGLISH).blocks) <= 50


def test_every_remedy_is_a_sentence_of_its_own_or_shared_on_purpose() -> None:
    for what in set(Remedy) - {Remedy.NONE_KNOWN}:
        assert "Slack said" not in ENGLISH(remedy.SENTENCES[what])
    of_a_person = remedy.remedy("account_inactive", ENGLISH)
    assert "Reinstall" in remedy.remedy_for_all("account_inactive", ENGLISH)
    assert "Reinstall" not in of_a_person


def test_only_those_reasons_are_told_that_left_somebody_out() -> None:
    told = left_out.left_out_line(
        {LeftOutBecause.QUARANTINED: 12, LeftOutBecause.BOT: 0, LeftOutBecause.GUEST: 1}, 30, ENGLISH
    )
    assert told == "Left out: 1 guest, 12 who were asked less than 30 days ago or want no questions."
    assert left_out.left_out_line({LeftOutBecause.BOT: 0}, 30, ENGLISH) == ""


@pytest.mark.parametrize(
    ("often", "weeks", "is_shorter"),
    [
        (Rhythm.ONCE, 1, False),
        (Rhythm.WEEKS, 12, True),
        (Rhythm.WEEKS, 13, False),
        (Rhythm.MONTHLY, 1, True),
        (Rhythm.QUARTERLY, 1, False),
    ],
)
def test_the_preview_says_so_where_waves_come_faster_than_people_may_be_asked(
    often: Rhythm, weeks: int, *, is_shorter: bool
) -> None:
    facts = replace(preview.EXAMPLES["ready"], rhythm=often, every_weeks=weeks)
    assert ("at most once in 90 days" in str(preview.render(facts, ENGLISH))) == is_shorter


@pytest.mark.parametrize(
    ("audience", "open_channel", "may_open"),
    [
        (None, None, False),
        (AudienceCount(0), None, False),
        (AudienceCount(1), None, True),
        (None, "C1", True),
    ],
    ids=["not known yet", "nobody", "somebody", "one open question"],
)
def test_a_wave_can_be_opened_once_it_is_known_to_reach_somebody(
    audience: AudienceCount | None, open_channel: str | None, *, may_open: bool
) -> None:
    facts = replace(preview.EXAMPLES["ready"], audience=audience, open_channel=open_channel)
    assert ("submit" in preview.render(facts, ENGLISH)) == may_open


def test_every_rhythm_of_the_form_has_its_words_in_the_preview() -> None:
    said = {rhythm.often(each, 2, ENGLISH) for each in rhythm.RHYTHMS}
    assert len(said) == len(rhythm.RHYTHMS)


def test_the_form_asks_for_user_groups_only_where_there_are_some() -> None:
    assert Field.USER_GROUPS not in actions(
        survey_form.render(SurveyFormFacts(3, FormStep.WHO, {}), ENGLISH)["blocks"]
    )


def test_the_form_takes_groups_of_any_name_and_number() -> None:
    groups = tuple((f"S{number}", "<!channel>" * 20) for number in range(300))
    form = survey_form.render(
        SurveyFormFacts(
            3, FormStep.WHO, {Field.USER_GROUPS: ["S1", "S299", "S-gone"]}, user_groups_offered=groups
        ),
        ENGLISH,
    )
    assert list(problems(form)) == []
    assert len(choices(form["blocks"], Field.USER_GROUPS)) == 100


def test_a_wave_that_is_too_long_hears_how_long_it_may_be() -> None:
    told = form_errors.errors({Field.WAVE_DAYS: FormError.WAVE_LONGER_THAN_RHYTHM}, ENGLISH, longest_wave=14)
    assert told["wave_days"].endswith("choose at most 14 days.")
