"""`/nps who`: who has answered a wave, and who has not, for managers, in a modal that only they see."""

from functools import partial

from bot.errors import Refused
from bot.kit.finding import is_survey, survey_to_read
from bot.kit.people import manager, words_of
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.kit.views import anonymous_notices, not_found, notices
from bot.message import Json
from bot.reports.reporting import no_wave_yet
from bot.reports.rules.gate import Reader
from bot.reports.views import participation as view
from bot.reports.views.participation import PersonFacts, WhoFacts
from scoring.disclosure import MINIMUM_ANSWERS_FOR_DETAILS
from storage import surveys, waves
from storage.reports import participation
from storage.tables import Survey, Wave

_ANSWERED = {view.ALL: None, view.ANSWERED: True, view.NOT_ANSWERED: False}


async def show_who(services: Services, request: Request, which: str | int) -> None:
    """Open the modal with the first people of a wave: the newest that was asked in Slack, or the one with that number.

    The number comes before the survey's name. Raises Refused.
    """
    somebody = await manager(services, request.who)
    number, name = await _wave_and_name(services, request, which) if isinstance(which, str) else ("", which)
    survey = await survey_to_read(services, somebody, name, Verb.WHO)
    async with services.database.reading() as session:
        if number:
            wave = await waves.wave_called(session, survey.id, number)
            if wave is None or wave.label is not None:
                raise Refused("no_such_wave", partial(not_found.no_such_wave, name=survey.name, wave=number))
        else:
            wave = await waves.newest_asked(session, survey.id)
    if wave is None:
        raise no_wave_yet(survey, Reader.MANAGER)
    facts = await _page(services, survey, wave, view.ALL)
    await services.slack.open_view(request.trigger_id, view.render(facts, words_of(somebody)))


async def _wave_and_name(services: Services, request: Request, typed: str) -> tuple[str, str]:
    """Split "2 Acme" into both; a survey that is called so as a whole is found first."""
    number, _, name = typed.strip().partition(" ")
    if number.isascii() and number.isdigit() and not await is_survey(services, request.who, typed):
        return number, name.strip()
    return "", typed


async def turn_people(
    services: Services, request: Request, which: str, beside: int | None = None, *, is_back: bool = False
) -> Json:
    """Make the modal again, beside one invitation or from the first on. Raises Refused."""
    somebody = await manager(services, request.who)
    async with services.database.reading() as session:
        wave = await waves.wave(session, request.about)
        survey = await surveys.survey(session, wave.survey_id) if wave else None
    if wave is None or survey is None or survey.workspace_id != somebody.workspace_id:
        raise Refused("no_such_wave", notices.bad_click)
    facts = await _page(services, survey, wave, which, beside, is_back=is_back)
    return view.render(facts, words_of(somebody))


async def _page(  # noqa: PLR0913 - which wave, and which of its people
    services: Services,
    survey: Survey,
    wave: Wave,
    which: str,
    beside: int | None = None,
    *,
    is_back: bool = False,
) -> WhoFacts:
    answered = _ANSWERED[which]
    async with services.database.reading() as session:
        page = await participation.page_of_people(
            session, wave.id, view.PAGE, beside, answered=answered, is_back=is_back
        )
        counts = await participation.answered_and_asked(session, wave.id)
    if wave.is_anonymous and counts[1] < MINIMUM_ANSWERS_FOR_DETAILS:
        too_few = partial(
            anonymous_notices.too_few_to_name, name=survey.name, fewest=MINIMUM_ANSWERS_FOR_DETAILS
        )
        raise Refused("too_few_to_name", too_few)
    return WhoFacts(
        wave_id=wave.id,
        survey_name=survey.name,
        number=wave.number,
        is_open=wave.closed_at is None,
        is_anonymous=wave.is_anonymous,
        answered=counts[0],
        asked=None if survey.audience.open_channel else counts[1],
        which=which,
        people=tuple(PersonFacts(*one) for one in page.people),
        has_before=page.has_before,
        has_after=page.has_after,
    )
