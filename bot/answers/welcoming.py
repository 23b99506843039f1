"""Newcomers to an open question: their answer was stored first, and now Slack is asked who they are."""

from bot.kit.people import as_known
from bot.kit.services import Services
from bot.logs import log
from bot.slack.codes import Scope, meaning
from bot.slack.errors import SlackError, SlackRefused
from storage.kit import people
from storage.waves import open_question

BATCH = 20
"""People in one look: Slack tells of a hundred a minute, and others ask as well."""

_UNKNOWN = "user_not_found"


async def welcome_newcomers(services: Services) -> None:
    """Learn who the newcomers are. An answer from an id that Slack does not know is taken back."""
    async with services.database.reading() as session:
        new = await open_question.newcomers(session, services.workspace_id, BATCH)
        known = await people.people_of(session, services.workspace_id, new)
    for user_id in new:
        if somebody := known.get(user_id):
            await _welcome(services, user_id, somebody.time_zone)
        elif not await _look_up(services, user_id):
            return


async def _look_up(services: Services, user_id: str) -> bool:
    """Ask Slack about one newcomer; False when it does not answer now."""
    try:
        profile = await services.slack.profile(user_id)
    except SlackRefused as refusal:
        if refusal.code != _UNKNOWN:
            log.warning("newcomer.not_told", code=refusal.code)
            if meaning(refusal.code).scope is not Scope.PERSON:
                return False
            await _welcome(services, user_id, None)  # there is somebody, of another company
            return True
        async with services.database.writing() as session:
            taken = await open_question.take_back(session, services.workspace_id, user_id, services.clock())
        log.warning("answers.taken_back", count=taken)
        return True
    except SlackError as error:
        log.warning("newcomer.not_told", code=error.code)
        return False
    has_never = bool(profile.has_never_signed_in)
    found = as_known(services, profile, services.clock(), has_never_signed_in=has_never)
    async with services.database.writing() as session:
        await people.remember(session, found)
    await _welcome(services, user_id, found.time_zone)
    return True


async def _welcome(services: Services, user_id: str, time_zone: str | None) -> None:
    async with services.database.writing() as session:
        await open_question.welcome(session, services.workspace_id, user_id, time_zone)
