"""App Home: the questions that wait for this person, and how the surveys stand."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.answers.question import AskedQuestion, own_quote, question_facts
from bot.answers.views.invitation import InvitationFacts
from bot.cases.drawing import line_facts
from bot.home.views import home
from bot.home.views.home import ACTED_SHOWN, CONTACTS_SHOWN, OWN_SHOWN, QUOTES_SHOWN
from bot.home.views.home_facts import HomeFacts, OwnFacts, SurveyAtHome
from bot.home.views.results import SURVEYS_OFFERED, SURVEYS_SHOWN
from bot.kit.acted import as_told
from bot.kit.people import Who, person_with_role, words_of, zone_of
from bot.kit.rules.calendar import next_due
from bot.kit.rules.rhythm import next_opening
from bot.kit.rules.working_hours import WorkingTime
from bot.kit.services import Services
from bot.kit.workplace import workplace
from bot.logs import log
from bot.reports.reporting import lines_of
from bot.reports.results import reader_of
from bot.reports.rules.gate import Reader
from bot.reports.views.survey_list import SurveyFacts
from bot.slack.errors import SlackError
from bot.waves.audience import schedule_of
from storage import actions, cases, quotes, surveys
from storage.answers import reading
from storage.delivery import invitations
from storage.kit import preferences
from storage.tables import Person, Survey


async def refresh_home(services: Services, who: Who) -> None:
    """Publish App Home as it stands now. Slack's refusal is only logged: the next visit publishes it again."""
    await publish_home(services, await person_with_role(services, who))


async def publish_home(services: Services, somebody: Person) -> None:
    """Publish App Home for a person as they are known already."""
    view = home.render(await _facts(services, somebody), words_of(somebody))
    try:
        await services.slack.publish_home(somebody.user_id, view)
    except SlackError as error:
        log.warning("home.not_published", code=error.code)


async def _facts(services: Services, somebody: Person) -> HomeFacts:
    now = services.clock()
    async with services.database.reading() as session:
        rows = await invitations.open_invitations_of(session, somebody.workspace_id, somebody.user_id)
        declined = await preferences.opted_out_among(session, somebody.workspace_id, [somebody.user_id])
        contacts = await cases.open_cases_of(session, somebody.workspace_id, somebody.user_id, CONTACTS_SHOWN)
        acted = await actions.for_person(session, somebody.workspace_id, somebody.user_id, ACTED_SHOWN)
        wishes = await workplace(session, somebody.workspace_id)
        own = await reading.own_answers(session, somebody.workspace_id, somebody.user_id, OWN_SHOWN)
        quoted = await quotes.of_person(session, somebody.workspace_id, somebody.user_id, QUOTES_SHOWN)
    reader, zone = await reader_of(services, somebody), zone_of(somebody)
    asked = [AskedQuestion(*row) for row in rows]
    facts = HomeFacts(
        questions=tuple(_question(one, somebody, now, wishes.working) for one in asked if one.is_open(now)),
        surveys=(),
        own=tuple(OwnFacts(one.subject, one.score, one.closed_at.astimezone(zone).date()) for one in own),
        is_manager=reader is Reader.MANAGER,
        opted_out=bool(declined),
        quarantine_days=wishes.quarantine_days,
        opens=wishes.working.opens,
        closes=wishes.working.closes,
        sees_results=reader is not Reader.GUEST,
        contacts=tuple(line_facts(*row) for row in contacts),
        acted=tuple((survey.name, as_told(one)) for one, survey in acted),
        quotes=tuple(own_quote(*one) for one in quoted),
    )
    return await _with_surveys(services, somebody, reader, facts)


async def _with_surveys(services: Services, somebody: Person, reader: Reader, facts: HomeFacts) -> HomeFacts:
    """Add the first surveys by name, and how many more there are: in as few statements for many as for one."""
    if reader is Reader.GUEST:
        return facts
    now, zone = services.clock(), zone_of(somebody)
    async with services.database.reading() as session:
        known = await surveys.list_surveys(session, somebody.workspace_id, SURVEYS_OFFERED)
        lines = await lines_of(session, known[:SURVEYS_SHOWN], reader, zone)
        many = await surveys.count_surveys(session, somebody.workspace_id)
    shown = zip(known, lines, strict=False)
    return replace(
        facts,
        surveys=tuple(SurveyAtHome(line, *_ahead(survey, line, now, zone)) for survey, line in shown),
        offered=tuple((survey.id, survey.name) for survey in known),
        more=many - len(lines),
    )


def _ahead(
    survey: Survey, line: SurveyFacts, now: datetime, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """Say when a survey's next wave opens, and when its next digest is due, in the reader's zone."""
    if line.is_paused or line.has_ended or line.wave is None:
        return None, None
    opens_at = next_opening(schedule_of(survey), now)
    due = next_due(survey.digest_weekday, survey.digest_hour, survey.time_zone, now)
    digest_at = due if survey.digest_channel else None
    return opens_at and opens_at.astimezone(zone), digest_at and digest_at.astimezone(zone)


def _question(asked: AskedQuestion, somebody: Person, now: datetime, working: WorkingTime) -> InvitationFacts:
    facts, again = question_facts(asked, somebody, now, working), asked.invitation.snoozed_until
    return replace(
        facts, comes_again_at=again.astimezone(zone_of(somebody)) if again and again > now else None
    )
