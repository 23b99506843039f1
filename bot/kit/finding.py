"""Which survey a person means: by name, by the id in a button, or the only one that fits."""

from functools import partial

from bot.errors import Refused
from bot.kit.people import Who, is_manager, manager
from bot.kit.rules.command import nearest
from bot.kit.services import Services
from bot.kit.views import notices
from storage import surveys, waves
from storage.tables import Person, Survey
from storage.words import Rhythm


async def steered_survey(services: Services, who: Who, verb: str, name: str) -> Survey:
    """Find the survey that a manager pauses or resumes: the named one, or the only one that is under way. Raises Refused."""
    await manager(services, who)
    async with services.database.reading() as session:
        known = [
            one
            for one in await surveys.list_surveys(session, who.workspace_id)
            if one.rhythm is not Rhythm.ONCE or await waves.current_wave(session, one.id)
        ]
    if name or len(known) == 1:
        return known[0] if not name else await named_survey(services, who.workspace_id, name)
    return await meant_survey(services, who, verb, name, has_open_wave=True)


async def survey_with_id(services: Services, who: Who, survey_id: int) -> Survey:
    """Return a survey of this person's workspace. Raises Refused."""
    async with services.database.reading() as session:
        found = await surveys.survey(session, survey_id)
    if found is None or found.workspace_id != who.workspace_id:
        raise Refused("no_such_survey", notices.bad_click)
    return found


async def named_survey(services: Services, workspace_id: str, name: str) -> Survey:
    """Find a survey by its name, in any case. Raises Refused with the nearest name or word when there is none."""
    async with services.database.reading() as session:
        found = await surveys.find_survey(session, workspace_id, name)
        known = [] if found else await surveys.list_surveys(session, workspace_id)
    if found is None:
        suggestion = nearest(name, [survey.name for survey in known])
        raise Refused("unknown_word", partial(notices.unknown_word, word=name, suggestion=suggestion))
    return found


async def is_survey(services: Services, who: Who, name: str) -> bool:
    """Say whether a survey of this workspace has this name."""
    async with services.database.reading() as session:
        return await surveys.find_survey(session, who.workspace_id, name) is not None


async def meant_survey(services: Services, who: Who, verb: str, name: str, *, has_open_wave: bool) -> Survey:
    """Find the survey that a manager means by a verb: the named one, or the only one that it fits. Raises Refused."""
    await manager(services, who)
    if name:
        return await named_survey(services, who.workspace_id, name)
    async with services.database.reading() as session:
        known = await surveys.list_surveys(session, who.workspace_id)
        fitting = [one for one in known if bool(await waves.current_wave(session, one.id)) == has_open_wave]
    if not known:
        raise Refused("no_survey", partial(notices.no_survey_yet, can_create=True))
    if len(fitting) == 1:
        return fitting[0]
    if len(known) == 1:
        return known[0]  # opening or closing it says why not
    names = tuple(survey.name for survey in fitting or known)
    raise Refused("which_survey", partial(notices.which_survey, subcommand=verb, names=names))


async def survey_to_read(services: Services, reader: Person, which: str | int) -> Survey:
    """Find the survey with this name, or with the id in a button; without either the one with the newest wave. Raises Refused."""
    if isinstance(which, int):
        return await survey_with_id(services, Who(reader.workspace_id, reader.user_id), which)
    if which:
        return await named_survey(services, reader.workspace_id, which)
    async with services.database.reading() as session:
        newest = await surveys.newest_survey(session, reader.workspace_id)
    if newest is None:
        raise Refused("no_survey", partial(notices.no_survey_yet, can_create=is_manager(services, reader)))
    return newest
