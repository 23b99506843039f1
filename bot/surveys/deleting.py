"""A manager deletes a survey with all its answers: the name typed, the export offered, its managers told."""

from functools import partial

from bot.ballots.opening import destroy_sealed
from bot.cases.orphans import CASE_OWNER_GONE
from bot.cases.overdue import CASE_OVERDUE
from bot.cases.posting import CASE_CARD, CASE_LINE
from bot.digests.posting import WEEKLY_DIGEST
from bot.errors import Refused
from bot.kit.concurrency.pieces import Pieces
from bot.kit.finding import survey_with_id
from bot.kit.noticing import say_notices
from bot.kit.once import LEASE
from bot.kit.people import Who, manager, person, words_of
from bot.kit.people.managing import named_managers
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.views import not_found
from bot.logs import log
from bot.message import Message
from bot.privacy.purging import purge
from bot.quotes.posting import QUOTE_POSTED
from bot.surveys.views import deleted
from bot.surveys.views import deleting as deleting_view
from bot.surveys.views.deleted import DeletedFacts
from bot.surveys.views.deleting import DeletingFacts
from bot.waves.open_question import redraw_question
from bot.waves.opening import WAVE_OPENING
from storage import waves
from storage.kit import notices
from storage.surveys import deleting, survey_key
from storage.surveys.deleting import JobsAbout
from storage.tables import Deletion, Survey

_JOBS = JobsAbout(
    survey=frozenset({WEEKLY_DIGEST, WAVE_OPENING}),
    case=frozenset({CASE_CARD, CASE_LINE, CASE_OVERDUE, CASE_OWNER_GONE}),
    quote=frozenset({QUOTE_POSTED}),
)


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


async def delete(services: Services, who: Who, survey: Survey) -> Deletion:
    """Delete a survey, and tell those who had to do with it. Raises Refused where it is gone.

    If the process dies half way, the survey stays in the list until the clock goes on with it.
    """
    async with services.database.reading() as session:
        held = await deleting.holds(session, survey)
    async with services.database.writing() as session:
        deletion = await deleting.order(session, survey, held, who.user_id, services.clock())
    if deletion is None:
        raise Refused("no_such_survey", partial(not_found.no_such_survey, name=survey.name))
    await _carry_out(services, survey, deletion)
    return deletion


async def finish_deletions(services: Services) -> None:
    """Go on with each deletion that was ordered a while ago: its process has died, or takes long."""
    async with services.database.reading() as session:
        unfinished = await deleting.ordered_before(session, services.workspace_id, services.clock() - LEASE)
    for survey, deletion in unfinished:
        await _carry_out(services, survey, deletion)


async def _carry_out(services: Services, survey: Survey, deletion: Deletion) -> None:
    """Delete what happened in years first, piece by piece, so that nobody's tap waits for it; then all the rest."""
    async with services.database.reading() as session:
        wave = await waves.current_wave(session, survey.id)
        all_waves = await waves.closed_waves(session, survey.id, waves.MOST_WAVES)
    pieces, is_any_left = Pieces(services.database), True
    while is_any_left:
        async with pieces.next() as session:
            is_any_left = await deleting.take_down_piece(session, survey, _JOBS, services.clock())
    if wave:
        await destroy_sealed(services.database, wave.id)
        all_waves.append(wave)
    await purge(services.database, all_waves, services.clock(), whole=True)
    news = await _news(services, survey, deletion)
    async with services.database.writing() as session:
        if not await deleting.delete_survey(session, survey, _JOBS, services.clock()):
            return  # by another process meanwhile
        for user_id, said in news.items():
            await notices.write(
                session,
                survey.workspace_id,
                user_id,
                f"{notices.DELETED}{survey.id}:",
                said.text,
                services.clock(),
            )
    log.info("survey.deleted", survey=survey.id, waves=deletion.waves, answers=deletion.answers)
    if wave:
        await redraw_question(services, wave, survey, is_closed=True)
    await say_notices(services)


async def _news(services: Services, survey: Survey, deletion: Deletion) -> dict[str, Message]:
    """Word by user id what they hear who had to do with the survey, and who are named as managers."""
    facts = DeletedFacts(survey.name, deletion.waves, deletion.answers, deletion.ordered_by)
    named = await named_managers(services)
    hearing = sorted({deletion.ordered_by, *deletion.managers, *named.user_ids})
    people = {user_id: await person(services, Who(survey.workspace_id, user_id)) for user_id in hearing}
    return {user_id: deleted.render(facts, words_of(somebody)) for user_id, somebody in people.items()}
