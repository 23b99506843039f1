"""Nothing irreversible by a bare word: a manager reads what would happen, and a button does it."""

from functools import partial

from bot.ballots.opening import require_secret
from bot.errors import Refused
from bot.kit.finding import survey_with_id
from bot.kit.people import manager, words_of, zone_of
from bot.kit.request import Request
from bot.kit.rules.asking import quarantine_of
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.speaking import reply
from bot.kit.views import not_found, notices
from bot.waves import closing, opening
from bot.waves.opening import first_span, read_audience
from bot.waves.progress import wave_now
from bot.waves.views import before_closing, before_opening
from bot.waves.views import notices as wave_notices
from bot.waves.views.before_opening import BeforeOpeningFacts
from bot.waves.views.opened import OpenedFacts
from storage import waves
from storage.kit import people
from storage.tables import Person, Survey


async def ask_before_opening(services: Services, request: Request, survey: Survey) -> None:
    """Say who a wave opened now would ask, and ask whether to open it. Raises Refused."""
    somebody = await manager(services, request.who)
    facts = await about_opening(services, survey, somebody)
    await reply(services, request, before_opening.render(facts, words_of(somebody)))


async def ask_before_closing(services: Services, request: Request, survey: Survey) -> None:
    """Say how many have not answered the open wave, and ask whether to close it. Raises Refused."""
    somebody = await manager(services, request.who)
    facts = await about_closing(services, survey, somebody)
    await reply(services, request, before_closing.render(facts, words_of(somebody)))


async def about_opening(services: Services, survey: Survey, somebody: Person) -> BeforeOpeningFacts:
    """Read what opening the next wave would do. Raises Refused when one is open, or Slack does not tell who is asked."""
    async with services.database.reading() as session:
        is_open = await waves.current_wave(session, survey.id) is not None
        number = await waves.next_number(session, survey.id)
        quarantine_days = await people.quarantine_days(session, survey.workspace_id)
    if survey.paused_at or survey.ended_at:
        raise await opening.at_rest(services, survey)
    if is_open:
        raise Refused("wave_already_open", partial(notices.wave_already_open, name=survey.name))
    require_secret(services, survey)
    span = await first_span(services, survey)
    open_channel = survey.audience.open_channel
    return BeforeOpeningFacts(
        survey_id=survey.id,
        survey_name=survey.name,
        wave_number=number,
        closes_at=span.closes_at.astimezone(zone_of(somebody)),
        audience=None if open_channel else await read_audience(services, survey, span),
        open_channel=open_channel,
        rhythm=survey.rhythm,
        quarantine_days=quarantine_of(quarantine_days, is_anonymous=survey.is_anonymous),
        is_anonymous=survey.is_anonymous,
        minimum=survey.minimum,
    )


async def about_closing(services: Services, survey: Survey, somebody: Person) -> OpenedFacts:
    """Read what closing the open wave would cut short. Raises Refused when none is open."""
    async with services.database.reading() as session:
        wave = await waves.current_wave(session, survey.id)
    if wave is None:
        raise Refused("no_wave_open", partial(not_found.no_wave_open, name=survey.name))
    return await wave_now(services, wave, somebody)


async def open_as_agreed(services: Services, request: Request, survey_id: int, number: int) -> None:
    """Open the very wave that was asked about. Raises Refused."""
    survey = await survey_with_id(services, request.who, survey_id)
    async with services.database.reading() as session:
        is_open = await waves.current_wave(session, survey.id) is not None
        is_next = number == await waves.next_number(session, survey.id)
    if not is_open and not is_next:
        raise Refused(
            "changed", partial(wave_notices.changed_meanwhile, subcommand=Verb.OPEN, name=survey.name)
        )
    await opening.open_and_tell(services, request, survey, replace=True)


async def close_as_agreed(services: Services, request: Request, survey_id: int, number: int) -> None:
    """Close the very wave that was asked about. Raises Refused."""
    survey = await survey_with_id(services, request.who, survey_id)
    async with services.database.reading() as session:
        wave = await waves.current_wave(session, survey.id)
    if wave and wave.number != number:
        raise Refused(
            "changed", partial(wave_notices.changed_meanwhile, subcommand=Verb.CLOSE, name=survey.name)
        )
    await closing.close_and_tell(services, request, survey, replace=True)


async def leave_it(services: Services, request: Request) -> None:
    """Say, in place of the question, that nothing was changed. Raises Refused."""
    somebody = await manager(services, request.who)
    await reply(services, request, wave_notices.nothing_done(words_of(somebody)), replace=True)
