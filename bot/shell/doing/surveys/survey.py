"""What `nps-bot survey` does: the flows that Slack's form and commands use, told on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.answers.rules.drivers import name_of
from bot.app import App
from bot.ids import Field
from bot.kit.people import Who, manager, zone_of
from bot.kit.rules.calendar import next_due
from bot.kit.views import notices
from bot.reports.reporting import survey_lines
from bot.reports.rules.gate import Reader
from bot.reports.views import survey_list
from bot.reports.views.data import wave_data
from bot.reports.views.survey_list import SurveyFacts, SurveyListFacts
from bot.shell.doing.surveys.channels import channel_ids, user_group_ids
from bot.shell.kit.sentences import Output, WrongInput
from bot.shell.kit.terminal import WORDS, plain
from bot.surveys import creating
from bot.surveys.drafting import WrongDraft, draft
from bot.surveys.views import form_errors
from bot.surveys.views.form_errors import FormError
from scoring.disclosure import minimum_answers
from storage.question import Offered
from storage.surveys import drivers, links
from storage.tables import Person, Survey
from storage.words import Kind, Rhythm

OPTIONS = {
    Field.NAME: "NAME",
    Field.SUBJECT: "--subject",
    Field.QUESTION: "--question",
    Field.REASONS: "--reason",
    Field.SUBJECT_EN: "--subject-en",
    Field.SUBJECT_FR: "--subject-fr",
    Field.QUESTION_EN: "--question-en",
    Field.QUESTION_FR: "--question-fr",
    Field.CHANNELS: "--channel",
    Field.USER_GROUPS: "--user-group",
    Field.PEOPLE: "--person",
    Field.WHOLE: "--everyone, --guests",
    Field.ANONYMITY: "--anonymous",
    Field.OPEN_CHANNEL: "--open-channel",
    Field.EVERY_WEEKS: "--every-weeks",
    Field.WAVE_DAYS: "--days",
    Field.MINIMUM: "--minimum",
    Field.DIGEST_COMMENTS: "--digest-comments",
    Field.TIME_ZONE: "--time-zone",
    Field.DIGEST_CHANNEL: "--digest-channel",
    Field.FOLLOW_UP_CHANNEL: "--follow-up-channel",
    Field.LINKS: "--link",
}
# The form speaks of what is above and below.
_OWN_WORDS = {
    FormError.AUDIENCE_MISSING: (
        "Say who is asked: give --channel, --person, --user-group, --everyone or --open-channel."
    ),
    FormError.ANONYMOUS_IN_A_CHANNEL: (
        "An open question cannot be anonymous: give --channel instead, or --named."
    ),
    FormError.ANONYMOUS_AND_FOLLOWED_UP: (
        "Nobody can be followed up after an anonymous answer: give no --follow-up-channel, or --named."
    ),
    FormError.ANONYMOUS_AND_QUOTED: (
        "Comments of an anonymous survey are for managers alone: give no --digest-comments, or --named."
    ),
    FormError.ANONYMOUS_AND_LINKS: (
        "Nobody knows who is a promoter after an anonymous answer: give no --link, or --named."
    ),
    FormError.AUDIENCE_BOTH: (
        "An open question is for anyone in its channel: give --open-channel, or who is asked, not both."
    ),
}
_PLACES = (Field.CHANNELS, Field.OPEN_CHANNEL, Field.DIGEST_CHANNEL, Field.FOLLOW_UP_CHANNEL)


async def create(app: App, *, user_id: str, written: Mapping[Field, Sequence[str]]) -> Output:
    """Store a survey; nobody is asked yet. Raises WrongInput, Refused."""
    who = Who(app.identity.workspace_id, user_id)
    somebody = await manager(app.services, who)
    found = await with_ids(app, written)
    found[Field.TIME_ZONE] = [text or str(zone_of(somebody)) for text in written[Field.TIME_ZONE]]
    try:
        survey = await creating.create_survey(app.services, who, draft(found))
    except WrongDraft as wrong:
        raise WrongInput("\n".join(sentences(wrong))) from None
    async with app.services.database.reading() as session:
        offered = await drivers.offered(session, survey)
        linked = await links.links_of(session, survey.id)
    urls = {"links": {one.url: dict(one.names) for one in linked}}
    return Output(
        _survey_data(app, survey, offered) | urls, plain(notices.survey_saved(WORDS, name=survey.name))
    )


async def list_all(app: App) -> Output:
    """Read every survey with the numbers of its newest wave."""
    lines = await survey_lines(app.services, reader(app), Reader.OPERATOR)
    facts = SurveyListFacts(lines, is_manager=True)
    return Output([_line_data(line) for line in lines], plain(survey_list.render(facts, WORDS)))


async def with_ids(app: App, written: Mapping[Field, Sequence[str]]) -> dict[Field, Sequence[str]]:
    """Put Slack's ids where an operator wrote names of channels and user groups. Raises NotDone, WrongInput."""
    found = dict(written)
    named = {field: [one for one in written[field] if one] for field in _PLACES if field in written}
    ids = await channel_ids(app.services.slack, [one for places in named.values() for one in places])
    found |= {field: [ids[one] for one in places] for field, places in named.items()}
    if Field.USER_GROUPS in written:
        found[Field.USER_GROUPS] = await user_group_ids(app.services.slack, written[Field.USER_GROUPS])
    return found


def sentences(wrong: WrongDraft) -> list[str]:
    """Say what is wrong, option by option."""
    told = form_errors.errors(wrong.errors, WORDS, wrong.longest_wave)
    return [
        _OWN_WORDS.get(error) or f"{OPTIONS[field]}: {told[field.value]}"
        for field, error in wrong.errors.items()
    ]


def reader(app: App) -> Person:
    """Give somebody who only reads: without a name, in English, in UTC."""
    return Person(workspace_id=app.identity.workspace_id, user_id="", refreshed_at=app.services.clock())


def _line_data(line: SurveyFacts) -> dict[str, Any]:
    return {
        "id": line.survey_id,
        "survey": line.survey_name,
        "newest": line.wave and wave_data(line.wave),
    }


def _survey_data(app: App, survey: Survey, offered: Sequence[Offered]) -> dict[str, Any]:
    due = next_due(survey.digest_weekday, survey.digest_hour, survey.time_zone, app.services.clock())
    return {
        "id": survey.id,
        "survey": survey.name,
        "subject": survey.subject,
        "wording": survey.wording and survey.wording.as_json(),
        "kind": survey.kind,
        "reasons": [name_of(one, WORDS) for one in offered],
        "anonymous": survey.is_anonymous,
        **survey.audience.as_json(),
        "rhythm": survey.rhythm,
        "every_weeks": survey.every_weeks if survey.rhythm is Rhythm.WEEKS else None,
        "reminders": survey.reminders,
        "wave_days": survey.wave_days,
        "keep_days": survey.keep_days,
        "minimum": minimum_answers(
            survey.minimum, anonymous=survey.is_anonymous, customers=survey.kind is Kind.CUSTOMERS
        ),
        "digest_channel": survey.digest_channel,
        "digest_comments": survey.digest_comments,
        "next_digest": due.isoformat() if survey.digest_channel else None,
        "result_at": "closing" if survey.result_at_closing else "digest",
        "time_zone": survey.time_zone,
        "follow_up_channel": survey.follow_up_channel,
        "follow_up_with": survey.follow_up_with if survey.follow_up_channel else None,
    }
