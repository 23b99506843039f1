"""Which survey a person means: by name, by the id in a button, or the only one that fits."""

from functools import partial

from bot.errors import Refused
from bot.kit.people import Who, is_manager, manager
from bot.kit.rules.command import Verb, nearest
from bot.kit.services import Services
from bot.kit.views import not_found, notices
from storage import surveys, waves
from storage.tables import Person, Survey
from storage.words import Rhythm


async def steered_survey(services: Services, who: Who, verb: Verb, name: str) -> Survey:
    """Find the survey that a manager pauses or resumes: the named one, or the only one that is under way. Raises Refused."""
    await manager(services, who)
    async with services.database.reading() as session:
        known = [
            one
            for one in await surveys.list_surveys(session, who.workspace_id)
            if one.rhythm is not Rhythm.ONCE or await waves.current_wave(session, one.id)
        ]
    if name:
        return await named_survey(services, who.workspace_id, name, verb=verb, manages=True)
    if len(known) == 1:
        return known[0]
    return await meant_survey(services, who, verb, name, has_open_wave=True)


async def survey_with_id(services: Services, who: Who, survey_id: int) -> Survey:
    """Return a survey of this person's workspace. Raises Refused."""
    async with services.database.reading() as session:
        found = await surveys.survey(session, survey_id)
    if found is None or found.workspace_id != who.workspace_id:
        raise Refused("no_such_survey", notices.bad_click)
    return found


async def named_survey(
    services: Services, workspace_id: str, name: str, *, verb: Verb = Verb.REPORT, manages: bool = False
) -> Survey:
    """Find a survey by its name, in any case, or by a part of it that no other has. Raises Refused with what may be meant.

    `verb` is what is to be done with it, and stays in what is suggested; `manages` says whether this person may do all.
    """
    async with services.database.reading() as session:
        found = await surveys.find_survey(session, workspace_id, name)
        known = [] if found else await surveys.list_surveys(session, workspace_id)
    if found:
        return found
    parts = [one for one in known if surveys.survey_key(name) in one.key]
    if len(parts) == 1:
        return parts[0]
    if parts:
        names = tuple(one.name for one in parts)
        raise Refused("which_survey", partial(not_found.which_survey, subcommand=verb, names=names))
    meant = nearest(name, [one.name for one in known], verb=verb, manages=manages)
    if verb is Verb.REPORT:
        raise Refused("unknown_word", partial(not_found.unknown_word, word=name, suggestion=meant))
    raise Refused("no_such_survey", partial(not_found.no_such_survey, name=name, command=meant))


async def is_survey(services: Services, who: Who, name: str) -> bool:
    """Say whether a survey of this workspace has this name."""
    async with services.database.reading() as session:
        return await surveys.find_survey(session, who.workspace_id, name) is not None


async def meant_survey(services: Services, who: Who, verb: Verb, name: str, *, has_open_wave: bool) -> Survey:
    """Find the survey that a manager means by a verb: the named one, or the only one that it fits. Raises Refused."""
    await manager(services, who)
    if name:
        return await named_survey(services, who.workspace_id, name, verb=verb, manages=True)
    async with services.database.reading() as session:
        known = await surveys.list_surveys(session, who.workspace_id)
        fitting = [
            one
            for one in known
            if one.ended_at is None and bool(await waves.current_wave(session, one.id)) == has_open_wave
        ]
    if not known:
        raise Refused("no_survey", partial(not_found.no_survey_yet, can_create=True))
    if len(fitting) == 1:
        return fitting[0]
    if len(known) == 1:
        return known[0]  # opening or closing it says why not
    names = tuple(survey.name for survey in fitting or known)
    raise Refused("which_survey", partial(not_found.which_survey, subcommand=verb, names=names))


async def one_survey(services: Services, who: Who, verb: Verb, name: str) -> Survey:
    """Find the survey that a manager means by a verb that fits any: the named one, or the only one. Raises Refused."""
    await manager(services, who)
    if name:
        return await named_survey(services, who.workspace_id, name, verb=verb, manages=True)
    async with services.database.reading() as session:
        known = await surveys.list_surveys(session, who.workspace_id)
    if not known:
        raise Refused("no_survey", partial(not_found.no_survey_yet, can_create=True))
    if len(known) == 1:
        return known[0]
    names = tuple(one.name for one in known)
    raise Refused("which_survey", partial(not_found.which_survey, subcommand=verb, names=names))


async def survey_to_read(
    services: Services, reader: Person, which: str | int, verb: Verb = Verb.REPORT
) -> Survey:
    """Find the survey with this name, or with the id in a button; without either the one with the newest wave. Raises Refused."""
    if isinstance(which, int):
        return await survey_with_id(services, Who(reader.workspace_id, reader.user_id), which)
    if which:
        manages = await is_manager(services, reader)
        return await named_survey(services, reader.workspace_id, which, verb=verb, manages=manages)
    async with services.database.reading() as session:
        newest = await surveys.newest_survey(session, reader.workspace_id)
    if newest is None:
        can_create = await is_manager(services, reader)
        raise Refused("no_survey", partial(not_found.no_survey_yet, can_create=can_create))
    return newest
