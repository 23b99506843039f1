"""App Home: the questions that wait for this person, and how the surveys stand."""

from dataclasses import replace
from datetime import datetime

from bot.answers.question import Asked, question_facts
from bot.answers.views.invitation import InvitationFacts
from bot.home.views import home
from bot.home.views.home import SURVEYS_OFFERED, HomeFacts
from bot.kit.people import Who, person_with_role, words_of, zone_of
from bot.kit.rules.working_hours import WorkingTime
from bot.kit.services import Services
from bot.kit.workplace import workplace
from bot.logs import log
from bot.reports.reporting import survey_lines
from bot.reports.results import reader_of
from bot.reports.rules.gate import Reader
from bot.slack import SlackError
from storage.delivery import invitations
from storage.kit import preferences
from storage.tables import Person


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
        wishes = await workplace(session, somebody.workspace_id)
    reader = await reader_of(services, somebody)
    asked = [Asked(*row) for row in rows]
    return HomeFacts(
        questions=tuple(_question(one, somebody, now, wishes.working) for one in asked if one.is_open(now)),
        surveys=await survey_lines(services, somebody, reader, most=SURVEYS_OFFERED),
        is_manager=reader is Reader.MANAGER,
        opted_out=bool(declined),
        quarantine_days=wishes.quarantine_days,
        opens=wishes.working.opens,
        closes=wishes.working.closes,
        sees_results=reader is not Reader.GUEST,
    )


def _question(asked: Asked, somebody: Person, now: datetime, working: WorkingTime) -> InvitationFacts:
    facts, again = question_facts(asked, somebody, now, working), asked.invitation.snoozed_until
    return replace(
        facts, comes_again_at=again.astimezone(zone_of(somebody)) if again and again > now else None
    )
