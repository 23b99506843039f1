"""A manager pauses a survey, lets it go on, or sends again what Slack refused."""

from functools import partial

from bot.errors import Refused
from bot.kit.people import Who, manager, person, words_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.logs import log
from bot.waves.opening import skip_missed_opening
from bot.waves.progress import show_progress
from bot.waves.views import notices
from storage import surveys, waves
from storage.delivery import invitations, outages
from storage.surveys import ending
from storage.tables import Survey
from storage.waves import planning
from storage.words import Rhythm


async def pause(services: Services, who: Who, survey: Survey) -> None:
    """Send, post and open nothing of the survey, until somebody resumes it. Raises Refused."""
    await manager(services, who)
    if survey.ended_at:
        raise Refused("already_ended", partial(notices.already_ended, name=survey.name))
    async with services.database.writing() as session:
        wave = await waves.current_wave(session, survey.id)
        if wave is None and survey.rhythm is Rhythm.ONCE:
            raise Refused("no_open_wave", partial(notices.no_open_wave_to_pause, name=survey.name))
        now = services.clock()
        stops = [await surveys.pause_survey(session, survey.id, now)]
        stops += [await waves.pause_wave(session, wave.id, now)] if wave else []
    if not any(stops):
        raise Refused("already_paused", partial(notices.already_paused, name=survey.name))
    log.info("survey.paused", survey=survey.id)


async def resume(services: Services, who: Who, survey: Survey) -> None:
    """Go on where it stopped. Raises Refused."""
    await manager(services, who)
    async with services.database.writing() as session:
        wave = await waves.current_wave(session, survey.id)
        goes_on = [await surveys.resume_survey(session, survey.id)]
        if await ending.take_up_survey(session, survey.id):
            goes_on.append(True)
            # A survey that is taken up a year later asks nobody by that.
            await skip_missed_opening(session, survey, services.clock())
        goes_on += [await waves.resume_wave(session, wave.id)] if wave else []
        goes_on += [await outages.probe_now(session, who.workspace_id, services.clock())]
    if not any(goes_on):
        raise Refused("not_paused", partial(notices.not_paused, name=survey.name))
    log.info("survey.resumed", survey=survey.id)


async def resend(services: Services, who: Who, survey: Survey) -> int:
    """Send again what Slack refused, after somebody has mended it; return to how many. Raises Refused."""
    await manager(services, who)
    async with services.database.writing() as session:
        wave = await waves.current_wave(session, survey.id)
        # So that no other survey plans to ask the same people at the same moment.
        await planning.hold_quarantine(session, who.workspace_id)
        again = await invitations.resend_failed(session, wave.id, services.clock()) if wave else 0
    if not again:
        raise Refused("nothing_failed", partial(notices.nothing_failed, name=survey.name))
    log.info("invitations.resent", survey=survey.id, count=again)
    return again


async def pause_and_tell(services: Services, request: Request, survey: Survey) -> None:
    await pause(services, request.who, survey)
    words = words_of(await person(services, request.who))
    await reply(services, request, notices.paused(words, name=survey.name))
    await _show(services, survey)


async def resume_and_tell(services: Services, request: Request, survey: Survey) -> None:
    await resume(services, request.who, survey)
    words = words_of(await person(services, request.who))
    told = notices.taken_up if survey.ended_at else notices.resumed
    await reply(services, request, told(words, name=survey.name))
    await _show(services, survey)


async def resend_and_tell(services: Services, request: Request, survey: Survey) -> None:
    again = await resend(services, request.who, survey)
    words = words_of(await person(services, request.who))
    await reply(services, request, notices.resent(words, people=again))
    await _show(services, survey)


async def _show(services: Services, survey: Survey) -> None:
    async with services.database.reading() as session:
        wave = await waves.current_wave(session, survey.id)
    if wave:
        await show_progress(services, wave)
