"""A survey ends: its open wave closes, and nothing opens or is posted any more; a manager may take it up again."""

from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import Refused
from bot.kit.finding import survey_with_id
from bot.kit.people import Who, manager, words_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.logs import log
from bot.waves.closing import in_pieces, show_closed
from bot.waves.progress import wave_now
from bot.waves.views import before_ending, notices
from bot.waves.views.before_ending import BeforeEndingFacts
from storage import waves
from storage.surveys import ending
from storage.tables import Person, Survey, Wave
from storage.waves.closing import CountedBefore, close_wave


async def about_ending(services: Services, survey: Survey, somebody: Person) -> BeforeEndingFacts:
    """Read what ending a survey would do. Raises Refused when it has ended."""
    if survey.ended_at:
        raise Refused("already_ended", partial(notices.already_ended, name=survey.name))
    async with services.database.reading() as session:
        wave = await waves.current_wave(session, survey.id)
    running = await wave_now(services, wave, somebody) if wave else None
    return BeforeEndingFacts(survey.id, survey.name, running)


async def end(services: Services, who: Who, survey: Survey) -> None:
    """End a survey, and close its open wave in the same breath. Raises Refused."""
    await manager(services, who)
    async with services.database.reading() as session:
        running = await waves.current_wave(session, survey.id)
    now = services.clock()

    async def end_now(session: AsyncSession, counted: CountedBefore | None) -> tuple[bool, Wave | None]:
        if not await ending.end_survey(session, survey.id, now):
            return False, None
        wave = await waves.current_wave(session, survey.id)
        if wave is None or not await close_wave(session, wave.id, now, counted):
            return True, None
        return True, wave

    if running:
        has_ended, wave = await in_pieces(services, running, end_now)
    else:
        async with services.database.writing() as session:
            has_ended, wave = await end_now(session, None)
    if not has_ended:
        raise Refused("already_ended", partial(notices.already_ended, name=survey.name))
    log.info("survey.ended", survey=survey.id)
    if wave:
        await show_closed(services, wave)


async def ask_before_ending(services: Services, request: Request, survey: Survey) -> None:
    """Say what ending a survey would do, and ask whether to. Raises Refused."""
    somebody = await manager(services, request.who)
    facts = await about_ending(services, survey, somebody)
    await reply(services, request, before_ending.render(facts, words_of(somebody)))


async def end_as_agreed(services: Services, request: Request, survey_id: int, number: int) -> None:
    """End the survey, if the wave that was asked about is the open one still. Raises Refused."""
    somebody = await manager(services, request.who)
    survey = await survey_with_id(services, request.who, survey_id)
    async with services.database.reading() as session:
        wave = await waves.current_wave(session, survey.id)
    if wave and wave.number != number:
        changed = partial(notices.changed_meanwhile, subcommand=Verb.END, name=survey.name)
        raise Refused("changed", changed)
    await end(services, request.who, survey)
    await reply(services, request, notices.ended(words_of(somebody), name=survey.name), replace=True)
