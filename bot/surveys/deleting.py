"""A manager deletes a survey with all its answers: the name typed, the export offered, its managers told."""

from functools import partial

from bot.digests.posting import WEEKLY_DIGEST
from bot.errors import Refused
from bot.kit.finding import survey_with_id
from bot.kit.people import Who, manager, person, words_of
from bot.kit.people.managing import named_managers
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.views import not_found
from bot.logs import log
from bot.privacy.purging import purge
from bot.slack.errors import SlackError
from bot.surveys.views import deleted
from bot.surveys.views import deleting as deleting_view
from bot.surveys.views.deleted import DeletedFacts
from bot.surveys.views.deleting import DeletingFacts
from bot.waves.open_question import redraw_question
from bot.waves.opening import WAVE_OPENING
from storage import waves
from storage.surveys import deleting, survey_key
from storage.surveys.deleting import Deleted
from storage.tables import Survey

JOBS_OF_A_SURVEY = frozenset({WEEKLY_DIGEST, WAVE_OPENING})
"""In the ledger these are about a survey; all others are about a wave."""


class WrongName(Exception):  # noqa: N818 - shown beside the field
    """What was typed is not the survey's name."""


async def show_deleting(services: Services, request: Request, survey: Survey) -> None:
    """Open the modal that says what goes. Raises Refused."""
    somebody = await manager(services, request.who)
    facts = await about_deleting(services, survey)
    await services.slack.open_view(request.trigger_id, deleting_view.render(facts, words_of(somebody)))


async def about_deleting(services: Services, survey: Survey) -> DeletingFacts:
    """Read what would go with a survey: how many waves and answers, never what they say."""
    async with services.database.reading() as session:
        held = await deleting.holds(session, survey)
    return DeletingFacts(survey.id, survey.name, held.waves, held.answers, survey.is_anonymous)


async def to_delete(services: Services, who: Who, survey_id: int, typed: str) -> Survey:
    """Return the survey that a manager deletes by its typed name. Raises Refused, WrongName."""
    await manager(services, who)
    survey = await survey_with_id(services, who, survey_id)
    if survey_key(typed) != survey.key:
        raise WrongName
    return survey


async def delete(services: Services, who: Who, survey: Survey) -> Deleted:
    """Delete a survey, and tell those who had to do with it. Raises Refused.

    What was said in years goes first, piece by piece, so that nobody's tap waits for it. If the process dies half way,
    the survey stays in the list. To delete it again goes on.
    """
    async with services.database.reading() as session:
        held = await deleting.holds(session, survey)
        wave = await waves.current_wave(session, survey.id)
        closed = await waves.closed_waves(session, survey.id, waves.MOST_WAVES)
    async with services.database.writing() as session:
        await deleting.take_down(session, survey, services.clock())
    await purge(services.database, closed, services.clock(), whole=True)
    async with services.database.writing() as session:
        is_deleted = await deleting.delete_survey(session, survey, JOBS_OF_A_SURVEY, services.clock())
    if not is_deleted:
        raise Refused("no_such_survey", partial(not_found.no_such_survey, name=survey.name))
    log.info("survey.deleted", survey=survey.id, waves=held.waves, answers=held.answers)
    if wave:
        await redraw_question(services, wave, survey, is_closed=True)
    await _tell(services, who, survey, held)
    return held


async def _tell(services: Services, who: Who, survey: Survey, gone: Deleted) -> None:
    facts = DeletedFacts(survey.name, gone.waves, gone.answers, who.user_id)
    named = await named_managers(services)
    for user_id in sorted({who.user_id, *gone.managers, *named.user_ids}):
        somebody = await person(services, Who(who.workspace_id, user_id))
        try:
            await services.slack.post(user_id, deleted.render(facts, words_of(somebody)))
        except SlackError as error:
            log.warning("manager.not_told", survey=survey.id, code=error.code)
