"""A manager makes a survey, and finds it again by its name."""

import asyncio
from collections.abc import Sequence
from functools import partial

from bot.errors import Refused
from bot.flows.drafting import Draft, WrongDraft
from bot.flows.people import Who, manager
from bot.flows.services import Services
from bot.ids import Field
from bot.logs import log
from bot.rules.command import nearest
from bot.slack import SlackError
from bot.views import notices
from bot.views.survey_form import FormError
from storage import surveys, waves
from storage.errors import NameTaken
from storage.tables import Rhythm, Survey

# Seconds: the manager's form waits, and Slack with it, for three in all.
_PATIENCE = 1.5


async def create_survey(services: Services, who: Who, draft: Draft) -> Survey:
    """Store a survey; nobody is asked yet. Raises Refused, and WrongDraft for a taken name or a hidden channel."""
    await manager(services, who)
    await _require_visible(services, draft)
    now = services.clock()
    made = Survey(
        workspace_id=who.workspace_id,
        name=draft.name,
        key=surveys.survey_key(draft.name),
        subject=draft.subject,
        kind=draft.kind,
        audience=draft.audience,
        rhythm=draft.rhythm,
        every_weeks=draft.every_weeks,
        reminders=draft.reminders,
        wave_days=draft.wave_days,
        digest_channel=draft.digest_channel,
        digest_weekday=draft.digest_weekday,
        digest_hour=draft.digest_hour,
        time_zone=draft.time_zone,
        created_by=who.user_id,
        created_at=now,
        starts_at=now,
    )
    try:
        async with services.database.writing() as session:
            made = await surveys.add_survey(session, made)
    except NameTaken:
        raise WrongDraft({Field.NAME: FormError.NAME_TAKEN}) from None
    log.info("survey.created", survey=made.id)
    return made


async def _require_visible(services: Services, draft: Draft) -> None:
    """Say now, beside its field, which channel the app cannot see; where Slack does not tell in time, go on."""
    fields: dict[Field, Sequence[str]] = {
        Field.CHANNELS: draft.audience["channels"],
        Field.OPEN_CHANNEL: [one for one in (draft.audience["open_channel"],) if one],
        Field.DIGEST_CHANNEL: [draft.digest_channel],
    }
    channels = {channel for named in fields.values() for channel in named}
    try:
        async with asyncio.timeout(_PATIENCE):
            seen = await asyncio.gather(*(services.slack.can_see(channel) for channel in channels))
    except (TimeoutError, SlackError):
        return
    hidden = {channel for channel, visible in zip(channels, seen, strict=True) if not visible}
    if wrong := {field: FormError.CHANNEL_UNSEEN for field, named in fields.items() if hidden & set(named)}:
        raise WrongDraft(wrong)


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
        return known[0]  # opening or closing it refuses with the reason
    names = tuple(survey.name for survey in fitting or known)
    raise Refused("which_survey", partial(notices.which_survey, subcommand=verb, names=names))
