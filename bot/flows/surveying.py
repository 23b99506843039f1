"""A manager makes a survey, opens a wave of it, closes it."""

import asyncio
from datetime import timedelta
from functools import partial

from bot.errors import Refused
from bot.flows.audience import Audience, audience_of
from bot.flows.drafting import Draft, WrongDraft
from bot.flows.people import Who, manager
from bot.flows.services import Services
from bot.ids import Field
from bot.logs import log
from bot.rules.command import nearest
from bot.slack import SlackError
from bot.views import audience_problem, notices
from bot.views.audience_problem import AudienceProblemFacts
from bot.views.survey_form import FormError
from storage import surveys, waves
from storage.errors import NameTaken, WaveAlreadyOpen
from storage.planning import Planned, finish_planning, plan_batch
from storage.tables import Survey, Wave

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
        audience={"channels": list(draft.channels), "people": list(draft.people)},
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
    fields = {Field.CHANNELS: draft.channels, Field.DIGEST_CHANNEL: (draft.digest_channel,)}
    channels = {channel for named in fields.values() for channel in named}
    try:
        async with asyncio.timeout(_PATIENCE):
            seen = await asyncio.gather(*(services.slack.can_see(channel) for channel in channels))
    except (TimeoutError, SlackError):
        return
    hidden = {channel for channel, visible in zip(channels, seen, strict=True) if not visible}
    if wrong := {field: FormError.CHANNEL_UNSEEN for field, named in fields.items() if hidden & set(named)}:
        raise WrongDraft(wrong)


async def read_audience(services: Services, survey: Survey) -> Audience:
    """Read whom a wave opened now would ask. Raises Refused when Slack does not tell."""
    try:
        return await audience_of(services, survey)
    except SlackError as error:
        facts = AudienceProblemFacts(survey.name, error.code)
        raise Refused("audience_not_read", partial(audience_problem.render, facts)) from error


async def open_wave(services: Services, who: Who, survey: Survey) -> tuple[Wave, Audience]:
    """Open a wave and plan its invitations; delivering them is the clock's work. Raises Refused."""
    await manager(services, who)
    audience = await read_audience(services, survey)
    if not audience.invited:
        raise Refused("nobody_to_ask", partial(notices.nobody_in_audience, name=survey.name))
    now = services.clock()
    closes_at = now + timedelta(days=survey.wave_days)
    try:
        async with services.database.writing() as session:
            wave = await waves.open_wave(session, survey, who.user_id, opens_at=now, closes_at=closes_at)
            asked = [Planned(user_id, "UTC", send_after=now) for user_id in audience.invited]
            await plan_batch(session, wave, asked, {})
            await finish_planning(session, wave.id, now)
    except WaveAlreadyOpen:
        raise Refused("wave_already_open", partial(notices.wave_already_open, name=survey.name)) from None
    log.info("wave.opened", wave=wave.id, invited=len(audience.invited))
    return wave, audience


async def close_wave(services: Services, who: Who, survey: Survey) -> None:
    """Close the survey's open wave and freeze its result. Raises Refused."""
    await manager(services, who)
    async with services.database.writing() as session:
        wave = await waves.current_wave(session, survey.id)
        result = await waves.close_wave(session, wave.id, services.clock()) if wave else None
    if result is None:
        raise Refused("no_wave_open", partial(notices.no_wave_open, name=survey.name))
    log.info("wave.closed", wave=result.wave_id)


async def close_due_waves(services: Services) -> None:
    """Close each wave whose time has come."""
    now = services.clock()
    async with services.database.reading() as session:
        due = await waves.due_to_close(session, now)
    for wave in due:
        async with services.database.writing() as session:
            result = await waves.close_wave(session, wave.id, now)
        if result:
            log.info("wave.closed", wave=wave.id)


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
